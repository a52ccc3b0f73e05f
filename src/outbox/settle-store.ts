import type { Database } from "../../db/open.ts";
import type { Ids } from "../shared/ids.ts";

/** What a person may decide about residents whose batch may or may not have arrived. */
export type UndeterminedDecision = "accepted" | "rejected" | "sendAgain";

/** Which attempt ended. While a batch is tried anew, only "accepted" still counts of what its earlier attempts say. */
export interface Attempt {
  id: number;
  /** The how-manieth of its batch. */
  attempts: number;
  /** Whether one before it may have been accepted. */
  unsureBefore: boolean;
}

export type SettleStore = ReturnType<typeof createSettleStore>;

/** What became of batches. Each act is guarded by the state it expects, so that settling twice changes nothing. */
export function createSettleStore({ sqlite, write }: Database, ids: Ids) {
  const close = sqlite.prepare(
    `UPDATE outbox_batches SET state = @state, settled_at = @now, request_id = @requestId, detail = @detail, addresses = NULL, residents = NULL
     WHERE id = @id AND attempts = coalesce(@attempts, attempts) AND state IN ('sending', 'pending', 'undetermined')`,
  );
  const putBack = sqlite.prepare(
    `UPDATE outbox_batches SET state = (SELECT CASE WHEN o.state = 'cancelled' THEN @ifCancelled WHEN o.ceased_at IS NOT NULL THEN @ifCeased ELSE 'pending' END
         FROM outbox_orders AS o WHERE o.seq = order_seq),
       not_before = @notBefore, detail = @detail WHERE id = @id AND attempts = @attempts AND state = 'sending'`,
  );
  const forgetCancelled = sqlite.prepare(
    `UPDATE outbox_batches SET residents = NULL, addresses = NULL WHERE id = ? AND state = 'cancelled'`,
  );
  const certain = sqlite.prepare<[number, number]>(
    `UPDATE outbox_batches SET unsure_since = NULL WHERE id = ? AND attempts = ? AND state = 'sending'`,
  );
  const select = sqlite.prepare<[number, number], BatchRow>(
    `SELECT b.order_seq, b.language, b.residents, b.addresses, o.state = 'cancelled' OR o.ceased_at IS NOT NULL AS is_over
     FROM outbox_batches AS b JOIN outbox_orders AS o ON o.seq = b.order_seq WHERE b.id = ? AND b.attempts = ? AND b.state = 'sending'`,
  );
  const insert = sqlite.prepare(
    `INSERT INTO outbox_batches (order_seq, language, state, size, residents, addresses, retry_key, settled_at, detail)
     VALUES (@order, @language, @state, @size, @residents, @addresses, @retryKey, @settledAt, @detail)`,
  );
  const empty = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'split', size = 0, residents = NULL, addresses = NULL, settled_at = ?, detail = ? WHERE id = ?`,
  );
  const moveCopy = sqlite.prepare(
    `UPDATE outbox_copies SET batch_id = ? WHERE order_seq = ? AND resident_id = ?`,
  );
  const selectUndetermined = sqlite.prepare<[string], { id: number }>(
    `SELECT id FROM outbox_batches WHERE state = 'undetermined' AND order_seq = (SELECT seq FROM outbox_orders WHERE broadcast_id = ?)`,
  );
  const selectCeased = sqlite.prepare<[string]>(
    `SELECT 1 FROM outbox_orders WHERE broadcast_id = ? AND ceased_at IS NOT NULL`,
  );
  const sendAgain = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'pending', retry_key = ?, addresses = NULL, unsure_since = NULL, not_before = 0 WHERE id = ?`,
  );

  type Part = { residents: number[]; addresses: string[]; state: "pending" | "parked" | "cancelled" };

  function addPart(from: BatchRow, { residents, addresses, state }: Part, now: number, detail: string): void {
    const over = state !== "pending";
    const { lastInsertRowid } = insert.run({
      order: from.order_seq,
      language: from.language,
      state,
      size: residents.length,
      residents: over ? null : JSON.stringify(residents),
      addresses: over ? null : JSON.stringify(addresses),
      retryKey: ids.uuid(),
      settledAt: over ? now : null,
      detail: over ? detail : null,
    });
    for (const resident of residents) moveCopy.run(lastInsertRowid, from.order_seq, resident);
  }

  return {
    accepted: (id: number, now: number, requestId: string): Promise<void> =>
      write(() => {
        close.run({ id, attempts: null, state: "accepted", now, requestId, detail: null });
      }),

    /** Refused for good: the message, not its recipients. */
    rejected: ({ id, attempts }: Attempt, now: number, detail: string): Promise<void> =>
      write(() => {
        close.run({ id, attempts, state: "rejected", now, requestId: null, detail });
      }),

    /** Certainly not accepted, by this attempt. Tried again from `notBefore`. */
    notTaken: ({ id, attempts, unsureBefore }: Attempt, notBefore: number, detail: string): Promise<void> =>
      write(() => {
        if (!unsureBefore) certain.run(id, attempts);
        const ifCancelled = unsureBefore ? "undetermined" : "cancelled";
        const ifCeased = unsureBefore ? "pending" : "cancelled";
        putBack.run({ id, attempts, notBefore, detail, ifCancelled, ifCeased });
        forgetCancelled.run(id);
      }),

    /** Perhaps accepted: tried again from `notBefore` with the same key and the same bytes. */
    unknown: ({ id, attempts }: Attempt, notBefore: number, detail: string): Promise<void> =>
      write(() => {
        putBack.run({ id, attempts, notBefore, detail, ifCancelled: "undetermined", ifCeased: "pending" });
      }),

    /**
     * A batch was refused because of somebody in it. Those at `positions` are parked and the others get a batch and a
     * key of their own; without positions the batch is halved, until the one is found. Nothing had been accepted, so
     * new keys are right (LINE fact sheet, section 17, point 1).
     */
    split: ({ id, attempts }: Attempt, positions: number[], now: number, detail: string): Promise<void> =>
      write(() => {
        const batch = select.get(id, attempts);
        if (batch === undefined) return;
        const residents = JSON.parse(batch.residents ?? "[]") as number[];
        const addresses = JSON.parse(batch.addresses ?? "[]") as string[];
        const part = (keep: (index: number) => boolean, state: Part["state"]): Part => ({
          residents: residents.filter((_, index) => keep(index)),
          addresses: addresses.filter((_, index) => keep(index)),
          state,
        });
        const refused = new Set(residents.length === 1 ? [0] : positions);
        const middle = Math.ceil(residents.length / 2);
        const rest = batch.is_over === 1 ? "cancelled" : "pending";
        const parts =
          refused.size > 0
            ? [part((index) => refused.has(index), "parked"), part((index) => !refused.has(index), rest)]
            : [part((index) => index < middle, rest), part((index) => index >= middle, rest)];
        empty.run(now, detail, id);
        for (const each of parts) if (each.residents.length > 0) addPart(batch, each, now, detail);
      }),

    /**
     * A person's decision about what nobody can know: handed over, lost, or to be sent again at the risk of two copies. What
     * something newer took the place of is not sent again.
     * @returns how many batches were decided about
     */
    decideUndetermined: (broadcastId: string, decision: UndeterminedDecision, now: number): Promise<number> =>
      write(() => {
        if (decision === "sendAgain" && selectCeased.get(broadcastId) !== undefined) return 0;
        const undetermined = selectUndetermined.all(broadcastId);
        for (const { id } of undetermined) {
          if (decision === "sendAgain") sendAgain.run(ids.uuid(), id);
          else
            close.run({
              id,
              attempts: null,
              state: decision,
              now,
              requestId: null,
              detail: "decided by a person",
            });
        }
        return undetermined.length;
      }),
  };
}

interface BatchRow {
  order_seq: number;
  language: string;
  residents: string | null;
  addresses: string | null;
  is_over: number;
}
