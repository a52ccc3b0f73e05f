import type { Database } from "../../db/open.ts";
import { type NewOrder, type Order, lanes } from "./order.ts";

export type OrderStore = ReturnType<typeof createOrderStore>;

/**
 * Orders to send. The functions under `within` are parts of other stores' acts, so that an approval and its order
 * commit together (invariant 3); they are called only inside a `write`.
 */
export function createOrderStore({ sqlite }: Database) {
  const insertOrder = sqlite.prepare(
    `INSERT INTO outbox_orders (broadcast_id, state, mode, lane, due_at, expires_at, audience, default_language)
     VALUES (@broadcastId, 'waiting', @mode, @lane, @dueAt, @expiresAt, @audience, @defaultLanguage)`,
  );
  const insertBody = sqlite.prepare(`INSERT INTO outbox_bodies (order_seq, language, body) VALUES (?, ?, ?)`);
  const setState = (to: string, from: string) =>
    sqlite.prepare<[string]>(
      `UPDATE outbox_orders SET state = '${to}' WHERE broadcast_id = ? AND state IN (${from})`,
    );
  const open = setState("open", `'waiting', 'halted'`);
  const halt = setState("halted", `'waiting', 'open'`);
  const cancel = setState("cancelled", `'waiting', 'open', 'halted'`);
  const finish = setState("done", `'open'`);
  const cancelBatches = sqlite.prepare<[number, string]>(
    `UPDATE outbox_batches SET state = 'cancelled', addresses = NULL, residents = NULL, settled_at = ?
     WHERE order_seq = (SELECT seq FROM outbox_orders WHERE broadcast_id = ?) AND state IN ('filling', 'pending') AND unsure_since IS NULL`,
  );
  const leaveUndetermined = sqlite.prepare<[string]>(
    `UPDATE outbox_batches SET state = 'undetermined', detail = 'cancelled after an attempt whose outcome is not known'
     WHERE order_seq = (SELECT seq FROM outbox_orders WHERE broadcast_id = ?) AND state = 'pending' AND unsure_since IS NOT NULL`,
  );
  const ceaseOrder = sqlite.prepare<[number, string]>(
    `UPDATE outbox_orders SET plan_done = 1, ceased_at = coalesce(ceased_at, ?) WHERE broadcast_id = ?`,
  );
  const selectToPlan = sqlite.prepare<[string], OrderRow>(
    `SELECT seq, broadcast_id, lane, due_at, planned, audience, default_language, plan_cursor FROM outbox_orders
     WHERE state = 'open' AND plan_done = 0 AND seq NOT IN (SELECT value FROM json_each(?))
     ORDER BY lane DESC, lane >= ${lanes.urgent} AND planned > 0, due_at, seq LIMIT 1`,
  );
  const selectLanguages = sqlite.prepare<[number], { language: string }>(
    `SELECT language FROM outbox_bodies WHERE order_seq = ?`,
  );
  const selectFinished = sqlite.prepare<[], { broadcast_id: string }>(
    `SELECT broadcast_id FROM outbox_orders AS o WHERE state = 'open' AND plan_done = 1
       AND NOT EXISTS (SELECT 1 FROM outbox_batches AS b WHERE b.order_seq = o.seq AND b.state IN ('filling', 'pending', 'sending', 'undetermined'))`,
  );

  return {
    within: {
      /** The order waits until {@link within.open} is called. */
      place: (order: NewOrder): void => {
        const { bodies, expiresAt, ...fields } = order;
        const { lastInsertRowid } = insertOrder.run({ ...fields, expiresAt: expiresAt ?? null });
        for (const [language, body] of Object.entries(bodies))
          insertBody.run(lastInsertRowid, language, body);
      },
      /** Planning and sending may begin, or go on after a halt. */
      open: (broadcastId: string): void => {
        open.run(broadcastId);
      },
      /** Nothing further is planned or sent; requests under way end as they end. */
      halt: (broadcastId: string): void => {
        halt.run(broadcastId);
      },
      /** Nothing further will ever be sent. A batch that may have been accepted waits for a person. */
      cancel: (broadcastId: string, at: number): void => {
        cancel.run(broadcastId);
        cancelBatches.run(at, broadcastId);
        leaveUndetermined.run(broadcastId);
      },
      /**
       * Nothing new of it is begun, since something newer is on its way; what was attempted already goes on until it is
       * known who was handed it, so that the newer goes to exactly these (invariant 9). What turns out not to have been taken
       * is cancelled then.
       */
      cease: (broadcastId: string, at: number): void => {
        ceaseOrder.run(at, broadcastId);
        cancelBatches.run(at, broadcastId);
      },
      finish: (broadcastId: string): void => {
        finish.run(broadcastId);
      },
    },

    /**
     * The most urgent order that is not planned to its end, but for those `except`. One alert does not wait until another
     * is planned: each has its first step at once.
     */
    nextToPlan: async (except: Iterable<number> = []): Promise<Order | undefined> => {
      const row = selectToPlan.get(JSON.stringify([...except]));
      if (row === undefined) return undefined;
      return {
        seq: row.seq,
        broadcastId: row.broadcast_id,
        lane: row.lane,
        dueAt: row.due_at,
        planned: row.planned,
        audience: row.audience,
        defaultLanguage: row.default_language,
        languages: selectLanguages.all(row.seq).map(({ language }) => language),
        cursor: row.plan_cursor,
      };
    },

    /** Broadcasts of which every resident is settled, but which are not marked so yet. */
    finished: async (): Promise<string[]> => selectFinished.all().map((row) => row.broadcast_id),
  };
}

interface OrderRow {
  seq: number;
  broadcast_id: string;
  lane: number;
  due_at: number;
  planned: number;
  audience: string;
  default_language: string;
  plan_cursor: number;
}
