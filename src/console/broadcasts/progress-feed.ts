import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import type { HoldState } from "../../outbox/hold.ts";
import type { Delivery } from "../../outbox/order.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import { type Pace, createPaceMeter, overallPace } from "./pace-meter.ts";

/** How far a broadcast is, at one moment. */
export interface Snapshot {
  broadcast: Broadcast;
  /** Undefined as long as nothing was ordered. */
  delivery: Delivery | undefined;
  pace: Pace;
  hold: HoldState | undefined;
}

/**
 * In which phase it is: as soon as it is another one, other acts are possible, and the page that shows it is over. What
 * is not known asks for a decision, so it is a phase of its own.
 */
export function phaseOf({ broadcast, delivery }: Snapshot): string {
  return (delivery?.undetermined ?? 0) > 0 ? `${broadcast.state}-undetermined` : broadcast.state;
}

export interface ProgressFeedDeps {
  store: Pick<BroadcastStore, "find">;
  deliveries: Pick<DeliveryStore, "of">;
  hold: () => HoldState | undefined;
  clock: Clock;
  log: Logger;
}

/** Undefined when the broadcast is no more, or the program ends. */
type Tell = (snapshot: Snapshot | undefined) => void;

export type ProgressFeed = ReturnType<typeof createProgressFeed>;

const everyMs = 1_000;

/** Looks once a second at each broadcast that somebody watches, once for all who watch it. */
export function createProgressFeed({ store, deliveries, hold, clock, log }: ProgressFeedDeps) {
  const watched = new Map<string, { tells: Set<Tell>; stop: () => void }>();
  let ended = false;

  async function look(id: string): Promise<Snapshot | undefined> {
    const broadcast = await store.find(id);
    if (broadcast === undefined) return undefined;
    const delivery = await deliveries.of(id);
    return { broadcast, delivery, pace: overallPace(delivery, clock.now()), hold: hold() };
  }

  function begin(id: string): { tells: Set<Tell>; stop: () => void } {
    const tells = new Set<Tell>();
    const meter = createPaceMeter();
    let looking = false;
    const turn = async (): Promise<void> => {
      if (looking) return;
      looking = true;
      try {
        const found = await look(id);
        const pace = meter.take(found?.delivery, clock.now());
        const snapshot = found === undefined ? undefined : { ...found, pace: pace ?? found.pace };
        for (const tell of tells) tell(snapshot);
      } catch (error) {
        log.error({ err: error, broadcast: id }, "the progress of a broadcast could not be read");
      } finally {
        looking = false;
      }
    };
    const timer = setInterval(() => void turn(), everyMs).unref();
    void turn();
    return { tells, stop: () => clearInterval(timer) };
  }

  return {
    look,

    /** Tells of the progress now and every second, until the returned function is called. */
    follow: (id: string, tell: Tell): (() => void) => {
      if (ended) {
        tell(undefined);
        return () => undefined;
      }
      const all = watched.get(id) ?? begin(id);
      watched.set(id, all);
      all.tells.add(tell);
      return () => {
        all.tells.delete(tell);
        if (all.tells.size > 0 || watched.get(id) !== all) return;
        all.stop();
        watched.delete(id);
      };
    },

    /** How many broadcasts are being looked at. */
    watching: (): number => watched.size,

    /** Tells everybody that it is over, so that no open answer keeps the program from ending. */
    end: (): void => {
      ended = true;
      for (const { tells, stop } of watched.values()) {
        stop();
        for (const tell of tells) tell(undefined);
      }
      watched.clear();
    },
  };
}
