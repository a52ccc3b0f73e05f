import type { Database } from "../../db/open.ts";
import type { AuditEntry, AuditStore } from "../audit/store.ts";
import type { Addressees } from "../broadcasts/addressees.ts";
import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { BroadcastStore, Change } from "../broadcasts/store.ts";
import type { Contents } from "../messages/contents.ts";
import type { Mode } from "../outbox/order.ts";
import type { OrderStore } from "../outbox/order-store.ts";
import type { Alert, AlertKind } from "./alert.ts";
import type { CallStore, NewCall } from "./calls/call-store.ts";
import type { Blanks } from "./templates/template.ts";

/** Whose name stands on what a written rule did. Nobody can sign in as this. */
export const writtenRules = "written-rules";

/** What a confirmation changes beside the broadcast itself. */
export interface Confirmation {
  change: Change;
  by: string;
  at: number;
  breakGlassReason: string | undefined;
  /** Who is told in the same commit. */
  calls: NewCall[];
  /** The alert that this one follows up: not possible any more when that is over. */
  of: string | undefined;
  /** Whether that one is over by this, with its updates: nothing new of them is begun. */
  ends: boolean;
}

export interface AlertFilter {
  open?: boolean | undefined;
  mode?: Mode | undefined;
  before?: string | undefined;
  limit: number;
}

export type AlertStore = ReturnType<typeof createAlertStore>;

interface Rooms {
  broadcasts: BroadcastStore;
  orders: OrderStore;
  calls: CallStore;
  audit: AuditStore;
}

