import type { Decision, Reason } from "./decision.ts";
import type { Situation } from "./situation.ts";
import type { HazardState } from "./state.ts";

/** The decision that nothing is said about a hazard, and why; `state` is what is known from now on. */
export function nothing({ hazard }: Situation, reasons: Reason[], state?: HazardState): Decision {
  return {
    subject: hazard.subject,
    do: "nothing",
    rule: undefined,
    reasons,
    ends: [],
    ...(state === undefined ? {} : { state }),
  };
}
