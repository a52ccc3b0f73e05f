import type { ContentProblem } from "../messages/contents.ts";
import type { AudienceProblem } from "../residents/audience.ts";
import type { Act, BroadcastKind, BroadcastState } from "./lifecycle.ts";
import type { OutsideSection } from "./may-address.ts";

/** One thing about what was asked that cannot be done, with the place it stands in. */
export type InputProblem =
  | (ContentProblem & { kind: "content" })
  | (AudienceProblem & { kind: "audience" })
  | { kind: "schedule"; field: string; code: "send_time_past" | "bad_cron" | "never" | "send_at_and_repeat" }
  | { kind: "title"; field: "title"; code: "empty" | "too_long"; limit: number; actual: number };

/** Why an act was not done. A value, not an error: the caller says it to whoever asked. */
export type Refusal =
  | { refused: "not_found" }
  | { refused: "wrong_state"; act: Act; kind: BroadcastKind; state: BroadcastState }
  | { refused: "changed_meanwhile" }
  | { refused: "role_missing" }
  | OutsideSection
  | { refused: "approver_is_author" }
  | { refused: "invalid"; problems: InputProblem[] }
  | { refused: "translations_missing"; languages: Record<string, number> }
  | { refused: "send_time_passed" }
  | { refused: "nothing_undetermined" };

export type Outcome<T> = T | Refusal;

export function isRefusal(outcome: object): outcome is Refusal {
  return "refused" in outcome;
}
