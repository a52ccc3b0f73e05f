import type { Database } from "../../../db/open.ts";
import type { InboxEvent } from "./inbox-event.ts";

export interface ClaimedEvent extends InboxEvent {
  seq: number;
  receivedAt: number;
  attempts: number;
}

export type InboxStore = ReturnType<typeof createInboxStore>;

/** Events between the 200 we gave LINE and our having done what they ask. Statements are prepared by hand for P3. */
export function createInboxStore({ sqlite, write }: Database) {
  // A redelivered event brings its reply token to life again for a minute; one that is handled stays handled.
  const insert = sqlite.prepare(
    `INSERT INTO inbox_events (event_id, received_at, user_id, payload) VALUES (?, ?, ?, ?)
     ON CONFLICT (event_id) DO UPDATE SET received_at = excluded.received_at WHERE handled_at IS NULL`,
  );
  const selectWaiting = sqlite.prepare<[number, number], { seq: number }>(
    `SELECT seq FROM inbox_events WHERE handled_at IS NULL AND leased_until <= ? ORDER BY seq LIMIT ?`,
  );
  const lease = sqlite.prepare<[string, number, number], WaitingRow>(
    `UPDATE inbox_events SET owner = ?, leased_until = ?, attempts = attempts + 1 WHERE seq = ?
     RETURNING seq, event_id, received_at, user_id, payload, attempts`,
  );
  const finish = sqlite.prepare(
    `UPDATE inbox_events SET handled_at = ?, user_id = NULL, payload = NULL WHERE seq = ?`,
  );
  const postpone = sqlite.prepare(
    `UPDATE inbox_events SET leased_until = ? WHERE seq = ? AND handled_at IS NULL`,
  );
  const selectOwners = sqlite.prepare<[], { owner: string }>(
    `SELECT DISTINCT owner FROM inbox_events WHERE handled_at IS NULL AND owner IS NOT NULL AND leased_until > 0`,
  );
  const release = sqlite.prepare<[string]>(
    `UPDATE inbox_events SET leased_until = 0 WHERE handled_at IS NULL AND owner = ?`,
  );
  const countWaiting = sqlite.prepare<[], { waiting: number }>(
    `SELECT count(*) AS waiting FROM inbox_events WHERE handled_at IS NULL`,
  );
  const purge = sqlite.prepare<[number, number]>(
    `DELETE FROM inbox_events WHERE seq IN (SELECT seq FROM inbox_events WHERE handled_at IS NOT NULL AND handled_at < ? LIMIT ?)`,
  );

  return {
    /** Stores the events of a webhook; those known already are left as they are (invariant 2). */
    add: (events: InboxEvent[], receivedAt: number): Promise<void> =>
      write(() => {
        for (const { id, userId, what, replyToken } of events) {
          insert.run(id, receivedAt, userId, JSON.stringify({ what, replyToken }));
        }
      }),

    /** The oldest waiting events, leased to `owner` until `until`. */
    claim: (owner: string, now: number, until: number, limit: number): Promise<ClaimedEvent[]> =>
      write(() =>
        selectWaiting.all(now, limit).flatMap(({ seq }) => {
          const row = lease.get(owner, until, seq);
          if (row === undefined) return [];
          const { what, replyToken } = JSON.parse(row.payload) as Pick<InboxEvent, "what" | "replyToken">;
          const event = {
            seq,
            id: row.event_id,
            userId: row.user_id,
            what,
            receivedAt: row.received_at,
            attempts: row.attempts,
          };
          return [replyToken === undefined ? event : { ...event, replyToken }];
        }),
      ),

    /** Done: only the id stays, to recognise a repetition. */
    finish: (seq: number, at: number): Promise<void> =>
      write(() => {
        finish.run(at, seq);
      }),

    postpone: (seq: number, until: number): Promise<void> =>
      write(() => {
        postpone.run(until, seq);
      }),

    /** Frees what processes that no longer live were working on. */
    takeOver: (isGone: (owner: string) => boolean): Promise<void> =>
      write(() => {
        for (const { owner } of selectOwners.all()) if (isGone(owner)) release.run(owner);
      }),

    waiting: async (): Promise<number> => countWaiting.get()?.waiting ?? 0,

    /** Forgets up to `limit` ids of events handled before `before`; returns how many. */
    purge: (before: number, limit: number): Promise<number> => write(() => purge.run(before, limit).changes),
  };
}

interface WaitingRow {
  seq: number;
  event_id: string;
  received_at: number;
  user_id: string;
  payload: string;
  attempts: number;
}
