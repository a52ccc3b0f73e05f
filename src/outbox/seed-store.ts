import type { Database } from "../../db/open.ts";
import type { Ids } from "../shared/ids.ts";

/** A broadcast that was sent, with one batch for each language however many residents it had. */
export interface SeededDelivery {
  broadcastId: string;
  begunAt: number;
  endedAt: number;
  audience: string;
  accepted: Record<string, number>;
  rejected: Record<string, number>;
}

/** Writes what became of broadcasts that were never sent: for demo data and measurements only. */
export function createDeliverySeedStore({ sqlite, write }: Database, ids: Ids) {
  const insertOrder = sqlite.prepare(
    `INSERT INTO outbox_orders (broadcast_id, state, lane, due_at, audience, default_language, plan_done, planned)
     VALUES (@broadcastId, 'done', 0, @begunAt, @audience, 'ja', 1, @planned)`,
  );
  const insertBatch = sqlite.prepare(
    `INSERT INTO outbox_batches (order_seq, language, state, size, retry_key, attempts, first_attempt_at, settled_at)
     VALUES (?, ?, ?, ?, ?, 1, ?, ?)`,
  );

  return {
    add: ({ accepted, rejected, ...order }: SeededDelivery): Promise<void> =>
      write(() => {
        const parts = [
          ...Object.entries(accepted).map(([language, size]) => ({ language, size, state: "accepted" })),
          ...Object.entries(rejected).map(([language, size]) => ({ language, size, state: "rejected" })),
        ];
        const planned = parts.reduce((sum, { size }) => sum + size, 0);
        const { lastInsertRowid } = insertOrder.run({
          broadcastId: order.broadcastId,
          begunAt: order.begunAt,
          audience: order.audience,
          planned,
        });
        for (const { language, size, state } of parts)
          insertBatch.run(lastInsertRowid, language, state, size, ids.uuid(), order.begunAt, order.endedAt);
      }),
  };
}
