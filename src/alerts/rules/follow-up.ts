import { isDeepStrictEqual } from "node:util";
import type { KnownAlert } from "./situation.ts";

/**
 * The alerts that together reach everybody who was handed any of them, with as few as possible twice: the last, and those
 * before it whose people are not all among those of a later one.
 */
export function toFollowUp(alerts: readonly KnownAlert[]): string[] {
  const sent = alerts.filter((each) => each.sent && !each.ended);
  return sent
    .filter((each, index) => !sent.slice(index + 1).some((later) => covers(later, each)))
    .map(({ id }) => id);
}

/** Drafts that nobody confirmed: what they say is no longer so. */
export function leftOver(alerts: readonly KnownAlert[]): string[] {
  return alerts.filter((each) => !each.sent).map(({ id }) => id);
}

/** Whether everybody whom the earlier one reached is reached by the later one. */
export function covers(later: Pick<KnownAlert, "audience">, earlier: Pick<KnownAlert, "audience">): boolean {
  return later.audience.everyone === true || isDeepStrictEqual(later.audience, earlier.audience);
}
