import type { Database } from "../../db/open.ts";
import type { AuditEntry, AuditStore } from "../audit/store.ts";
import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { BroadcastStore, Change } from "../broadcasts/store.ts";
import type { Mode } from "../outbox/order.ts";
import type { OrderStore } from "../outbox/order-store.ts";
import type { Alert, AlertKind } from "./alert.ts";
import { type AlertRow, fromRow } from "./alert-row.ts";
import type { CallStore, NewCall } from "./calls/call-store.ts";

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

/** Stands behind every id. */
const afterAll = "~";

export type AlertStore = ReturnType<typeof createAlertStore>;

interface Rooms {
  broadcasts: BroadcastStore;
  orders: OrderStore;
  calls: CallStore;
  audit: AuditStore;
}

/** Alerts: a broadcast and what an alert is besides, always in one commit. */
export function createAlertStore({ sqlite, write }: Database, { broadcasts, orders, calls, audit }: Rooms) {
  const columns = `a.*, b.state, b.version, b.mode, b.title, b.contents, b.audience, b.stopped_by, b.finished_at
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
  const selectList = sqlite.prepare<[{ before: string; limit: number }], AlertRow>(
    `SELECT ${columns} WHERE a.id < @before ORDER BY a.id DESC LIMIT @limit`,
  );
  const selectLive = sqlite.prepare<[{ before: string; limit: number }], AlertRow>(
    `SELECT ${columns} WHERE a.id < @before AND b.mode = 'live' ORDER BY a.id DESC LIMIT @limit`,
  );
  // Drills are few: looked for among all alerts, the few would be found after reading everything.
  const selectDrills = sqlite.prepare<[{ before: string; mode: string; limit: number }], AlertRow>(
    `SELECT ${columns} WHERE b.mode <> 'live' AND b.mode = @mode AND b.id < @before ORDER BY b.id DESC LIMIT @limit`,
  );
  const openOnes = `a.ended_at IS NULL AND a.expires_at > @now AND a.confirmed_at IS NOT NULL AND b.state <> 'cancelled'`;
  // The plus keeps it from walking all alerts by their ids: 5 ms at 20,000, against 0.1 ms by the index of what is not over.
  const selectOpen = sqlite.prepare<
    [{ now: number; before: string; mode: string | null; limit: number }],
    AlertRow
  >(
    `SELECT ${columns} WHERE ${openOnes} AND a.kind = 'alert' AND +a.id < @before AND (@mode IS NULL OR b.mode = @mode)
     ORDER BY +a.id DESC LIMIT @limit`,
  );
  // Only by indexes, since what an alert says stands in the way of whatever else is asked of its broadcast: 5,000 open ones
  // take 20 ms, against 60 (2 shared cores).
  const isIn = (mode: string) =>
    `EXISTS (SELECT 1 FROM broadcasts AS o INDEXED BY broadcasts_in_drills WHERE o.mode <> 'live' AND o.mode = '${mode}' AND o.id = a.id)`;
  const isCancelled = `EXISTS (SELECT 1 FROM broadcasts AS o INDEXED BY broadcasts_of_kind_by_state
    WHERE o.kind = 'alert' AND o.state = 'cancelled' AND o.id = a.id)`;
  const forEverybody = `a.kind = 'alert' AND a.ended_at IS NULL AND a.expires_at > @now AND a.confirmed_at IS NOT NULL
    AND NOT ${isCancelled} AND NOT ${isIn("rehearsal")}`;
  // How grave something is now, the last of its follow-ups says that has a level.
  const selectGravest = sqlite.prepare<[{ now: number; weights: string; limit: number }], AlertRow>(
    `WITH gravest AS MATERIALIZED (
       SELECT a.id, a.confirmed_at AS since, (NOT ${isIn("publicDrill")}) * 10 + coalesce(
         (SELECT f.level FROM alerts AS f WHERE f.of_id = a.id AND f.confirmed_at IS NOT NULL AND f.level IS NOT NULL ORDER BY f.id DESC LIMIT 1),
         a.level, @weights ->> a.template, 0) AS gravity
       FROM alerts AS a WHERE ${forEverybody} ORDER BY gravity DESC, since DESC, a.id DESC LIMIT @limit)
     SELECT ${columns} JOIN gravest AS g ON g.id = a.id ORDER BY g.gravity DESC, g.since DESC, a.id DESC`,
  );
  const countOpen = sqlite.prepare<[{ now: number }], { count: number }>(
    `SELECT count(*) AS count FROM alerts AS a WHERE ${forEverybody}`,
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
  // An update says until when its words hold: so long the alert that it updates is shown as open.
  const prolong = sqlite.prepare(
    `UPDATE alerts SET expires_at = max(expires_at, (SELECT expires_at FROM alerts WHERE id = @id)) WHERE id = @of AND expires_at > @at`,
  );
  const endAlert = sqlite.prepare(
    `UPDATE alerts SET ended_at = @at, ended_by = @by WHERE (id = @id OR of_id = @id) AND id <> @by AND ended_at IS NULL`,
  );
  const selectFamily = sqlite.prepare<
    [{ id: string; except: string }],
    { id: string; state: string; version: number }
  >(
    `SELECT a.id, b.state, b.version FROM alerts AS a JOIN broadcasts AS b ON b.id = a.id
     WHERE (a.id = @id OR a.of_id = @id) AND a.id <> @except AND b.state IN ('sending', 'stopped')`,
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
    if (of !== undefined && ends) end(of, { by: id, actor: by, at });
    if (of !== undefined && !ends) prolong.run({ of, id, at });
    for (const call of told) calls.within.add(call, at);
    return true;
  }

  /**
   * The alert is over, with its updates; what of them was not begun is not begun any more. What somebody had stopped is
   * cancelled: it must not be let go on once people were told that it is over.
   * @param by what ended it: the follow-up, or whoever did without one
   */
  function end(id: string, { by, actor, at }: { by: string; actor: string; at: number }): void {
    for (const { id: other, state, version } of selectFamily.all({ id, except: by })) {
      if (state === "sending") orders.within.cease(other, at);
      else
        broadcasts.within.change(other, {
          act: "cancel",
          version,
          set: { state: "cancelled" },
          order: "cancel",
          entry: { at, actor, act: "broadcast.cancel", subject: other, details: { comment: "" } },
        });
    }
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
        end(id, { by: entry.actor, actor: entry.actor, at: entry.at });
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
      const asked = { before: before ?? afterAll, limit };
      if (open === true) return selectOpen.all({ ...asked, now, mode: mode ?? null }).map(fromRow);
      if (mode === undefined) return selectList.all(asked).map(fromRow);
      return (mode === "live" ? selectLive.all(asked) : selectDrills.all({ ...asked, mode })).map(fromRow);
    },

    /**
     * What residents may know of that is open, the gravest first, of equally grave ones the newest; drills after whatever is
     * real. @param weights how grave something without a level is, by its template
     * @returns as many as are asked for, and how many there are in all
     */
    gravestOpen: async (
      weights: Readonly<Record<string, number>>,
      limit: number,
      now: number,
    ): Promise<{ alerts: Alert[]; all: number }> => {
      const rows = selectGravest.all({ now, weights: JSON.stringify(weights), limit });
      const all = rows.length < limit ? rows.length : (countOpen.get({ now })?.count ?? rows.length);
      return { alerts: rows.map(fromRow), all };
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
  };
}
