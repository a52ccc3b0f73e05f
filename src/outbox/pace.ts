export interface Pace {
  /** Takes up to `wanted` permits; returns how many there were. */
  take(wanted: number): number;
  /** Permits that were not used. */
  giveBack(permits: number): void;
  /** Milliseconds until a permit is there. */
  waitMs(): number;
  /** The receiver said "too fast": half the rate, and nothing for a moment. */
  slowDown(): void;
  /** One more request went through; the rate recovers little by little. */
  wentWell(): void;
  ratePerSecond(): number;
}

/** Few permits may pile up, so that requests come evenly; enough to make up for a busy moment of the event loop. */
const burstMs = 150;
const slowest = 2;
/** Each accepted request gives back this share of the full rate: from half to full takes as many as 250 requests. */
const recovery = 1 / 500;
const silenceMs = 250;

/** A token bucket under the receiver's limit. `now` is monotonic, in milliseconds. */
export function createPace(fullRate: number, now: () => number): Pace {
  let rate = fullRate;
  let permits = 0;
  let filledAt = now();
  let silentUntil = 0;

  function fill(): void {
    const time = now();
    const most = Math.max(1, (rate * burstMs) / 1000);
    permits = Math.min(most, permits + ((time - filledAt) * rate) / 1000);
    filledAt = time;
  }

  return {
    take: (wanted) => {
      fill();
      if (now() < silentUntil) return 0;
      const taken = Math.min(wanted, Math.floor(permits));
      permits -= taken;
      return taken;
    },
    giveBack: (unused) => {
      permits += unused;
    },
    waitMs: () => {
      fill();
      const untilPermit = permits >= 1 ? 0 : ((1 - permits) * 1000) / rate;
      return Math.max(untilPermit, silentUntil - now(), 0);
    },
    slowDown: () => {
      // Many requests may be under way when the limit is met; their refusals are one event.
      if (now() < silentUntil) return;
      rate = Math.max(slowest, rate / 2);
      permits = 0;
      silentUntil = now() + silenceMs;
    },
    wentWell: () => {
      rate = Math.min(fullRate, rate + fullRate * recovery);
    },
    ratePerSecond: () => rate,
  };
}
