import type { Database } from "../../db/open.ts";
import { type BatchState, type Delivery, type DeliveryCounts, batchStates } from "./order.ts";

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

/** Residents of a broadcast who were certainly not reached, or perhaps not. */
export interface Remainder {
  broadcastId: string;
  state: "undetermined" | "rejected" | "expired";
  residents: number;
}

export interface BrokenSum {
  broadcastId: string;
  planned: number;
  found: number;
}

/** What another process settled just before, by its clock, may have been committed just after. */
const clocksApartMs = 10_000;

/** What became of a broadcast, in residents. */
export function createDeliveryStore({ sqlite, write }: Database) {
  const selectOrder = sqlite.prepare<
    [string],
    { seq: number; planned: number; plan_done: number; state: string }
  >(`SELECT seq, planned, plan_done, state FROM outbox_orders WHERE broadcast_id = ?`);
  const selectSums = sqlite.prepare<[number], SumRow>(
    `SELECT language, state, sum(size) AS residents, min(first_attempt_at) AS first_attempt_at, max(settled_at) AS settled_at
     FROM outbox_batches WHERE order_seq = ? GROUP BY language, state`,
  );
  const selectBroken = sqlite.prepare<[], { broadcast_id: string; planned: number; found: number }>(
    `SELECT o.broadcast_id, o.planned, coalesce(sum(b.size), 0) AS found
     FROM outbox_orders AS o LEFT JOIN outbox_batches AS b ON b.order_seq = o.seq
     WHERE o.state IN ('open', 'halted', 'waiting') OR o.seq > (SELECT max(seq) - 5 FROM outbox_orders)
     GROUP BY o.seq HAVING o.planned <> found`,
  );
  const selectHanded = sqlite.prepare<[string, number, number], { resident_id: number }>(
    `SELECT c.resident_id FROM outbox_copies AS c JOIN outbox_batches AS b ON b.id = c.batch_id
     WHERE c.order_seq = (SELECT seq FROM outbox_orders WHERE broadcast_id = ?) AND c.resident_id > ? AND b.state = 'accepted'
     ORDER BY c.resident_id LIMIT ?`,
  );
  const selectSettlement = sqlite.prepare<
    [string],
    { may_go_on: number; under_way: number; unknown: number; to_come: number; last: number | null }
  >(
    `SELECT o.state IN ('open', 'halted') AS may_go_on, o.plan_done = 0 OR coalesce(sum(b.state IN ('filling', 'pending')), 0) > 0 AS to_come,
       coalesce(sum(b.state = 'sending'), 0) AS under_way, coalesce(sum(b.state = 'undetermined' AND b.size > 0), 0) AS unknown, max(CASE WHEN b.state = 'accepted' THEN b.settled_at END) AS last
     FROM outbox_orders AS o LEFT JOIN outbox_batches AS b ON b.order_seq = o.seq WHERE o.broadcast_id = ? GROUP BY o.seq`,
  );
  const selectForgotten = sqlite.prepare<[number, string], { forgotten: number }>(
    `SELECT state IN ('done', 'cancelled') AND due_at < ? AS forgotten FROM outbox_orders WHERE broadcast_id = ?`,
  );
  const selectToForget = sqlite.prepare<[number], { seq: number }>(
    `SELECT seq FROM outbox_orders AS o WHERE state IN ('done', 'cancelled') AND due_at < ?
       AND EXISTS (SELECT 1 FROM outbox_copies AS c WHERE c.order_seq = o.seq)
       AND NOT EXISTS (SELECT 1 FROM outbox_orders AS f WHERE f.state IN ('waiting', 'open', 'halted')
                         AND instr(f.audience, o.broadcast_id) > 0)
     ORDER BY seq LIMIT 1`,
  );
  const forget = sqlite.prepare<[number, number, number]>(
    `DELETE FROM outbox_copies WHERE order_seq = ? AND resident_id IN (SELECT resident_id FROM outbox_copies WHERE order_seq = ? LIMIT ?)`,
  );
  const selectOpen = sqlite.prepare<[], { state: string; batches: number; residents: number }>(
    `SELECT b.state, count(*) AS batches, sum(b.size) AS residents FROM outbox_batches AS b JOIN outbox_orders AS o ON o.seq = b.order_seq
     WHERE o.state IN ('open', 'halted') GROUP BY b.state`,
  );
  // What a person has decided about is not shown to people again.
  const selectRemaining = sqlite.prepare<[number], Remainder>(
    `SELECT o.broadcast_id AS broadcastId, b.state, sum(b.size) AS residents
     FROM outbox_batches AS b JOIN outbox_orders AS o ON o.seq = b.order_seq
     WHERE b.state IN ('undetermined', 'rejected', 'expired') AND b.size > 0 AND coalesce(b.detail, '') <> 'decided by a person'
       AND (b.state = 'undetermined' OR b.settled_at >= ?)
     GROUP BY o.seq, b.state ORDER BY o.seq DESC LIMIT 50`,
  );

  return {
    /** Undefined when no order was ever placed for the broadcast. */
    of: async (broadcastId: string): Promise<Delivery | undefined> => {
      const order = selectOrder.get(broadcastId);
      if (order === undefined) return undefined;
      const sums = selectSums.all(order.seq);
      const attempts = sums.map((sum) => sum.first_attempt_at).filter((at) => at !== null);
      const accepted = sums.filter((sum) => sum.state === "accepted").map((sum) => sum.settled_at ?? 0);
      const byLanguage: Delivery["byLanguage"] = {};
      for (const { language, state, residents } of sums) {
        const counts = (byLanguage[language] ??= { planned: 0, ...noResidents() });
        const known = countedAs(state);
        if (known === undefined) continue;
        counts[known] += residents;
        counts.planned += residents;
      }
      const total = noResidents();
      for (const counts of Object.values(byLanguage))
        for (const state of batchStates) total[state] += counts[state];
      return {
        planned: order.planned,
        planning: order.plan_done === 0 && (order.state === "open" || order.state === "halted"),
        ...total,
        firstRequestAt: attempts.length === 0 ? undefined : Math.min(...attempts),
        lastAcceptedAt: accepted.length === 0 ? undefined : Math.max(...accepted),
        byLanguage,
      };
    },

    /** What is not known, whenever it was sent, and what was refused or came too late since an instant. */
    remainders: async (since: number): Promise<Remainder[]> => selectRemaining.all(since),

    /** Orders whose residents do not add up (invariant 6). There should never be one. */
    brokenSums: async (): Promise<BrokenSum[]> =>
      selectBroken
        .all()
        .map(({ broadcast_id, planned, found }) => ({ broadcastId: broadcast_id, planned, found })),

    /** Who was handed a broadcast, by id: a follow-up goes to exactly these (invariant 9). */
    handed: async (broadcastId: string, after: number, limit: number): Promise<number[]> =>
      selectHanded.all(broadcastId, after, limit).map((row) => row.resident_id),

    /**
     * Whether everybody whom a broadcast will be handed to has it, and if so, since before `at` or only since then. While it
     * is for a person to say whether some have it, that is not known yet.
     */
    settledWhen: async (broadcastId: string, at: number): Promise<"before" | "since" | "not yet"> => {
      const found = selectSettlement.get(broadcastId);
      if (found === undefined) return "before";
      // What was stopped may be let go on: whoever is handed it then must get what follows it too.
      if (found.under_way > 0 || found.unknown > 0 || (found.may_go_on === 1 && found.to_come === 1))
        return "not yet";
      return (found.last ?? 0) >= at - clocksApartMs ? "since" : "before";
    },

    /** Why nobody could be found by {@link handed}: there was no such order, or it was due before `since` and is over. */
    recipientsKnown: async (
      broadcastId: string,
      since: number,
    ): Promise<"unknown_id" | "recipients_forgotten" | undefined> => {
      const row = selectForgotten.get(since, broadcastId);
      if (row === undefined) return "unknown_id";
      return row.forgotten === 1 ? "recipients_forgotten" : undefined;
    },

    /**
     * Forgets up to `limit` rows of who was handed an order that is over and was due before `before`; the sums stay.
     * Waits as long as a follow-up is still to go to exactly these residents.
     */
    forgetRecipients: (before: number, limit: number): Promise<number> =>
      write(() => {
        const order = selectToForget.get(before);
        return order === undefined ? 0 : forget.run(order.seq, order.seq, limit).changes;
      }),

    /** Batches and residents of the orders that are not finished, by state. */
    backlog: async (): Promise<{ state: string; batches: number; residents: number }[]> => selectOpen.all(),
  };
}

interface SumRow {
  language: string;
  state: string;
  residents: number;
  first_attempt_at: number | null;
  settled_at: number | null;
}

function noResidents(): DeliveryCounts {
  return {
    pending: 0,
    sending: 0,
    accepted: 0,
    rejected: 0,
    cancelled: 0,
    expired: 0,
    undetermined: 0,
    parked: 0,
  };
}

/** A batch that is still being filled is pending; one that was split has handed its residents on. */
function countedAs(state: string): BatchState | undefined {
  if (state === "filling") return "pending";
  return batchStates.find((each) => each === state);
}
