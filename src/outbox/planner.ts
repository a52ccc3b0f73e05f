import { setImmediate as nextTurn } from "node:timers/promises";
import type { Logger } from "../shared/logger.ts";
import { type Order, lanes } from "./order.ts";
import type { OrderStore } from "./order-store.ts";
import type { PlanStep, PlanStore } from "./plan-store.ts";

/** Reads the next residents of an audience, after an id, for an order that was due at `dueAt`; `main` hands it in. */
export type Pager = (audience: string, after: number, dueAt: number) => Promise<PlanStep>;

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

  /** @returns whether the order can go on at once */
  async function step(order: Order): Promise<boolean> {
    const found = await pager(order.audience, order.cursor, order.dueAt);
    // The first people whom an alert finds do not wait for their batches to fill, nor do the last before a pause.
    const flush = order.lane >= lanes.urgent && (order.planned === 0 || found.wait === true);
    await plans.add(order, found, flush);
    planned();
    return found.wait !== true;
  }

  async function work(): Promise<void> {
    // One that cannot be planned now must not keep the others from going; the next poke tries it again.
    const later = new Set<number>();
    for (;;) {
      pokedMeanwhile = false;
      const order = stopped ? undefined : await orders.nextToPlan(later);
      if (order === undefined) {
        if (pokedMeanwhile && !stopped) continue;
        return;
      }
      const goesOn = await step(order).catch((error: unknown) => {
        log.error({ err: error, broadcast: order.broadcastId }, "a broadcast could not be planned");
        return false;
      });
      if (!goesOn) later.add(order.seq);
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
