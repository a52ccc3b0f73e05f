import type { Message } from "../../messages/flex.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Actor } from "../../staff/permissions.ts";
import type { Call, CallStore, NewCall } from "./call-store.ts";

export interface CallsDeps {
  store: CallStore;
  /** Tells one phone; the same key makes a repetition harmless. */
  push: (to: string, messages: Message[], retryKey: string) => Promise<"taken" | "refused" | "unreachable">;
  sentences: Sentences;
  /** What the staff pages' addresses begin with. */
  consoleUrl: string | undefined;
  clock: Clock;
}

export type Calls = ReturnType<typeof createCalls>;

const dayMs = 24 * 60 * 60_000;

/**
 * Calls people of the staff: on their pages until they say they saw it, and by a message to the phone they linked. What
 * is to be told stands in the database, so that nobody is forgotten when the program dies in between.
 */
export function createCalls({ store, push, sentences, consoleUrl, clock }: CallsDeps) {
  function messageOf(call: Call): Message {
    const about = call.alert === undefined ? "" : `/alerts/${call.alert}`;
    const lines = ["ja", "en"].map((language) => sayCall(call, language, sentences));
    const where = consoleUrl === undefined ? [] : [`${consoleUrl}/console${about}`];
    return { type: "text", text: [...lines, ...where].join("\n") };
  }

  return {
    call: (call: NewCall): Promise<void> => store.add(call, clock.now()),

    /** What it was about is over: nobody is shown it any more. */
    over: (once: string): Promise<void> => store.over(once, clock.now()),

    /** What this person has not yet seen, newest first. */
    openFor: (actor: Actor): Promise<Call[]> => store.openFor(actor.id, actor.roles, clock.now()),

    /** They saw it: it is shown to the others only. */
    answer: (actor: Actor, id: string): Promise<void> => store.answer(actor.id, id, clock.now()),

    /** Tells the phones that have not been told. Poked by the clock and by whoever has just called. */
    pushOpen: async (): Promise<void> => {
      // All at once: a phone that cannot be reached must not keep the others from being told.
      const told = (await store.toPush(clock.now())).map(async (each) => {
        const pushed = await push(each.lineUserId, [messageOf(each.call)], each.retryKey);
        // A phone that refuses will refuse again.
        if (pushed !== "unreachable") await store.pushed(each, clock.now());
      });
      for (const each of await Promise.allSettled(told)) if (each.status === "rejected") throw each.reason;
    },

    purge: (): Promise<void> => store.purge(clock.now() - dayMs),
  };
}

/** A call in one sentence, for the pages and for the phones; one that belongs to a drill says so first. */
export function sayCall(call: Call, language: string, { say }: Sentences): string {
  const sentence = say(language, `calls:kind.${call.kind}`, call.values);
  return call.drill ? say(language, "calls:drill", { sentence }) : sentence;
}
