import type { Answer, ResidentEvent } from "../../conversation/conversation.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import { isProcessGone } from "../../shared/process-owner.ts";
import type { Occasion, Spoken } from "../speak.ts";
import type { ClaimedEvent, InboxStore } from "./store.ts";

export interface WorkOffDeps {
  store: InboxStore;
  clock: Clock;
  log: Logger;
  owner: string;
  converse: (event: ResidentEvent) => Promise<Answer | undefined>;
  speak: (occasion: Occasion, messages: Answer["messages"]) => Promise<Spoken>;
  /** Shows the resident the menu of a language; undefined for somebody who asked to be forgotten. */
  showMenu: (userId: string, language: string | undefined) => Promise<void>;
  handled?: (kind: string, spoken: Spoken | "nothing" | "failed") => void;
}

const leaseMs = 120_000;
const atOnce = 32;
const lastAttempt = 5;

/**
 * Does what the stored events ask, the events of one resident one after the other, several residents at a time. An event
 * stays in the inbox until it is done, so one that was cut short by a crash is done at the next start.
 */
export function createInboxWorker(deps: WorkOffDeps) {
  const { store, clock, log, owner } = deps;
  const underWay = new Map<number, Promise<void>>();
  const lastOfUser = new Map<string, Promise<void>>();
  let pumping: Promise<void> | undefined;
  let poked = false;
  let stopped = false;

  async function handle(event: ClaimedEvent): Promise<void> {
    const { seq, userId, what } = event;
    try {
      const answer = await deps.converse({ ...what, userId });
      let spoken: Spoken | "nothing" = "nothing";
      if (answer !== undefined && event.replyToken !== undefined) {
        spoken = await deps.speak(occasionOf(event, event.replyToken), answer.messages);
      }
      await store.finish(seq, clock.now());
      deps.handled?.(what.kind, spoken);
      if (answer !== undefined) await deps.showMenu(userId, answer.language);
    } catch (error) {
      deps.handled?.(what.kind, "failed");
      log.error({ err: error, event: event.id, attempt: event.attempts }, "an event could not be handled");
      if (event.attempts >= lastAttempt) await store.finish(seq, clock.now());
      else await store.postpone(seq, clock.now() + 1000 * 2 ** event.attempts);
    }
  }

  function begin(event: ClaimedEvent): void {
    // Its lease ran out while it waited behind another event of the same resident.
    if (underWay.has(event.seq)) return;
    const before = lastOfUser.get(event.userId) ?? Promise.resolve();
    const work = before
      .then(() => handle(event))
      .catch((error: unknown) => {
        log.error(
          { err: error },
          "the inbox could not note what became of an event; it will be handled again",
        );
      });
    lastOfUser.set(event.userId, work);
    const done = work.then(() => {
      underWay.delete(event.seq);
      if (lastOfUser.get(event.userId) === work) lastOfUser.delete(event.userId);
      poke();
    });
    underWay.set(event.seq, done);
  }

  async function pump(): Promise<void> {
    while (!stopped && underWay.size < atOnce) {
      poked = false;
      const now = clock.now();
      const events = await store.claim(owner, now, now + leaseMs, atOnce - underWay.size);
      for (const event of events) begin(event);
      if (events.length === 0 && !poked) return;
    }
  }

  /** Looks for work; called when something arrived, when something is done, and by the clock. */
  function poke(): void {
    poked = true;
    if (pumping !== undefined || stopped) return;
    pumping = pump()
      .catch((error: unknown) => log.error({ err: error }, "the inbox could not be read"))
      .finally(() => {
        pumping = undefined;
        if (poked && underWay.size < atOnce) poke();
      });
  }

  return {
    poke,
    /** Frees what dead processes held, then begins. */
    start: async (): Promise<void> => {
      await store.takeOver((other) => isProcessGone(other, owner));
      poke();
    },
    /** Begins nothing new and waits for what is under way. */
    stop: async (): Promise<void> => {
      stopped = true;
      await pumping;
      await Promise.all(underWay.values());
    },
  };
}

function occasionOf(event: ClaimedEvent, replyToken: string): Occasion {
  const { id, userId, receivedAt, what } = event;
  return {
    eventId: id,
    userId,
    replyToken,
    receivedAt,
    at: what.at,
    isGreeting: what.kind === "follow",
    maybeAnswered: event.attempts > 1,
  };
}
