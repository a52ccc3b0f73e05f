import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { BlankProblem } from "./templates/blank-words.ts";

/** One thing about what was asked that cannot be done, with the place it stands in. */
export type AlertProblem =
  | BlankProblem
  | { field: "template"; code: "unknown_id"; value: string }
  | { field: "expiresAt"; code: "already_over" | "too_late" }
  | { field: "blanks"; code: "says_drill" };

/** Why an act on an alert was not done. A value, not an error: the caller says it to whoever asked. */
export type AlertRefusal =
  | {
      refused:
        | "role_missing"
        | "not_found"
        | "changed_meanwhile"
        | "alert_expired"
        | "alert_over"
        | "raiser_may_not_confirm"
        | "break_glass_not_allowed"
        | "reason_missing"
        | "recipients_forgotten";
    }
  | { refused: "wrong_state"; state: BroadcastState }
  | { refused: "invalid"; problems: AlertProblem[] };

export type AlertOutcome<T> = T | AlertRefusal;

export function isAlertRefusal(outcome: object): outcome is AlertRefusal {
  return "refused" in outcome;
}