/** Alerts: a broadcast and what an alert is besides, always in one commit. */
export function createAlertStore({ sqlite, write }: Database, { broadcasts, orders, calls, audit }: Rooms) {
  const columns = `a.*, b.state, b.version, b.mode, b.title, b.contents, b.audience, b.finished_at
    FROM alerts AS a JOIN broadcasts AS b ON b.id = a.id`;
  const insertRules = sqlite.prepare(
    `INSERT INTO staff (id, name, email, roles, created_at, deactivated_at)
     VALUES ('${writtenRules}', 'Written rules', 'written-rules@localhost', '[]', 0, 0) ON CONFLICT DO NOTHING`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO alerts (id, kind, of_id, template, level, blanks, districts, untranslated, alone_allowed, raised_by, raised_at, expires_at, rule, hazard)
     VALUES (@id, @kind, @of, @template, @level, @blanks, @districts, @untranslated, @aloneAllowed, @raisedBy, @raisedAt, @expiresAt, @rule, @hazard)`,
  );
  const selectOne = sqlite.prepare<[string], AlertRow>(`SELECT ${columns} WHERE a.id = ?`);
  const selectOfHazard = sqlite.prepare<[string, string], { id: string }>(
    `SELECT id FROM alerts WHERE hazard = ? AND kind = ?`,
  );
  const selectList = sqlite.prepare<
    [{ before: string | null; mode: string | null; limit: number }],
    AlertRow
  >(
    `SELECT ${columns} WHERE (@before IS NULL OR a.id < @before) AND (@mode IS NULL OR b.mode = @mode) ORDER BY a.id DESC LIMIT @limit`,
  );
  const openOnes = `a.ended_at IS NULL AND a.expires_at > @now AND a.confirmed_at IS NOT NULL AND b.state <> 'cancelled'`;
  const selectOpen = sqlite.prepare<
    [{ now: number; before: string | null; mode: string | null; limit: number }],
    AlertRow
  >(
    `SELECT ${columns} WHERE ${openOnes} AND a.kind = 'alert' AND (@before IS NULL OR a.id < @before) AND (@mode IS NULL OR b.mode = @mode)
     ORDER BY a.id DESC LIMIT @limit`,
  );
  const selectWaiting = sqlite.prepare<[number], AlertRow>(
    `SELECT ${columns} WHERE a.confirmed_at IS NULL AND a.ended_at IS NULL AND b.state = 'draft' ORDER BY a.id DESC LIMIT ?`,
  );
  const selectFollowUps = sqlite.prepare<[string], AlertRow>(
    `SELECT ${columns} WHERE a.of_id = ? ORDER BY a.id`,
  );
  const selectEnded = sqlite.prepare<[{ since: number; now: number }], AlertRow>(
    `SELECT ${columns} WHERE a.kind = 'alert' AND a.confirmed_at IS NOT NULL AND coalesce(a.ended_at, a.expires_at) BETWEEN @since AND @now
     ORDER BY a.id DESC LIMIT 20`,
  );
  const selectLapsed = sqlite.prepare<[{ now: number; raisedBefore: number }], AlertRow>(
    `SELECT ${columns} WHERE b.state = 'draft' AND a.confirmed_at IS NULL AND (a.expires_at <= @now OR a.raised_at < @raisedBefore)
     ORDER BY a.id LIMIT 50`,
  );
  const confirmAlert = sqlite.prepare(
    `UPDATE alerts SET confirmed_by = @by, confirmed_at = @at, break_glass_reason = @reason WHERE id = @id AND confirmed_at IS NULL`,
  );
  const endAlert = sqlite.prepare(
    `UPDATE alerts SET ended_at = @at, ended_by = @by WHERE (id = @id OR of_id = @id) AND id <> @by AND ended_at IS NULL`,
  );
  const selectFamily = sqlite.prepare<[{ id: string; except: string }], { id: string }>(
    `SELECT a.id FROM alerts AS a JOIN broadcasts AS b ON b.id = a.id
     WHERE (a.id = @id OR a.of_id = @id) AND a.id <> @except AND b.state IN ('sending', 'stopped')`,
  );
  const selectVersion = sqlite.prepare<[], { version: string }>(
    `SELECT max(updated_at) || '/' || count(*) AS version FROM broadcasts WHERE kind = 'alert'`,
  );

  function keep(broadcast: Broadcast, alert: Alert, entry: AuditEntry): boolean {
    if (alert.raisedBy === writtenRules) insertRules.run();
    if (!broadcasts.within.insert(broadcast, entry)) return false;
    insert.run({
      id: alert.id,
      kind: alert.kind,
      of: alert.of ?? null,
      template: alert.template,
      level: alert.level ?? null,
      blanks: JSON.stringify(alert.blanks),
      districts: alert.districts === undefined ? null : JSON.stringify(alert.districts),
      untranslated: JSON.stringify(alert.untranslated),
      aloneAllowed: alert.aloneAllowed ? 1 : 0,
      raisedBy: alert.raisedBy,
      raisedAt: alert.raisedAt,
      expiresAt: alert.expiresAt,
      rule: alert.rule ?? null,
      hazard: alert.hazard ?? null,
    });
    return true;
  }

  function confirm(
    id: string,
    { change, by, at, breakGlassReason, calls: told, of, ends }: Confirmation,
  ): boolean {
    if (of !== undefined && selectOne.get(of)?.ended_at !== null) return false;
    if (!broadcasts.within.change(id, change)) return false;
    if (confirmAlert.run({ id, by, at, reason: breakGlassReason ?? null }).changes === 0)
      throw new Error(`Alert ${id} was confirmed twice.`);
    if (of !== undefined && ends) end(of, id, at);
    for (const call of told) calls.within.add(call, at);
    return true;
  }

  /** The alert is over, with its updates; what of them was not begun is not begun any more. */
  function end(id: string, by: string, at: number): void {
    for (const other of selectFamily.all({ id, except: by })) orders.within.cease(other.id, at);
    endAlert.run({ id, by, at });
  }

  return {
    /** False when there is one of that id, or of that hazard: the same request, seen twice. */
    create: (broadcast: Broadcast, alert: Alert, entry: AuditEntry, told: NewCall[]): Promise<boolean> =>
      write(() => {
        if (alert.hazard !== undefined && selectOfHazard.get(alert.hazard, alert.kind) !== undefined)
          return false;
        if (!keep(broadcast, alert, entry)) return false;
        for (const call of told) calls.within.add(call, entry.at);
        return true;
      }),

    /** Raised and confirmed by a written rule, in one commit. False as for {@link create}. */
    createConfirmed: (
      broadcast: Broadcast,
      alert: Alert,
      entry: AuditEntry,
      confirmation: Confirmation,
    ): Promise<boolean> =>
      write(() => {
        if (alert.hazard !== undefined && selectOfHazard.get(alert.hazard, alert.kind) !== undefined)
          return false;
        if (confirmation.of !== undefined && selectOne.get(confirmation.of)?.ended_at !== null) return false;
        return keep(broadcast, alert, entry) && confirm(alert.id, confirmation);
      }),

    /** False when it was no longer possible. */
    confirm: (id: string, confirmation: Confirmation): Promise<boolean> =>
      write(() => confirm(id, confirmation)),

    /** Over without a word to anybody. False when it was over already. */
    end: (id: string, entry: AuditEntry): Promise<boolean> =>
      write(() => {
        const row = selectOne.get(id);
        if (row === undefined || row.ended_at !== null) return false;
        end(id, entry.actor, entry.at);
        audit.append(entry);
        return true;
      }),

    find: async (id: string): Promise<Alert | undefined> => {
      const row = selectOne.get(id);
      return row === undefined ? undefined : fromRow(row);
    },

    ofHazard: async (hazard: string, kind: AlertKind): Promise<Alert | undefined> => {
      const found = selectOfHazard.get(hazard, kind);
      const row = found === undefined ? undefined : selectOne.get(found.id);
      return row === undefined ? undefined : fromRow(row);
    },

    /** Newest first. */
    list: async ({ open, mode, before, limit }: AlertFilter, now: number): Promise<Alert[]> => {
      const asked = { before: before ?? null, mode: mode ?? null, limit };
      return (open === true ? selectOpen.all({ ...asked, now }) : selectList.all(asked)).map(fromRow);
    },

    /** Raised, and neither confirmed nor discarded. */
    waiting: async (limit: number): Promise<Alert[]> => selectWaiting.all(limit).map(fromRow),

    followUpsOf: async (id: string): Promise<Alert[]> => selectFollowUps.all(id).map(fromRow),

    /** Over since an instant, newest first. */
    endedSince: async (since: number, now: number): Promise<Alert[]> =>
      selectEnded.all({ since, now }).map(fromRow),

    /** Waiting for a confirmation that would come too late, or for too long. */
    lapsed: async (now: number, raisedBefore: number): Promise<Alert[]> =>
      selectLapsed.all({ now, raisedBefore }).map(fromRow),

    /** Another text whenever something about an alert has changed. */
    version: async (): Promise<string> => selectVersion.get()?.version ?? "",
  };
}

interface AlertRow {
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
  finished_at: number | null;
}

function fromRow(row: AlertRow): Alert {
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
    rule: row.rule ?? undefined,
    hazard: row.hazard ?? undefined,
    of: row.of_id ?? undefined,
    finishedAt: row.finished_at ?? undefined,
  };
}
