import type { Addressees } from "../broadcasts/addressees.ts";
import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { Contents } from "../messages/contents.ts";
import type { Mode } from "../outbox/order.ts";
import type { Blanks } from "./templates/template.ts";

/** The first of an emergency, or one of the three that go to those who were handed the first. */
export const followUpKinds = ["update", "correction", "allClear"] as const;
export type FollowUpKind = (typeof followUpKinds)[number];
export type AlertKind = "alert" | FollowUpKind;

/**
 * An alert (緊急配信): a broadcast of the same id, made from a template under emergency rules. Times are milliseconds, UTC.
 * What state it is in is the broadcast's: `draft` until it is confirmed, then `sending`, `sent`; `cancelled` when it was
 * discarded, or lay unconfirmed until it expired, or was lifted while it was stopped.
 */
export interface Alert {
  id: string;
  kind: AlertKind;
  mode: Mode;
  state: BroadcastState;
  version: number;
  template: string;
  /** Of the five alert levels; undefined for what has none (earthquakes, tsunami, crime). */
  level: number | undefined;
  title: string;
  contents: Contents;
  /** By language, the blanks that stand there in another language, and are marked so. */
  untranslated: Record<string, string[]>;
  blanks: Blanks;
  /** Undefined: the whole ward. */
  districts: string[] | undefined;
  audience: Addressees;
  /** Whether whoever raised it may confirm it alone (break-glass). */
  aloneAllowed: boolean;
  raisedBy: string;
  raisedAt: number;
  confirmedBy: string | undefined;
  confirmedAt: number | undefined;
  breakGlassReason: string | undefined;
  /** Of what was updated, when the last update expires, if that is later. */
  expiresAt: number;
  /** Over before it expired: lifted, corrected or ended by hand. */
  endedAt: number | undefined;
  endedBy: string | undefined;
  /** Who threw it away before it was confirmed; undefined when it lapsed. */
  discardedBy: string | undefined;
  /** The written rule and the hazard that raised it; undefined when a person did. */
  rule: string | undefined;
  hazard: string | undefined;
  /** The alert that this one follows up. */
  of: string | undefined;
  finishedAt: number | undefined;
}

/** Whether it was confirmed and is neither over nor lifted: what `/now` and the emergency menu show. */
export function isOpen(alert: Alert, now: number): boolean {
  return (
    alert.confirmedAt !== undefined &&
    alert.endedAt === undefined &&
    alert.expiresAt > now &&
    alert.state !== "cancelled"
  );
}
