import BetterSqlite3 from "better-sqlite3";
import { expect } from "vitest";
import { databasePath } from "../../db/open.ts";

/**
 * Invariant 6, read from the tables and not from the code that is tested: the residents of every order add up, each
 * stands in one batch, and what is settled keeps nobody's address (invariant 10). Called at the end of every test that
 * sends.
 */
export function expectSums(databaseUrl: string): void {
  const sqlite = new BetterSqlite3(databasePath(databaseUrl), { readonly: true });
  try {
    const orders = sqlite
      .prepare(
        `SELECT o.seq, o.planned, coalesce(sum(b.size), 0) AS found,
           (SELECT count(*) FROM outbox_copies AS c WHERE c.order_seq = o.seq) AS copies
         FROM outbox_orders AS o LEFT JOIN outbox_batches AS b ON b.order_seq = o.seq GROUP BY o.seq
         HAVING planned <> found OR planned <> copies`,
      )
      .all();
    const batches = sqlite
      .prepare(
        `SELECT b.id, b.state, b.size, count(c.resident_id) AS copies FROM outbox_batches AS b
         LEFT JOIN outbox_copies AS c ON c.batch_id = b.id GROUP BY b.id HAVING b.size <> copies`,
      )
      .all();
    const remembered = sqlite
      .prepare(
        `SELECT id, state FROM outbox_batches
         WHERE state IN ('accepted', 'rejected', 'cancelled', 'expired', 'parked', 'split') AND (addresses IS NOT NULL OR residents IS NOT NULL)`,
      )
      .all();
    expect({ orders, batches, remembered }).toEqual({ orders: [], batches: [], remembered: [] });
  } finally {
    sqlite.close();
  }
}
