import type { Addressees } from "../broadcasts/addressees.ts";
import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { Contents } from "../messages/contents.ts";
import type { Mode } from "../outbox/order.ts";
import type { Alert, AlertKind } from "./alert.ts";
import type { Blanks } from "./templates/template.ts";

/** An alert as it is kept, beside what its broadcast holds. */
export interface AlertRow {
  id: string;
  kind: string;
  of_id: string | null;
  template: string;
  level: number | null;
  blanks: string;
  districts: string | null;
  untranslated: string;
  alone_allowed: number;
  raised_by: string;
  raised_at: number;
  expires_at: number;
  confirmed_by: string | null;
  confirmed_at: number | null;
  break_glass_reason: string | null;
  rule: string | null;
  hazard: string | null;
  ended_at: number | null;
  ended_by: string | null;
  state: string;
  version: number;
  mode: string;
  title: string;
  contents: string;
  audience: string;
  stopped_by: string | null;
  finished_at: number | null;
}

export function fromRow(row: AlertRow): Alert {
  return {
    id: row.id,
    kind: row.kind as AlertKind,
    mode: row.mode as Mode,
    state: row.state as BroadcastState,
    version: row.version,
    template: row.template,
    level: row.level ?? undefined,
    title: row.title,
    contents: JSON.parse(row.contents) as Contents,
    untranslated: JSON.parse(row.untranslated) as Record<string, string[]>,
    blanks: JSON.parse(row.blanks) as Blanks,
    districts: row.districts === null ? undefined : (JSON.parse(row.districts) as string[]),
    audience: JSON.parse(row.audience) as Addressees,
    aloneAllowed: row.alone_allowed === 1,
    raisedBy: row.raised_by,
    raisedAt: row.raised_at,
    confirmedBy: row.confirmed_by ?? undefined,
    confirmedAt: row.confirmed_at ?? undefined,
    breakGlassReason: row.break_glass_reason ?? undefined,
    expiresAt: row.expires_at,
    endedAt: row.ended_at ?? undefined,
    endedBy: row.ended_by ?? undefined,
    discardedBy: row.confirmed_at === null ? (row.stopped_by ?? undefined) : undefined,
    rule: row.rule ?? undefined,
    hazard: row.hazard ?? undefined,
    of: row.of_id ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}
