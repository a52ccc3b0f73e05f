import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "../shared/logger.ts";
import { type Order, lanes } from "./order.ts";
import type { OrderStore } from "./order-store.ts";
import type { PlanStep, PlanStore } from "./plan-store.ts";

/** Reads the next residents of an audience, after an id; `main` hands it in. */
export type Pager = (audience: string, after: number) => Promise<PlanStep>;

export interface PlannerDeps {
  orders: OrderStore;
  plans: PlanStore;
  pager: Pager;
  log: Logger;
  /** Told after each step, since its batches can be sent now. */
  planned: () => void;
}

/**
 * Plans open orders in small steps, the most urgent first, giving the event loop back after each. Where it stands is in
 * the database: a crash costs the step that was under way and nothing else.
 */
export function createPlanner({ orders, plans, pager, log, planned }: PlannerDeps) {
  let working: Promise<void> | undefined;
  let pokedMeanwhile = false;
  let stopped = false;

  async function step(order: Order): Promise<void> {
    const found = await pager(order.audience, order.cursor);
    const first = order.cursor === 0;
    // An alert does not wait for its batches to fill.
    await plans.add(order, found, first && order.lane >= lanes.urgent);
    planned();
  }

  async function work(): Promise<void> {
    // One that cannot be planned must not keep the others from going; the next poke tries it again.
    const failed = new Set<number>();
    for (;;) {
      pokedMeanwhile = false;
      const order = stopped ? undefined : await orders.nextToPlan(failed);
      if (order === undefined) {
        if (pokedMeanwhile && !stopped) continue;
        return;
      }
      await step(order).catch((error: unknown) => {
        failed.add(order.seq);
        log.error({ err: error, broadcast: order.broadcastId }, "a broadcast could not be planned");
      });
      await nextTurn();
    }
  }

  return {
    /** Look whether there is something to plan. */
    poke: (): void => {
      pokedMeanwhile = true;
      working ??= work()
        .catch((error: unknown) =>
          log.error({ err: error }, "planning was interrupted; it goes on at the next poke"),
        )
        .finally(() => {
          working = undefined;
        });
    },
    stop: async (): Promise<void> => {
      stopped = true;
      await working;
    },
  };
}
