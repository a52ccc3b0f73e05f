import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import { type Actor, may } from "../staff/permissions.ts";
import { type ChainResult, checkChain } from "./check-chain.ts";
import type { AuditFilter, AuditRecord, RecordStore } from "./record-store.ts";
import type { AuditStore } from "./store.ts";

/** How far the last check of the chain is. Times are milliseconds. */
export type Check =
  | { state: "never" }
  | { state: "running"; checked: number; total: number }
  | { state: "failed"; at: number }
  | { state: "done"; at: number; result: ChainResult };

type NotAllowed = { refused: "role_missing" };

export interface AuditingDeps {
  audit: AuditStore;
  record: RecordStore;
  clock: Clock;
  log: Logger;
}

export type Auditing = ReturnType<typeof createAuditing>;

/** Entries read at once for a file: small enough not to hold the event loop. */
const pageOfFile = 100;

/** What auditors do: read, take along, and check the record. The same functions for the console and the API. */
export function createAuditing({ audit, record, clock, log }: AuditingDeps) {
  const notAllowed: NotAllowed = { refused: "role_missing" };
  const reads = (actor: Actor) => may(actor, "audit.read");
  let check: Check = { state: "never" };
  let running: Promise<ChainResult> | undefined;

  async function* pages(filter: AuditFilter): AsyncGenerator<AuditRecord[]> {
    let before: number | undefined;
    do {
      const page = await record.list(filter, before, pageOfFile);
      if (page.length > 0) yield page;
      await nextTurn();
      before = page.length < pageOfFile ? undefined : page.at(-1)?.seq;
    } while (before !== undefined);
  }

  async function run(): Promise<ChainResult> {
    check = { state: "running", checked: 0, total: 0 };
    try {
      const total = await audit.size();
      const result = await checkChain(audit, (checked) => {
        check = { state: "running", checked, total: Math.max(total, checked) };
      });
      check = { state: "done", at: clock.now(), result };
      return result;
    } catch (error) {
      check = { state: "failed", at: clock.now() };
      throw error;
    }
  }

  /** One check at a time: whoever asks for another one meanwhile is given the answer of the first. */
  function runOnce(): Promise<ChainResult> {
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  async function checkFor(actor: Actor): Promise<void> {
    const result = await runOnce();
    const details = result.whole
      ? { whole: true, entries: result.entries }
      : { whole: false, brokenAt: result.brokenAt };
    await audit.note({ at: clock.now(), actor: actor.id, act: "audit.verify", subject: "audit", details });
  }

  return {
    list: async (
      actor: Actor,
      filter: AuditFilter,
      before: number | undefined,
      limit: number,
    ): Promise<AuditRecord[] | NotAllowed> =>
      reads(actor) ? record.list(filter, before, limit) : notAllowed,

    /** What the record can be filtered by. */
    choices: async (): Promise<{ acts: string[]; people: { id: string; name: string }[] }> => ({
      acts: await record.acts(),
      people: await record.people(),
    }),

    /** All entries that fit, newest first, page by page. That they were taken along is put on record first. */
    export: async (
      actor: Actor,
      filter: AuditFilter,
    ): Promise<{ pages: AsyncGenerator<AuditRecord[]> } | NotAllowed> => {
      if (!reads(actor)) return notAllowed;
      const details = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
      await audit.note({ at: clock.now(), actor: actor.id, act: "audit.export", subject: "audit", details });
      return { pages: pages(filter) };
    },

    /** Begins to check the whole chain, unless that is under way, and puts on record what was found; how far it is, `checked` tells. */
    beginCheck: async (actor: Actor): Promise<{ begun: boolean } | NotAllowed> => {
      if (!reads(actor)) return notAllowed;
      if (running !== undefined) return { begun: false };
      checkFor(actor).catch((error: unknown) => log.error({ err: error }, "the record could not be checked"));
      return { begun: true };
    },

    /** Checks the whole chain and answers when it is done; asking changes nothing. */
    verify: async (actor: Actor): Promise<ChainResult | NotAllowed> =>
      reads(actor) ? runOnce() : notAllowed,

    checked: (): Check => check,
  };
}
