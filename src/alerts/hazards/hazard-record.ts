import type { Reading } from "./hazard.ts";
import type { Decision, Deed, Reason } from "../rules/decision.ts";

/** A telegram that was heard, with what was decided. Times are milliseconds. */
export interface HazardRecord {
  id: string;
  reading: Reading;
  receivedAt: number;
  /** The feed, a staff id, or `device`. */
  receivedFrom: string;
  /** `heard` and `decided`: under way. */
  stage: "heard" | "decided" | "done";
  attempts: number;
  decidedAt: number | undefined;
  decisions: Decision[];
  /** The alerts it led to, follow-ups included. */
  alerts: string[];
  call: string | undefined;
}

/** What was heard, narrowed: what is about our ward or led to something; what went; what waits or waited; the rest. */
export const heardFilters = ["ours", "sent", "drafts", "ignored"] as const;
export type HeardFilter = (typeof heardFilters)[number];

/** The decision that weighs most, for a line of a list. */
export function mainDecision({ decisions }: Pick<HazardRecord, "decisions">): {
  do: Deed;
  rule: string | undefined;
  reasons: Reason[];
} {
  const order: Deed[] = ["automatic", "followUp", "draft", "nothing"];
  const first = decisions.toSorted((a, b) => order.indexOf(a.do) - order.indexOf(b.do))[0];
  return { do: first?.do ?? "nothing", rule: first?.rule, reasons: first?.reasons ?? [] };
}
