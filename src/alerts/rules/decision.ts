import type { FollowUpKind } from "../alert.ts";
import type { HazardCallKind } from "../calls/call-kinds.ts";
import { unreadCauses } from "../hazards/hazard.ts";
import type { Blanks } from "../templates/template.ts";
import type { HazardState } from "./state.ts";

/** Why something went, or did not go. The sentences stand in `locales/{ja,en}/hazards-why.json` under the code. */
export const reasonCodes = [
  // What the telegram is
  "exercise",
  "test",
  "repeated",
  "elsewhere",
  "forInformation",
  "unknown",
  ...unreadCauses,
  "nothingSaid",
  // What it changes
  "new",
  "higher",
  "same",
  "outOfOrder",
  "laterReportLower",
  "lowered",
  "lifted",
  "nothingToLift",
  "nobodyWasTold",
  "otherTypeSpeaks",
  "corrected",
  "withdrawn",
  "nothingToWithdraw",
  "otherTelegramSpeaks",
  "updated",
  "tsunamiSaid",
  "draftOutdated",
  "draftedAlready",
  "insteadOfDraft",
  "confirmedMeanwhile",
  "intensityNotReceived",
  // What the rules say
  "rule",
  "noRule",
  "ruleSaysNothing",
  // What held it back
  "stale",
  "expired",
  "future",
  "ownSystem",
  "nameUnknown",
  "maintenance",
  "tooMany",
  "tooManyDrafts",
  "tookTooLong",
  "refused",
  "failed",
  // The safety net
  "specialWarningNotice",
  "specialWarningKnown",
  "specialWarningMissing",
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  code: ReasonCode;
  values?: Record<string, string | number>;
}

export type Deed = "nothing" | "draft" | "automatic" | "followUp";

/** What is to be done about one subject of a telegram, or about the telegram as a whole. */
export interface Decision {
  subject: string | undefined;
  do: Deed;
  /** The id of the rule that decided. */
  rule: string | undefined;
  reasons: Reason[];
  /** What `draft` and `automatic` raise. */
  alert?: {
    template: string;
    blanks: Blanks;
    districts?: string[];
    level?: number;
    expiresAt?: number;
  };
  /** What `followUp` tells those who were handed these alerts. */
  followUp?: { of: string[]; kind: FollowUpKind; template: string; blanks: Blanks; send: boolean };
  /** Alerts that this makes meaningless: drafts nobody confirmed, and what is now said better to the same people. */
  ends: string[];
  /** Follow-ups that wait for a person and say what is no longer so: thrown away before anything is said. */
  outdated?: string[];
  /** Drafts of the same that nothing holds back any more: thrown away first, and nothing is said if a person was faster. */
  insteadOf?: string[];
  /** What staff are called for, beside the drafts that wait for them: whoever raises those calls for them. */
  call?: HazardCallKind;
  /** What is known once this is done; absent: as before. */
  state?: HazardState;
  /** When to look whether the other telegrams have come. */
  checkAt?: number;
}
