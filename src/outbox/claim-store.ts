import type { Database } from "../../db/open.ts";
import type { Ids } from "../shared/ids.ts";
import { type Mode, lanes } from "./order.ts";
import type { SealedBatch } from "./outcome.ts";

export interface ClaimedBatch extends SealedBatch {
  lane: number;
  mode: Mode;
  attempts: number;
  /** Whether an earlier attempt may have been accepted. */
  unsureBefore: boolean;
}

export interface ClaimTerms {
  owner: string;
  now: number;
  leasedUntil: number;
  limit: number;
  /** No routine batch beyond so many: the other places are kept for urgent ones (invariant 7). */
  routineLimit: number;
  /** Batches that may have been accepted before this are not tried again by themselves (invariant 5). */
  triedSince: number;
}

export type ClaimStore = ReturnType<typeof createClaimStore>;

/**
 * Takes batches to send. The claim is one commit: it seals recipients and key before the first attempt (invariant 5),
 * leaves out who has left since planning, and sets aside what has expired or was tried for too long.
 */
export function createClaimStore({ sqlite, write }: Database, ids: Ids) {
  const selectOrders = sqlite.prepare<
    [],
    { seq: number; lane: number; mode: Mode; expires_at: number | null }
  >(
    `SELECT seq, lane, mode, expires_at FROM outbox_orders AS o WHERE state = 'open' ORDER BY lane DESC,
       lane >= ${lanes.urgent} AND EXISTS (SELECT 1 FROM outbox_batches AS b WHERE b.order_seq = o.seq AND b.state IN ('sending', 'accepted')),
       due_at, seq`,
  );
  const expireUntried = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'expired', residents = NULL, addresses = NULL, settled_at = @now WHERE order_seq = @order AND state IN ('filling', 'pending') AND unsure_since IS NULL`,
  );
  const stopExpired = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'undetermined', detail = 'expired after an attempt whose outcome is not known' WHERE order_seq = @order AND state = 'pending'`,
  );
  const endPlan = sqlite.prepare(`UPDATE outbox_orders SET plan_done = 1 WHERE seq = ?`);
  const giveUp = sqlite.prepare(`UPDATE outbox_batches SET state = 'undetermined' WHERE id = ?`);
  const selectPending = sqlite.prepare<[number, number, number], PendingRow>(
    `SELECT id, language, retry_key, size, residents, addresses, attempts, unsure_since FROM outbox_batches
     WHERE order_seq = ? AND state = 'pending' AND not_before <= ? ORDER BY id LIMIT ?`,
  );
  const selectBody = sqlite.prepare<[number, string], { body: string }>(
    `SELECT body FROM outbox_bodies WHERE order_seq = ? AND language = ?`,
  );
  // One row with two lists: handing over 500 rows would take longer than finding them.
  const selectReachable = sqlite.prepare<[string], { count: number; residents: string; addresses: string }>(
    `SELECT count(*) AS count, json_group_array(a.resident_id) AS residents, json_group_array(a.address) AS addresses
     FROM json_each(?) AS planned CROSS JOIN outbox_addresses AS a ON a.resident_id = planned.value`,
  );
  const seal = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'sending', size = @size, residents = @residents, addresses = @addresses, attempts = attempts + 1,
       first_attempt_at = coalesce(first_attempt_at, @now), unsure_since = @now, owner = @owner, leased_until = @leasedUntil WHERE id = @id`,
  );
  const again = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'sending', attempts = attempts + 1, unsure_since = coalesce(unsure_since, @now), owner = @owner, leased_until = @leasedUntil WHERE id = @id`,
  );
  const cancelWhole = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'cancelled', residents = NULL, settled_at = ? WHERE id = ?`,
  );
  const refuseWhole = sqlite.prepare(
    `UPDATE outbox_batches SET state = 'rejected', residents = NULL, addresses = NULL, settled_at = ?, detail = 'no text for these readers' WHERE id = ?`,
  );
  const insertCancelled = sqlite.prepare(
    `INSERT INTO outbox_batches (order_seq, language, state, size, retry_key, settled_at, detail) VALUES (?, ?, 'cancelled', ?, ?, ?, 'left before sending')`,
  );
  const moveCopy = sqlite.prepare(
    `UPDATE outbox_copies SET batch_id = ? WHERE order_seq = ? AND resident_id = ?`,
  );
  const selectOwners = sqlite.prepare<[], { owner: string }>(
    `SELECT DISTINCT owner FROM outbox_batches WHERE state = 'sending'`,
  );
  // Of a cancelled order nothing is tried again: whether this attempt was accepted is for a person to decide.
  const putBack = `UPDATE outbox_batches SET not_before = 0,
    state = CASE WHEN (SELECT state FROM outbox_orders WHERE seq = order_seq) = 'cancelled' THEN 'undetermined' ELSE 'pending' END`;
  const releaseOwner = sqlite.prepare<[string]>(`${putBack} WHERE state = 'sending' AND owner = ?`);
  const releaseLapsed = sqlite.prepare<[number]>(`${putBack} WHERE state = 'sending' AND leased_until < ?`);
  const releaseWaiting = sqlite.prepare(
    `UPDATE outbox_batches SET not_before = 0 WHERE state = 'pending' AND not_before > 0`,
  );

  /** Freezes who gets this batch: those planned for it who still follow. Undefined when nobody is left. */
  function sealBatch(order: number, row: PendingRow, terms: ClaimTerms): string[] | undefined {
    const reachable = selectReachable.get(row.residents ?? "[]");
    if (reachable === undefined || reachable.count === 0) {
      cancelWhole.run(terms.now, row.id);
      return undefined;
    }
    const { count: size, residents, addresses } = reachable;
    if (size < row.size) cancelDeparted(order, row, residents, terms.now);
    const { owner, leasedUntil, now } = terms;
    seal.run({ id: row.id, size, residents, addresses, now, owner, leasedUntil });
    return JSON.parse(addresses) as string[];
  }

  /** Who left since planning gets a batch that is never sent, so that the sum still holds. */
  function cancelDeparted(order: number, row: PendingRow, staying: string, now: number): void {
    const here = new Set(JSON.parse(staying) as number[]);
    const gone = (JSON.parse(row.residents ?? "[]") as number[]).filter((resident) => !here.has(resident));
    const { lastInsertRowid } = insertCancelled.run(order, row.language, gone.length, ids.uuid(), now);
    for (const resident of gone) moveCopy.run(lastInsertRowid, order, resident);
  }

  function take(
    order: number,
    row: PendingRow,
    terms: ClaimTerms,
  ): Omit<ClaimedBatch, "lane" | "mode"> | undefined {
    const { body } = selectBody.get(order, row.language) ?? { body: undefined };
    if (body === undefined) {
      // Should never be; but one order that cannot be sent must not keep the others from going.
      refuseWhole.run(terms.now, row.id);
      return undefined;
    }
    let addresses: string[] | undefined;
    if (row.addresses === null) addresses = sealBatch(order, row, terms);
    else {
      addresses = JSON.parse(row.addresses) as string[];
      again.run({ id: row.id, now: terms.now, owner: terms.owner, leasedUntil: terms.leasedUntil });
    }
    if (addresses === undefined) return undefined;
    return {
      id: row.id,
      retryKey: row.retry_key,
      addresses,
      body,
      attempts: row.attempts + 1,
      unsureBefore: row.unsure_since !== null,
    };
  }

  return {
    /**
     * Up to `limit` batches, the most urgent orders' first. An alert of which nothing was begun goes before those that are
     * under way, so that its first request does not wait for their last (invariant 7).
     */
    claim: (terms: ClaimTerms): Promise<ClaimedBatch[]> =>
      write(() => {
        const claimed: ClaimedBatch[] = [];
        for (const order of selectOrders.all()) {
          if (order.expires_at !== null && order.expires_at <= terms.now) {
            const over = { order: order.seq, now: terms.now };
            expireUntried.run(over);
            stopExpired.run({ order: order.seq });
            endPlan.run(order.seq);
            continue;
          }
          const most = order.lane >= lanes.urgent ? terms.limit : Math.min(terms.limit, terms.routineLimit);
          if (claimed.length >= most) break;
          for (const row of selectPending.all(order.seq, terms.now, most - claimed.length)) {
            if (row.unsure_since !== null && row.unsure_since < terms.triedSince) {
              giveUp.run(row.id);
              continue;
            }
            const batch = take(order.seq, row, terms);
            if (batch !== undefined) claimed.push({ ...batch, lane: order.lane, mode: order.mode });
          }
        }
        return claimed;
      }),

    /** Puts back what processes that no longer live were sending: their outcome is unknown, their keys make a repeat safe. */
    takeOver: (isGone: (owner: string) => boolean): Promise<void> =>
      write(() => {
        for (const { owner } of selectOwners.all()) if (isGone(owner)) releaseOwner.run(owner);
      }),

    /** Puts back what nobody settled within its lease. */
    releaseLapsed: (now: number): Promise<number> => write(() => releaseLapsed.run(now).changes),

    /** Nothing waits any longer for its next attempt: the way is free again. */
    releaseWaiting: (): Promise<void> =>
      write(() => {
        releaseWaiting.run();
      }),
  };
}

interface PendingRow {
  id: number;
  language: string;
  retry_key: string;
  size: number;
  residents: string | null;
  addresses: string | null;
  attempts: number;
  unsure_since: number | null;
}
