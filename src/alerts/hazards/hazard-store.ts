import { createHash } from "node:crypto";
import type { Database } from "../../../db/open.ts";
import type { AuditStore } from "../../audit/store.ts";
import { type Reading, isUnread } from "./hazard.ts";
import type { HazardRecord } from "./hazard-record.ts";
import { type HazardRow as Row, hazardColumns as columns, recordOf } from "./hazard-row.ts";
import { createHeardPages } from "./heard-pages-store.ts";
import { createMaintenanceStore } from "./maintenance-store.ts";
import type { Decision } from "../rules/decision.ts";
import type { HazardState } from "../rules/state.ts";

/** What stands behind the key of a telegram that could not be read, once it could: no id of a telegram holds a space. */
const aside = " unread";

export type HazardStore = ReturnType<typeof createHazardStore>;

/** What was heard and decided. Hand-prepared: a flood of telegrams must not hold up anything else. */
export function createHazardStore({ sqlite, write }: Database, audit: AuditStore) {
  const add = sqlite.prepare(
    `INSERT INTO hazards (id, telegram, fingerprint, source, reading, received_at, received_from, stage)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'heard') ON CONFLICT (telegram) DO NOTHING`,
  );
  // What could be read after all is heard as what it is; that it could not be read before stays on record beside it.
  const standAside = sqlite.prepare(
    `UPDATE hazards SET telegram = telegram || '${aside}' WHERE telegram = ? AND reading ->> '$.remarks[0].code' = 'unread'`,
  );
  const byTelegram = sqlite.prepare<[string], Row>(`SELECT ${columns} FROM hazards WHERE telegram = ?`);
  const byId = sqlite.prepare<[string], Row>(`SELECT ${columns} FROM hazards WHERE id = ?`);
  const undone = sqlite.prepare<[number], Row>(
    `SELECT ${columns} FROM hazards WHERE stage != 'done' ORDER BY id LIMIT ?`,
  );
  const same = sqlite.prepare<[string, string]>(
    `SELECT 1 FROM hazards WHERE fingerprint = ? AND id < ? LIMIT 1`,
  );
  const raised = sqlite.prepare<[number], { automatic: number | null; drafts: number | null }>(
    `SELECT sum(automatic) AS automatic, sum(drafts) AS drafts FROM hazards
     WHERE automatic + drafts > 0 AND decided_at > ?`,
  );
  const called = sqlite.prepare<[string, number]>(
    `SELECT 1 FROM hazards WHERE call = ? AND decided_at > ? LIMIT 1`,
  );
  const setDecided = sqlite.prepare(
    `UPDATE hazards SET stage = 'decided', decided_at = ?, decisions = ?, automatic = ?, drafts = ?, check_at = ?
     WHERE id = ? AND stage = 'heard'`,
  );
  const setDone = sqlite.prepare(
    `UPDATE hazards SET stage = 'done', decisions = ?, alerts = ?, call = ? WHERE id = ? AND stage != 'done'`,
  );
  const fail = sqlite.prepare(`UPDATE hazards SET attempts = attempts + 1 WHERE id = ?`);
  const states = sqlite.prepare<[], { state: string }>(`SELECT state FROM hazard_states`);
  const statesOf = sqlite.prepare<[string], { state: string }>(
    `SELECT state FROM hazard_states WHERE subject IN (SELECT value FROM json_each(?))`,
  );
  const statesOfEvent = sqlite.prepare<[string, string], { state: string }>(
    `SELECT state FROM hazard_states WHERE subject IN (SELECT value FROM json_each(?)) OR state ->> '$.eventId' = ?`,
  );
  const keep = sqlite.prepare(
    `INSERT INTO hazard_states VALUES (?, ?, ?)
     ON CONFLICT (subject) DO UPDATE SET reported_at = excluded.reported_at, state = excluded.state`,
  );
  const toCheck = sqlite.prepare<[number], Row>(
    `SELECT ${columns} FROM hazards WHERE check_at <= ? AND stage = 'done' ORDER BY check_at LIMIT 20`,
  );
  const setChecked = sqlite.prepare(
    `UPDATE hazards SET check_at = NULL, decisions = ?, call = coalesce(?, call), decided_at = ? WHERE id = ?`,
  );
  const forgetHazards = sqlite.prepare(
    `DELETE FROM hazards WHERE id IN (SELECT id FROM hazards WHERE received_at < ? AND stage = 'done'
       AND alerts = '[]' ORDER BY received_at LIMIT ?)`,
  );
  const forgetStates = sqlite.prepare(`DELETE FROM hazard_states WHERE reported_at < ?`);

  return {
    ...createMaintenanceStore({ sqlite, write }, audit),
    ...createHeardPages({ sqlite }),

    /** Puts on record that it was heard. @returns its record, and whether it had been heard before */
    hear: (
      id: string,
      reading: Reading,
      from: string,
      now: number,
    ): Promise<{ record: HazardRecord; again: boolean }> =>
      write(() => {
        const { telegram } = reading;
        const text = JSON.stringify(reading);
        if (!isUnread(reading)) standAside.run(telegram.id);
        const { changes } = add.run(id, telegram.id, fingerprint(reading), telegram.source, text, now, from);
        const row = byTelegram.get(telegram.id);
        if (row === undefined) throw new Error("What was just put on record is not there.");
        if (changes > 0 && telegram.source === "inbound")
          audit.append({
            at: now,
            actor: from,
            act: "hazard.report",
            subject: id,
            details: { telegram: telegram.id },
          });
        return { record: recordOf(row), again: changes === 0 };
      }),

    find: async (id: string): Promise<HazardRecord | undefined> => {
      const row = byId.get(id);
      return row && recordOf(row);
    },

    findTelegram: async (telegram: string): Promise<HazardRecord | undefined> => {
      const row = byTelegram.get(telegram);
      return row && recordOf(row);
    },

    /** What it was taken for as long as it could not be read; undefined when it could at once. */
    beforeItWasRead: async (telegram: string): Promise<HazardRecord | undefined> => {
      const row = byTelegram.get(`${telegram}${aside}`);
      return row && recordOf(row);
    },

    /** What was heard and not brought to an end, oldest first. */
    undone: async (limit: number): Promise<HazardRecord[]> => undone.all(limit).map(recordOf),

    /** Whether the same was heard before under another id. */
    repeated: async ({ id, reading }: HazardRecord): Promise<boolean> =>
      same.get(fingerprint(reading), id) !== undefined,

    raisedSince: async (since: number): Promise<{ automatic: number; drafts: number }> => {
      const row = raised.get(since);
      return { automatic: row?.automatic ?? 0, drafts: row?.drafts ?? 0 };
    },

    calledSince: async (call: string, since: number): Promise<boolean> =>
      called.get(call, since) !== undefined,

    states: async (): Promise<HazardState[]> => states.all().map(stateOf),

    /** What is known about these subjects: whoever floods us with others must not make each telegram slow. */
    statesOf: async (subjects: readonly string[]): Promise<HazardState[]> =>
      statesOf.all(JSON.stringify(subjects)).map(stateOf),

    /** The same, and about whatever else is of this event. */
    statesOfEvent: async (subjects: readonly string[], eventId: string): Promise<HazardState[]> =>
      statesOfEvent.all(JSON.stringify(subjects), eventId).map(stateOf),

    /**
     * What is decided stands before anything is done: after a kill the same is done, not decided anew.
     * @returns false when another process has decided meanwhile
     */
    decided: (id: string, decisions: Decision[], at: number): Promise<boolean> =>
      write(() => {
        const count = (deed: string) => decisions.filter((each) => each.do === deed).length;
        const checkAt = decisions.find((each) => each.checkAt !== undefined)?.checkAt ?? null;
        const kept = JSON.stringify(decisions);
        return setDecided.run(at, kept, count("automatic"), count("draft"), checkAt, id).changes === 1;
      }),

    /** It was done: what is known moves in the same commit. */
    done: (
      id: string,
      decisions: Decision[],
      outcome: { alerts: string[]; call: string | undefined; states: HazardState[] },
    ): Promise<void> =>
      write(() => {
        const { changes } = setDone.run(
          JSON.stringify(decisions),
          JSON.stringify(outcome.alerts),
          outcome.call ?? null,
          id,
        );
        if (changes === 0) return;
        for (const state of outcome.states) keep.run(state.subject, state.reportedAt, JSON.stringify(state));
      }),

    failed: (id: string): Promise<void> => write(() => void fail.run(id)),

    /** Announcements of special warnings whose time to come is over. */
    toCheck: async (now: number): Promise<HazardRecord[]> => toCheck.all(now).map(recordOf),

    checked: (id: string, decisions: Decision[], call: string | undefined, at: number): Promise<void> =>
      write(() => void setChecked.run(JSON.stringify(decisions), call ?? null, at, id)),

    /** Forgets telegrams that led to nothing, and states of which nothing was heard since: an earthquake is never lifted. */
    purge: (telegramsBefore: number, statesBefore: number, limit: number): Promise<void> =>
      write(() => {
        forgetHazards.run(telegramsBefore, limit);
        forgetStates.run(statesBefore);
      }),
  };
}

/**
 * Of what a telegram of JMA says, without the id it was fetched by: type, event, serial, time and kind, and the hazards as
 * well, since weather warnings have neither event nor serial. What comes by hook is told apart by its id alone.
 */
function fingerprint({ telegram, hazards, remarks }: Reading): string {
  const { id, source, type, eventId, serial, reportedAt, infoType, status, title, publisher } = telegram;
  const said =
    source === "inbound"
      ? [id]
      : [type, eventId, serial, reportedAt, infoType, status, title, publisher, hazards, remarks];
  return createHash("sha256").update(JSON.stringify(said)).digest("base64url");
}

function stateOf({ state }: { state: string }): HazardState {
  return JSON.parse(state) as HazardState;
}
