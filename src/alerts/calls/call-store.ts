import type { Database } from "../../../db/open.ts";
import type { Ids } from "../../shared/ids.ts";
import { type Role, roles } from "../../staff/permissions.ts";
import type { CallKind } from "./call-kinds.ts";

export interface NewCall {
  kind: CallKind;
  role: Role;
  drill?: boolean;
  alert?: string;
  hazard?: string;
  /** Values for the sentence. */
  values?: Record<string, string>;
  /** Names the occasion: a second call for the same one is none. */
  once?: string;
}

/** A call (呼出) to whoever has a role. */
export interface Call extends NewCall {
  id: string;
  at: number;
  drill: boolean;
  values: Record<string, string>;
}

export interface CallPush {
  call: Call;
  staffId: string;
  lineUserId: string;
  retryKey: string;
}

export type CallStore = ReturnType<typeof createCallStore>;

const shownForMs = 24 * 60 * 60_000;
/** A phone that could not be told within this time is not told any more. */
const pushedWithinMs = 15 * 60_000;

export function createCallStore({ sqlite, write }: Database, ids: Ids) {
  const insert = sqlite.prepare(
    `INSERT INTO calls (id, at, kind, role, drill, alert_id, hazard_id, details, once, until)
     VALUES (@id, @at, @kind, @role, @drill, @alert, @hazard, @details, @once, @until) ON CONFLICT (once) DO NOTHING`,
  );
  const selectOpen = sqlite.prepare<[{ now: number; staff: string; roles: string }], CallRow>(
    `SELECT * FROM calls AS c WHERE until > @now AND role IN (SELECT value FROM json_each(@roles))
       AND NOT EXISTS (SELECT 1 FROM call_answers AS a WHERE a.call_id = c.id AND a.staff_id = @staff)
       AND (kind <> 'draftWaiting' OR NOT EXISTS (SELECT 1 FROM broadcasts AS b WHERE b.id = c.alert_id AND b.state <> 'draft'))
     ORDER BY at DESC LIMIT 20`,
  );
  const insertAnswer = sqlite.prepare(
    `INSERT INTO call_answers (call_id, staff_id, at) SELECT id, ?, ? FROM calls WHERE id = ? ON CONFLICT DO NOTHING`,
  );
  const selectUnpushed = sqlite.prepare<[number], CallRow>(
    `SELECT * FROM calls WHERE pushed_at IS NULL AND at > ? ORDER BY at LIMIT 20`,
  );
  const selectPhones = sqlite.prepare<[string], { staff_id: string; line_user_id: string }>(
    `SELECT p.staff_id, p.line_user_id FROM staff_phones AS p JOIN staff AS s ON s.id = p.staff_id
     WHERE p.line_user_id IS NOT NULL AND s.deactivated_at IS NULL
       AND EXISTS (SELECT 1 FROM json_each(s.roles) WHERE value = ?)`,
  );
  const insertPush = sqlite.prepare(
    `INSERT INTO call_pushes (call_id, staff_id, retry_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
  );
  const selectPush = sqlite.prepare<[string, string], { retry_key: string; done_at: number | null }>(
    `SELECT retry_key, done_at FROM call_pushes WHERE call_id = ? AND staff_id = ?`,
  );
  const donePush = sqlite.prepare(`UPDATE call_pushes SET done_at = ? WHERE call_id = ? AND staff_id = ?`);
  const donePushes = sqlite.prepare(`UPDATE calls SET pushed_at = ? WHERE id = ?`);
  const endOne = sqlite.prepare(
    `UPDATE calls SET until = @now, pushed_at = coalesce(pushed_at, @now) WHERE once = @once AND until > @now`,
  );
  const forget = sqlite.prepare<[number]>(`DELETE FROM calls WHERE until < ?`);

  function add(call: NewCall, at: number): void {
    insert.run({
      id: ids.ulid(),
      at,
      kind: call.kind,
      role: call.role,
      drill: call.drill === true ? 1 : 0,
      alert: call.alert ?? null,
      hazard: call.hazard ?? null,
      details: JSON.stringify(call.values ?? {}),
      once: call.once === undefined ? null : `${call.once}/${call.role}`,
      until: at + shownForMs,
    });
  }

  return {
    /** Part of other stores' acts: the call commits with what it is about. Called only inside a `write`. */
    within: { add },

    add: (call: NewCall, at: number): Promise<void> => write(() => add(call, at)),

    /** What somebody with these roles has not yet seen, newest first; no draft that waits for nobody any more. */
    openFor: async (staffId: string, roles: readonly Role[], now: number): Promise<Call[]> =>
      selectOpen.all({ now, staff: staffId, roles: JSON.stringify(roles) }).map(fromRow),

    /** The occasion is over, for everybody whom it called. */
    over: (once: string, now: number): Promise<void> =>
      write(() => {
        for (const role of roles) endOne.run({ once: `${once}/${role}`, now });
      }),

    answer: (staffId: string, callId: string, at: number): Promise<void> =>
      write(() => {
        insertAnswer.run(staffId, at, callId);
      }),

    /** Whom to tell by phone, each with a key that is made once. A call is done when {@link pushed} was said of each. */
    toPush: (now: number): Promise<CallPush[]> =>
      write(() => {
        const pushes: CallPush[] = [];
        for (const row of selectUnpushed.all(now - pushedWithinMs)) {
          const call = fromRow(row);
          const open = selectPhones.all(row.role).flatMap(({ staff_id, line_user_id }) => {
            insertPush.run(row.id, staff_id, ids.uuid());
            const push = selectPush.get(row.id, staff_id);
            if (push === undefined || push.done_at !== null) return [];
            return [{ call, staffId: staff_id, lineUserId: line_user_id, retryKey: push.retry_key }];
          });
          if (open.length === 0) donePushes.run(now, row.id);
          pushes.push(...open);
        }
        return pushes;
      }),

    pushed: ({ call, staffId }: CallPush, at: number): Promise<void> =>
      write(() => {
        donePush.run(at, call.id, staffId);
      }),

    /** Forgets what nobody is shown any more since `before`. */
    purge: (before: number): Promise<void> =>
      write(() => {
        forget.run(before);
      }),
  };
}

interface CallRow {
  id: string;
  at: number;
  kind: string;
  role: string;
  drill: number;
  alert_id: string | null;
  hazard_id: string | null;
  details: string;
}

function fromRow(row: CallRow): Call {
  return {
    id: row.id,
    at: row.at,
    kind: row.kind as CallKind,
    role: row.role as Role,
    drill: row.drill === 1,
    values: JSON.parse(row.details) as Record<string, string>,
    ...(row.alert_id === null ? {} : { alert: row.alert_id }),
    ...(row.hazard_id === null ? {} : { hazard: row.hazard_id }),
  };
}
