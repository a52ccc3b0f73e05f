import type { Switches } from "../switches.ts";
import type { SimulatorClock } from "../time/clock.ts";

type QuotaLimit = { type: "none" } | { type: "limited"; value: number };

/**
 * Messages the account may send in a month, counted by recipient reached; replies are free (LINE fact sheet section 6).
 * Unverified there, and taken so: months turn in Japanese time, and a request that could pass the limit is refused whole.
 */
export interface Quota {
  limit: QuotaLimit;
  /** Whether a request naming that many recipients is still within the limit. */
  allows(recipients: number): boolean;
  count(reached: number): void;
  /** What this month has used, exactly. */
  used(): number;
  /** What `GET .../quota/consumption` says: the same, but lagging behind if the switch says so. */
  reported(): number;
}

const nineHours = 9 * 3_600_000;

export function createQuota(clock: SimulatorClock, switches: Switches): Quota {
  let month = "";
  let used = 0;
  let history: { at: number; used: number }[] = [];

  const turnMonth = () => {
    const now = new Date(clock.now() + nineHours).toISOString().slice(0, 7);
    if (now === month) return;
    month = now;
    used = 0;
    history = [];
  };
  const quota: Quota = {
    limit: { type: "none" },
    allows: (recipients) => {
      turnMonth();
      return quota.limit.type === "none" || used + recipients <= quota.limit.value;
    },
    count: (reached) => {
      turnMonth();
      used += reached;
      if (switches.consumptionLagMs > 0) history.push({ at: clock.now(), used });
    },
    used: () => {
      turnMonth();
      return used;
    },
    reported: () => {
      turnMonth();
      if (switches.consumptionLagMs === 0) return used;
      const visibleUntil = clock.now() - switches.consumptionLagMs;
      return history.findLast((entry) => entry.at <= visibleUntil)?.used ?? 0;
    },
  };
  return quota;
}
