import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import { isProcessGone } from "../shared/process-owner.ts";
import type { ClaimStore, ClaimedBatch } from "./claim-store.ts";
import { type Hold, type HoldState, createHold } from "./hold.ts";
import type { SendBatch, SendOutcome } from "./outcome.ts";
import { createPace } from "./pace.ts";
import { createSettle } from "./settle.ts";
import type { SettleStore } from "./settle-store.ts";

export interface DispatcherDeps {
  claims: ClaimStore;
  settles: SettleStore;
  send: SendBatch;
  /** Looks at each batch once more before it leaves: why it must not, or undefined (invariant 8). */
  refuses?: (batch: ClaimedBatch) => Promise<string | undefined>;
  clock: Clock;
  log: Logger;
  owner: string;
  random: () => number;
  requestsPerSecond: number;
  firstRetryMs?: number;
  /** Told of each attempt, for the metrics. */
  attempted?: (outcome: SendOutcome["kind"]) => void;
  /** Told when batches were settled, so that what is complete can be noticed. */
  settled?: () => void;
}

export interface DispatcherStatus {
  underWay: number;
  ratePerSecond: number;
  hold: HoldState | undefined;
  /** When the loop last ran, for `/readyz`. */
  lastTurnAt: number;
}

const mostUnderWay = 160;
/** Places kept free for urgent orders. */
const urgentReserve = 32;
/** Sealing and beginning more in one step would hold the event loop for too long. */
const mostInOneTurn = 8;
const leaseMs = 60_000;
const patienceMs = 23 * 60 * 60 * 1000;
const idleMs = 500;

/**
 * The loop that sends: claim, pace, send, settle. It only ever takes what the database says is pending, so a poke too
 * many or too few changes nothing but the moment.
 */
export function createDispatcher(deps: DispatcherDeps) {
  const { claims, clock, log, owner } = deps;
  const pace = createPace(deps.requestsPerSecond, () => performance.now());
  const hold: Hold = createHold();
  const settle = createSettle({
    store: deps.settles,
    claims,
    clock,
    pace,
    hold,
    random: deps.random,
    firstRetryMs: deps.firstRetryMs ?? 1_000,
  });
  const underWay = new Set<Promise<void>>();
  let lastTurnAt = clock.now();
  let turning: Promise<void> | undefined;
  let pokedMeanwhile = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function attempt(batch: ClaimedBatch): Promise<void> {
    const refusal = await deps.refuses?.(batch);
    const outcome: SendOutcome =
      refusal === undefined ? await deps.send(batch) : { kind: "rejected", detail: refusal };
    deps.attempted?.(outcome.kind);
    if ("detail" in outcome) {
      const { kind, detail } = outcome;
      log.warn(
        { batch: batch.id, outcome: kind, detail, attempts: batch.attempts },
        "a batch was not accepted",
      );
    }
    await settle(batch, outcome);
  }

  function begin(batch: ClaimedBatch): void {
    const work = attempt(batch)
      .catch((error: unknown) =>
        log.error({ err: error, batch: batch.id }, "a batch could not be settled; its lease will run out"),
      )
      .finally(() => {
        underWay.delete(work);
        deps.settled?.();
        poke();
      });
    underWay.add(work);
  }

  /**
   * Claims and begins as many batches as pace, hold and open places allow.
   * @returns after how many milliseconds to look again by itself; 0 when there may be more right now
   */
  async function turn(): Promise<number> {
    lastTurnAt = clock.now();
    const places = Math.min(mostUnderWay - underWay.size, hold.allows(lastTurnAt, underWay.size));
    if (places <= 0) return idleMs;
    const permits = pace.take(Math.min(places, mostInOneTurn));
    if (permits === 0) return Math.max(1, pace.waitMs());
    const batches = await claims.claim({
      owner,
      now: lastTurnAt,
      leasedUntil: lastTurnAt + leaseMs,
      limit: permits,
      routineLimit: mostUnderWay - urgentReserve - underWay.size,
      triedSince: lastTurnAt - patienceMs,
    });
    for (const batch of batches) begin(batch);
    pace.giveBack(permits - batches.length);
    return batches.length > 0 ? 0 : idleMs;
  }

  async function turns(): Promise<number> {
    for (;;) {
      pokedMeanwhile = false;
      const wait = await turn();
      if (stopped) return idleMs;
      const again = wait === 0 || (pokedMeanwhile && wait === idleMs);
      if (!again) return wait;
    }
  }

  function poke(): void {
    pokedMeanwhile = true;
    if (turning !== undefined || stopped) return;
    clearTimeout(timer);
    turning = turns()
      .catch((error: unknown) => {
        log.error({ err: error }, "the dispatcher could not claim");
        return idleMs;
      })
      .then((wait) => {
        turning = undefined;
        if (!stopped) timer = setTimeout(poke, wait);
      })
      .catch((error: unknown) => log.error({ err: error }, "the dispatcher could not go on"));
  }

  return {
    /** Look again: something was planned, resumed or settled. */
    poke,
    /** Takes over what dead processes were sending, then begins. */
    start: async (): Promise<void> => {
      await claims.takeOver((other) => isProcessGone(other, owner));
      poke();
    },
    /** Begins nothing new and waits for the requests under way, those being claimed at this moment included. */
    stop: async (): Promise<void> => {
      stopped = true;
      clearTimeout(timer);
      await turning;
      await Promise.all(underWay);
    },
    status: (): DispatcherStatus => ({
      underWay: underWay.size,
      ratePerSecond: pace.ratePerSecond(),
      hold: hold.state(),
      lastTurnAt,
    }),
  };
}
