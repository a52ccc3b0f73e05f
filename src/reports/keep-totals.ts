import { setImmediate as nextTurn } from "node:timers/promises";
import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { BroadcastStore } from "../broadcasts/store.ts";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { Clock } from "../shared/clock.ts";
import { type FollowStore, dayAfter } from "./follow-store.ts";
import type { BroadcastTotals, TotalsStore } from "./totals-store.ts";

export interface KeepTotalsDeps {
  broadcasts: BroadcastStore;
  deliveries: DeliveryStore;
  follows: FollowStore;
  totals: TotalsStore;
  clock: Clock;
}

const atOnce = 20;
const mostRounds = 25;
/** How much later than it happened LINE may tell us that somebody left. */
const lateMs = 6 * 60 * 60 * 1000;

/**
 * Brings the kept totals up to date: those of every broadcast of which something may still change, because it is not
 * over, waits for a person's decision, or began less than a day ago. Usually these are few among thousands.
 */
export function createKeepTotals({ broadcasts, deliveries, follows, totals, clock }: KeepTotalsDeps) {
  async function totalsOf(broadcast: Broadcast, begunAt: number): Promise<BroadcastTotals> {
    const { id, state, audience } = broadcast;
    const { from, to } = dayAfter(begunAt);
    const [delivery, moves] = await Promise.all([deliveries.of(id), follows.between(from, to)]);
    const open = delivery === undefined ? 0 : delivery.pending + delivery.sending + delivery.undetermined;
    const over = (state === "sent" || state === "cancelled") && open === 0;
    return {
      broadcastId: id,
      begunAt,
      categories: audience.categories?.anyOf.toSorted() ?? [""],
      planned: delivery?.planned ?? 0,
      accepted: delivery?.accepted ?? 0,
      followsAfter: moves.follows,
      leavesAfter: moves.leaves,
      final: over && clock.now() >= to + lateMs,
    };
  }

  async function keepBefore(before: number): Promise<number | undefined> {
    const some = await totals.unsettled(before, atOnce);
    const found: BroadcastTotals[] = [];
    for (const { id, begunAt } of some) {
      const broadcast = await broadcasts.find(id);
      if (broadcast !== undefined) found.push(await totalsOf(broadcast, begunAt));
      await nextTurn();
    }
    if (found.length > 0) await totals.keep(found);
    return some.length < atOnce ? undefined : some.at(-1)?.begunAt;
  }

  return {
    /** The newest ones: before somebody looks, who would else see what was true a minute ago. */
    newest: async (): Promise<void> => {
      await keepBefore(Infinity);
    },
    /**
     * All of them, also those that were sent before totals were kept; thousands of these take several calls, so that
     * the program can end meanwhile.
     */
    all: async (): Promise<void> => {
      let before: number | undefined = Infinity;
      for (let round = 0; round < mostRounds && before !== undefined; round++)
        before = await keepBefore(before);
    },
  };
}
