import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Clock } from "../../shared/clock.ts";
import type { Logger } from "../../shared/logger.ts";
import type { ClaimedEntry, EntryStore } from "./entry-store.ts";
import type { Fetched } from "./fetch-file.ts";
import type { TellUnread, Unread, WhyUnread } from "./tell-unread.ts";
import { within } from "./within.ts";

/**
 * Told of each telegram, oldest first. Resolves when what it means is safely stored: only then is the telegram done with. So it
 * may be told of the same one again after a kill, and must recognise it by its id. `forget`: the original bytes are of no
 * use to anybody (they say nothing about this ward); otherwise they are kept for 30 days.
 */
export type Hear = (
  bytes: Buffer,
  about: { id: string; type: string; updatedAt: number },
) => Promise<"keep" | "forget" | Unread>;

interface Deps {
  store: EntryStore;
  clock: Clock;
  log: Logger;
  owner: string;
  hear: Hear;
  /** Real time: whoever never ends must not make the ear deaf. */
  hearTimeoutMs: number;
  get: (url: string) => Promise<Fetched>;
  tellUnread: TellUnread;
  onDone: (entry: ClaimedEntry, outcome: "heard" | "failed") => void;
  isStopped: () => boolean;
}

const mostAtOnce = 60;
const fetchedTogether = 4;
const leaseMs = 120_000;
/** What is away or refused is put on record after the third attempt, whatever comes after it. */
const attemptsBeforeTelling = 3;
/** What the other side refuses will hardly change; what is only away is tried for an hour; what was read is what it is. */
const mostAttempts = { refused: 3, unreachable: 14, mayChange: 3, unreadable: 1 };
/** Killed so often while at it that it may be what kills. */
const mostClaims = 20;
const pausesMs = [20_000, 60_000, 300_000];
const compress = promisify(gzip);

/** Fetches what waits and has it heard: some at a time, so that the feeds are still asked on time. */
export function createWorkOff(deps: Deps) {
  const { store, clock, log, owner, hear, hearTimeoutMs, get, tellUnread, onDone, isStopped } = deps;

  interface Failure {
    kind: keyof typeof mostAttempts;
    why: WhyUnread;
    /** What came, if anything did: kept for whoever asks what was wrong with it. */
    bytes?: Buffer;
  }

  async function fail(entry: ClaimedEntry, { kind, why, bytes }: Failure): Promise<void> {
    const { id, attempts } = entry;
    const isLast = attempts >= mostAttempts[kind];
    const isRead = kind === "unreadable" || kind === "mayChange";
    const mustTell = isLast || isRead || attempts === attemptsBeforeTelling;
    const told = !mustTell || (await tellUnread(entry, why));
    // What is on no record is not given up: nobody would ever know.
    const givenUp = isLast && told;
    const { detail } = why;
    const pause = pausesMs[Math.min(attempts, pausesMs.length) - 1] ?? 0;
    const body = bytes === undefined ? null : await compress(bytes);
    if (givenUp) await store.giveUp(id, owner, clock.now(), { detail, body });
    else await store.postpone(id, owner, clock.now() + pause, detail);
    log.warn({ telegram: id, attempts, why, givenUp }, "a telegram could not be heard");
    if (givenUp) onDone(entry, "failed");
  }

  async function take(entry: ClaimedEntry, fetched: Fetched): Promise<void> {
    if (fetched.outcome === "unchanged") throw new Error("nobody asked conditionally");
    if (fetched.outcome === "refused" && fetched.tooLarge === true)
      return fail(entry, { kind: "mayChange", why: { unread: "unreadTooLarge", detail: fetched.detail } });
    if (fetched.outcome !== "read")
      return fail(entry, { kind: fetched.outcome, why: { unread: "unreadNotGot", detail: fetched.detail } });
    const { bytes } = fetched;
    const { id, type, updatedAt } = entry;
    let heard: Awaited<ReturnType<Hear>>;
    try {
      heard = await within(hearTimeoutMs, hear(bytes, { id, type, updatedAt }));
    } catch (error) {
      log.error({ err: error, telegram: id }, "what was heard could not be handled");
      const detail = error instanceof Error ? error.message.slice(0, 200) : "not understood";
      return fail(entry, { kind: "refused", why: { unread: "unreadFailed", detail }, bytes });
    }
    if (typeof heard === "object") {
      const { mayChange, ...why } = heard;
      return fail(entry, { kind: mayChange ? "mayChange" : "unreadable", why, bytes });
    }
    await store.finish(id, owner, clock.now(), heard === "keep" ? await compress(bytes) : null);
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
