import type { Delivery } from "../../outbox/order.ts";

/** How fast residents are handed to LINE, and how long the rest takes at that pace. */
export interface Pace {
  /** Residents a second; undefined when there is nothing to say yet. */
  perSecond: number | undefined;
  secondsLeft: number | undefined;
}

/** The pace of the last so many milliseconds is what counts: it shows a hold at once. */
const spanMs = 8_000;

/** The pace from the first request until now, where nothing finer is known. */
export function overallPace(delivery: Delivery | undefined, now: number): Pace {
  if (delivery?.firstRequestAt === undefined) return { perSecond: undefined, secondsLeft: undefined };
  const end = left(delivery) > 0 ? now : (delivery.lastAcceptedAt ?? now);
  return paceOf(delivery.accepted, end - delivery.firstRequestAt, left(delivery));
}

/** Measures the pace from what it is shown, again and again. */
export function createPaceMeter() {
  let samples: { at: number; accepted: number }[] = [];
  return {
    /** Undefined until two moments are known. */
    take: (delivery: Delivery | undefined, now: number): Pace | undefined => {
      if (delivery === undefined) return undefined;
      samples = [...samples.filter(({ at }) => now - at <= spanMs), { at: now, accepted: delivery.accepted }];
      const first = samples[0];
      if (first === undefined || now - first.at < 1_000) return undefined;
      return paceOf(delivery.accepted - first.accepted, now - first.at, left(delivery));
    },
  };
}

function left({ pending, sending }: Delivery): number {
  return pending + sending;
}

function paceOf(accepted: number, ms: number, waiting: number): Pace {
  const perSecond = accepted / Math.max(0.001, ms / 1_000);
  return { perSecond, secondsLeft: perSecond > 0 && waiting > 0 ? waiting / perSecond : undefined };
}
