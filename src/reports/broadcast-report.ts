import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { LinkStore } from "../broadcasts/link-store.ts";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { Delivery } from "../outbox/order.ts";
import type { Clock } from "../shared/clock.ts";
import { type FollowStore, type Moves, dayAfter } from "./follow-store.ts";
import type { SentBroadcast, TotalsStore } from "./totals-store.ts";

/** What became of one broadcast that began. */
export interface BroadcastReport {
  delivery: Delivery;
  /** By Tokyo day and the language of the text. Of whom is not known. */
  taps: { day: string; language: string; taps: number }[];
  after: {
    /** Of the 24 hours from the hour in which sending began. */
    from: number;
    to: number;
    moves: Moves;
    hours: (Moves & { hour: number })[];
    /** Whether the 24 hours have passed. */
    over: boolean;
  };
  pace: Pace | undefined;
}

export interface Pace {
  /** From the beginning of sending to the last copy that LINE accepted. */
  tookMs: number;
  /** From the first request on. */
  perSecond: number;
  lastAt: number;
}

export interface BroadcastReports {
  /** Undefined when nothing of it was ever sent. */
  of(broadcast: Broadcast): Promise<BroadcastReport | undefined>;
  /** The occurrences of a repeating broadcast that began, newest first. */
  occurrences(series: Broadcast): Promise<SentBroadcast[]>;
}

const longestSeries = 500;

export function createBroadcastReports(deps: {
  deliveries: DeliveryStore;
  links: LinkStore;
  follows: FollowStore;
  totals: TotalsStore;
  clock: Clock;
}): BroadcastReports {
  const { deliveries, links, follows, totals, clock } = deps;
  return {
    of: async ({ id, begunAt }) => {
      const delivery = begunAt === undefined ? undefined : await deliveries.of(id);
      if (begunAt === undefined || delivery === undefined) return undefined;
      const { from, to } = dayAfter(begunAt);
      const [taps, moves, hours] = await Promise.all([
        links.tapsByDay(id),
        follows.between(from, to),
        follows.byHour(from, to),
      ]);
      return {
        delivery,
        taps,
        after: { from, to, moves, hours, over: clock.now() >= to },
        pace: paceOf(begunAt, delivery),
      };
    },

    occurrences: (series) => totals.occurrences(series.id, longestSeries),
  };
}

function paceOf(begunAt: number, delivery: Delivery): Pace | undefined {
  const { accepted, firstRequestAt, lastAcceptedAt } = delivery;
  if (accepted === 0 || firstRequestAt === undefined || lastAcceptedAt === undefined) return undefined;
  // What went within one second is said as so many in a second.
  const seconds = Math.max(1, (lastAcceptedAt - firstRequestAt) / 1000);
  return {
    tookMs: Math.max(0, lastAcceptedAt - begunAt),
    perSecond: Math.round(accepted / seconds),
    lastAt: lastAcceptedAt,
  };
}
