import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import type { ClaimedEntry, EntryStore } from "./entry-store.ts";
import type { FeedTrouble } from "./feed-status.ts";
import type { Fetched } from "./fetch-file.ts";

/**
 * Told of each telegram, oldest first. Resolves when what it means is safely stored: only then is the telegram done with. So it
 * may be told of the same one again after a kill, and must recognise it by its id. `forget`: the original bytes are of no
 * use to anybody (they say nothing about this ward); otherwise they are kept for 30 days.
 */
export type Hear = (
  bytes: Buffer,
  about: { id: string; type: string; updatedAt: number },
) => Promise<"keep" | "forget">;

interface Deps {
  store: EntryStore;
  clock: Clock;
  log: Logger;
  owner: string;
  hear: Hear;
  /** Real time: whoever never ends must not make the ear deaf. */
  hearTimeoutMs: number;
  get: (url: string) => Promise<Fetched>;
  reportTrouble: (trouble: FeedTrouble) => void;
  onDone: (entry: ClaimedEntry, outcome: "heard" | "failed") => void;
  isStopped: () => boolean;
}

const mostAtOnce = 60;
const fetchedTogether = 4;
const leaseMs = 120_000;
/** Somebody is told after the third attempt, whatever comes after it. */
const attemptsBeforeTelling = 3;
/** What the other side refuses or we cannot understand will not change; what is only away is tried for an hour. */
const mostAttempts = { refused: 3, unreachable: 14 };
/** Killed so often while at it that it may be what kills. */
const mostClaims = 20;
const pausesMs = [20_000, 60_000, 300_000];
const compress = promisify(gzip);

/** Fetches what waits and has it heard: some at a time, so that the feeds are still asked on time. */
export function createWorkOff(deps: Deps) {
  const { store, clock, log, owner, hear, hearTimeoutMs, get, reportTrouble, onDone, isStopped } = deps;

  async function fail(entry: ClaimedEntry, kind: keyof typeof mostAttempts, detail: string): Promise<void> {
    const { id, type, title, attempts } = entry;
    const givenUp = attempts >= mostAttempts[kind];
    const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
    if (givenUp) await store.giveUp(id, owner, clock.now(), detail);
    else await store.postpone(id, owner, clock.now() + pause, detail);
    log.warn({ telegram: id, attempts, detail, givenUp }, "a telegram could not be heard");
    if (givenUp) onDone(entry, "failed");
    if (givenUp || attempts === attemptsBeforeTelling)
      reportTrouble({ code: "telegramFailed", id, type, title, detail, attempts, givenUp });
  }

  async function take(entry: ClaimedEntry, fetched: Fetched): Promise<void> {
    if (fetched.outcome === "unchanged") throw new Error("nobody asked conditionally");
    if (fetched.outcome !== "read") return fail(entry, fetched.outcome, fetched.detail);
    const { id, type, updatedAt } = entry;
    let worth: "keep" | "forget";
    try {
      worth = await within(hearTimeoutMs, hear(fetched.bytes, { id, type, updatedAt }));
    } catch (error) {
      log.error({ err: error, telegram: id }, "what was heard could not be handled");
      return fail(entry, "refused", error instanceof Error ? error.message.slice(0, 200) : "not understood");
    }
    await store.finish(id, owner, clock.now(), worth === "keep" ? await compress(fetched.bytes) : null);
    onDone(entry, "heard");
  }

  return async function workOff(): Promise<void> {
    for (let done = 0; done < mostAtOnce; done += fetchedTogether) {
      const now = clock.now();
      if (isStopped() || !(await store.anyDue(now))) return;
      const claimed = await store.claim(owner, now, now + leaseMs, fetchedTogether);
      const fetching = claimed.map((entry) =>
        entry.attempts > mostClaims
          ? Promise.resolve<Fetched>({ outcome: "refused", detail: "the program ended at it each time" })
          : get(entry.url),
      );
      for (const [index, entry] of claimed.entries()) {
        const fetched = await fetching[index];
        if (isStopped() || fetched === undefined) {
          await store.release(
            claimed.slice(index).map(({ id }) => id),
            owner,
          );
          return;
        }
        await take(entry, fetched);
      }
    }
  };
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not handled within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
