/** Why nothing is being sent at the moment. */
export type HoldReason = "quotaExhausted" | "notAuthorised" | "unreachable";

export interface HoldState {
  reason: HoldReason;
  since: number;
  detail: string;
}

export interface Hold {
  state(): HoldState | undefined;
  /** How many requests may be begun: none while held, but one when it is time to try again. */
  allows(now: number, underWay: number): number;
  /** The next moment at which a try is allowed; undefined when nothing is held. */
  nextTryAt(): number | undefined;
  /** A request ended without an answer that can be relied on. */
  unanswered(now: number, detail: string): void;
  refused(now: number, reason: "quotaExhausted" | "notAuthorised", detail: string): void;
  /** A request was answered in an orderly way. Returns whether that ended a hold. */
  answered(): boolean;
}

/** So many requests in a row must go unanswered before we believe that nobody is there. */
const believedAway = 8;
const longestTryMs: Record<HoldReason, number> = {
  quotaExhausted: 60_000,
  notAuthorised: 30_000,
  unreachable: 15_000,
};
const firstTryMs = 1_000;

/**
 * Holds back everything while the receiver is away, our credentials are bad or the allowance is used up, and lets a
 * single batch try now and then, so that sending resumes alone (P7).
 */
export function createHold(): Hold {
  let held: HoldState | undefined;
  let unansweredInRow = 0;
  let tryAt = 0;
  let wait = firstTryMs;

  function hold(now: number, reason: HoldReason, detail: string): void {
    if (held?.reason === reason) {
      // Requests that were under way when it began say nothing new; only a failed try does.
      if (now < tryAt) return;
      wait = Math.min(wait * 2, longestTryMs[reason]);
    } else {
      held = { reason, since: now, detail };
      wait = firstTryMs;
    }
    tryAt = now + wait;
  }

  return {
    state: () => held,
    allows: (now, underWay) => {
      if (held === undefined) return Number.POSITIVE_INFINITY;
      return now >= tryAt && underWay === 0 ? 1 : 0;
    },
    nextTryAt: () => (held === undefined ? undefined : tryAt),
    unanswered: (now, detail) => {
      unansweredInRow += 1;
      if (held !== undefined || unansweredInRow >= believedAway) hold(now, "unreachable", detail);
    },
    refused: (now, reason, detail) => hold(now, reason, detail),
    answered: () => {
      unansweredInRow = 0;
      const ended = held !== undefined;
      held = undefined;
      return ended;
    },
  };
}
