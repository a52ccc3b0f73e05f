import type { Clock } from "../shared/clock.ts";
import type { ClaimStore, ClaimedBatch } from "./claim-store.ts";
import type { Hold } from "./hold.ts";
import type { SendOutcome } from "./outcome.ts";
import type { Pace } from "./pace.ts";
import type { SettleStore } from "./settle-store.ts";

export interface SettleDeps {
  store: SettleStore;
  claims: ClaimStore;
  clock: Clock;
  pace: Pace;
  hold: Hold;
  random: () => number;
  /** The first wait before a batch whose outcome is unknown is tried again; it doubles with each attempt. */
  firstRetryMs: number;
}

const longestRetryMs = 60_000;

/** Writes down what came of an attempt and draws the conclusions for the pace (LINE fact sheet, sections 4, 5 and 17). */
export function createSettle(deps: SettleDeps): (batch: ClaimedBatch, outcome: SendOutcome) => Promise<void> {
  const { store, clock, pace, hold } = deps;

  function retryAt(attempts: number): number {
    const wait = Math.min(longestRetryMs, deps.firstRetryMs * 2 ** (attempts - 1));
    return clock.now() + Math.round(wait * (0.5 + deps.random() / 2));
  }

  async function endHold(): Promise<void> {
    if (hold.answered()) await deps.claims.releaseWaiting();
  }

  return async (batch, outcome) => {
    const now = clock.now();
    switch (outcome.kind) {
      case "accepted":
      case "alreadyAccepted":
        pace.wentWell();
        await store.accepted(batch.id, now, outcome.requestId);
        return endHold();
      case "tryLater":
        pace.slowDown();
        await store.notTaken(batch, retryAt(1), outcome.detail);
        return endHold();
      case "quotaExhausted":
      case "notAuthorised":
        hold.refused(now, outcome.kind, outcome.detail);
        return store.notTaken(batch, now, outcome.detail);
      case "rejected":
        await store.rejected(batch, now, outcome.detail);
        return endHold();
      case "recipientRefused":
        await store.split(batch, outcome.positions, now, outcome.detail);
        return endHold();
      case "notReached":
        hold.unanswered(now, outcome.detail);
        return store.notTaken(batch, retryAt(batch.attempts), outcome.detail);
      case "unknown":
        hold.unanswered(now, outcome.detail);
        return store.unknown(batch, retryAt(batch.attempts), outcome.detail);
    }
  };
}
