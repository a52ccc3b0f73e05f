import { setImmediate as letOthersWork } from "node:timers/promises";
import type { Clock } from "../../shared/clock.ts";
import type { Counting } from "./counting.ts";
import type { EntryStore } from "./entry-store.ts";
import type { Fetched, Validators } from "./fetch-file.ts";
import { type KindOf, judge } from "./judge.ts";
import { largestFeed, readFeed } from "./read-feed.ts";
import type { TellUnread } from "./tell-unread.ts";

export type Ask = (url: string, mostBytes: number, known?: Validators) => Promise<Fetched>;

export type FileAnswer =
  /**
   * `newest`: when the newest of its entries was issued, if it had any. `marked`: whether it had a mark of its version, so that
   * the next time it is read it has truly changed.
   */
  | { outcome: "read"; newest: number | undefined; marked: boolean }
  | { outcome: "unchanged" }
  | { outcome: "failed"; reason: string; retryAfterMs: number };

interface Deps {
  store: EntryStore;
  clock: Clock;
  kindOf: KindOf;
  ask: Ask;
  count: Counting;
  tellUnread: TellUnread;
}

const notedAtOnce = 100;

/** Asks for a file of the feeds and writes down what is new in it. */
export function createFileReader({ store, clock, kindOf, ask, count, tellUnread }: Deps) {
  async function read(folder: string, file: string): Promise<FileAnswer> {
    const url = `${folder}/${file}`;
    const known = await store.versionOf(url);
    const fetched = await ask(url, largestFeed, known);
    if (fetched.outcome === "unchanged") return { outcome: "unchanged" };
    if (fetched.outcome !== "read") {
      const retryAfterMs = fetched.outcome === "unreachable" ? fetched.retryAfterMs : 0;
      return { outcome: "failed", reason: `${file}: ${fetched.detail}`, retryAfterMs };
    }
    const now = clock.now();
    const entries = await readFeed(fetched.bytes, folder, now);
    let newest: number | undefined;
    let elsewhere = 0;
    for await (const judged of judge(entries, kindOf, { now, firstReading: known === undefined })) {
      newest = judged.at(-1)?.updatedAt;
      for (let at = 0; at < judged.length; at += notedAtOnce) {
        for (const entry of await store.note(judged.slice(at, at + notedAtOnce), now)) {
          const { type, state, detail = "" } = entry;
          if (state !== "waiting") count.telegram(type, state);
          // One stands for all that lead elsewhere: a feed may hold thousands.
          if (state === "failed" && elsewhere++ === 0)
            await tellUnread(entry, { unread: "unreadLeadsAway", detail });
        }
        await letOthersWork();
      }
    }
    // Only now: a kill before has the whole file read again.
    await store.rememberVersion(url, fetched.validators, now);
    const { etag, lastModified } = fetched.validators;
    return { outcome: "read", newest, marked: etag !== null || lastModified !== null };
  }

  return async function readFile(folder: string, file: string): Promise<FileAnswer> {
    const answer = await read(folder, file).catch((error: unknown): FileAnswer => ({
      outcome: "failed",
      reason: `${file}: ${error instanceof Error ? error.message : "unreadable"}`,
      retryAfterMs: 0,
    }));
    count.file(answer.outcome);
    return answer;
  };
}
