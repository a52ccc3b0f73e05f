import type { Database } from "../../db/open.ts";
import type { Ids } from "../shared/ids.ts";
import type { Order } from "./order.ts";

/** LINE's limit of recipients in a multicast. */
export const batchSize = 500;

export interface PlanStep {
  /** Ids of the residents found by this step, by the language they read, each list ascending. */
  readers: Map<string, number[]>;
  /** Where the next step begins; undefined when this was the last. */
  next: number | undefined;
  /** There is more to come which is not known yet: the order is looked at again at the next poke. */
  wait?: boolean;
}

export type PlanStore = ReturnType<typeof createPlanStore>;

/** Turns an order into batches, step by step. Statements are prepared by hand: this writes 100,000 rows a second. */
export function createPlanStore({ sqlite, write }: Database, ids: Ids) {
  const moveCursor = sqlite.prepare(
    `UPDATE outbox_orders SET plan_cursor = @to, plan_done = @done WHERE seq = @seq AND plan_cursor = @from AND plan_done = 0 AND state = 'open'`,
  );
  const addPlanned = sqlite.prepare(`UPDATE outbox_orders SET planned = planned + ? WHERE seq = ?`);
  const selectFilling = sqlite.prepare<[number], FillingRow>(
    `SELECT id, language, size, residents FROM outbox_batches WHERE order_seq = ? AND state = 'filling'`,
  );
  const insertBatch = sqlite.prepare(
    `INSERT INTO outbox_batches (order_seq, language, state, size, retry_key) VALUES (?, ?, 'filling', 0, ?)`,
  );
  const updateBatch = sqlite.prepare(
    `UPDATE outbox_batches SET size = ?, residents = ?, state = ? WHERE id = ?`,
  );
  const selectCopies = sqlite
    .prepare<[number, number, number], number>(
      `SELECT resident_id FROM outbox_copies WHERE order_seq = ? AND resident_id BETWEEN ? AND ?`,
    )
    .pluck();
  // One statement for a whole batch: a statement for each resident takes five times as long.
  const insertCopies = sqlite.prepare<[number, number, string]>(
    `INSERT INTO outbox_copies (order_seq, resident_id, batch_id) SELECT ?, value, ? FROM json_each(?)`,
  );

  function filling(order: Order): Map<string, Filling> {
    return new Map(
      selectFilling
        .all(order.seq)
        .map(({ id, language, residents }) => [
          language,
          { id, residents: JSON.parse(residents ?? "[]") as number[] },
        ]),
    );
  }

  function begin(order: Order, language: string): Filling {
    const { lastInsertRowid } = insertBatch.run(order.seq, language, ids.uuid());
    return { id: Number(lastInsertRowid), residents: [] };
  }

  function save({ id, residents }: Filling, ready: boolean): void {
    updateBatch.run(residents.length, JSON.stringify(residents), ready ? "pending" : "filling", id);
  }

  /** Who of these stands in the broadcast already. Looked up once a step, before anybody is added. */
  function alreadyIn(order: Order, readers: PlanStep["readers"]): Set<number> {
    const ids = [...readers.values()];
    const first = Math.min(...ids.map((list) => list[0] ?? Infinity));
    const last = Math.max(...ids.map((list) => list.at(-1) ?? -Infinity));
    return first > last ? new Set() : new Set(selectCopies.all(order.seq, first, last));
  }

  /** Adds residents to batches of a language, beginning with the one that is being filled; returns the last, if it is not full. */
  function fill(
    order: Order,
    language: string,
    residents: number[],
    first: Filling | undefined,
  ): Filling | undefined {
    let batch = first;
    for (let taken = 0; taken < residents.length;) {
      batch ??= begin(order, language);
      const added = residents.slice(taken, taken + batchSize - batch.residents.length);
      insertCopies.run(order.seq, batch.id, JSON.stringify(added));
      batch.residents.push(...added);
      taken += added.length;
      if (batch.residents.length < batchSize) continue;
      save(batch, true);
      batch = undefined;
    }
    return batch;
  }

  return {
    /**
     * Puts the residents of one step into batches of their language and moves the order's cursor, all in one commit; a
     * batch can be sent as soon as it is full. Returns false, having changed nothing, when somebody else took this step
     * or the order was halted. `flush` sends partly filled batches on their way as well.
     */
    add: (order: Order, step: PlanStep, flush: boolean): Promise<boolean> =>
      write(() => {
        const done = step.next === undefined;
        const moved = moveCursor.run({
          seq: order.seq,
          from: order.cursor,
          to: step.next ?? order.cursor,
          done: done ? 1 : 0,
        });
        if (moved.changes === 0) return false;
        // Invariant 4: who is in already does not enter again; the primary key would refuse them.
        const present = alreadyIn(order, step.readers);
        const open = filling(order);
        let planned = 0;
        for (const [language, found] of byServedLanguage(order, step.readers)) {
          const fresh = present.size === 0 ? found : found.filter((id) => !present.has(id));
          const unfilled = fill(order, language, fresh, open.get(language));
          if (unfilled === undefined) open.delete(language);
          else open.set(language, unfilled);
          planned += fresh.length;
        }
        for (const batch of open.values()) save(batch, done || flush);
        addPlanned.run(planned, order.seq);
        return true;
      }),
  };
}

/** Readers of a language without a body are served the default one. */
function byServedLanguage(order: Order, readers: Map<string, number[]>): Map<string, number[]> {
  const served = new Map<string, number[]>();
  for (const [language, ids] of readers) {
    const body = order.languages.includes(language) ? language : order.defaultLanguage;
    served.set(
      body,
      [...(served.get(body) ?? []), ...ids].sort((a, b) => a - b),
    );
  }
  return served;
}

interface Filling {
  id: number;
  residents: number[];
}

interface FillingRow {
  id: number;
  language: string;
  size: number;
  residents: string | null;
}
