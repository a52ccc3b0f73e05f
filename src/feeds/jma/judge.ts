import { setImmediate as letOthersWork } from "node:timers/promises";
import type { JudgedEntry } from "./entry-store.ts";
import type { FeedEntry } from "./entry.ts";

/**
 * What is made of telegrams of a type before fetching one. `ignored` ones are never fetched; `unknown` ones are, because
 * nothing that is new may be passed over in silence. The office only saves traffic.
 */
export type KindOf = (type: string, office: string) => "handled" | "ignored" | "unknown";

const oldMs = 3 * 60 * 60_000;
/** A long feed has thousands; 500 take a millisecond or two. */
const judgedAtOnce = 500;

/**
 * Decides what becomes of entries that a feed lists. A ward that reads a feed for the first time wants to know how things
 * stand, not what happened since last week: of what is over three hours old, only the newest telegram of each type and
 * office is fetched, since each is a full picture. Sending is guarded elsewhere, by the age of what is heard.
 * @returns them some at a time, the oldest first
 */
export async function* judge(
  entries: readonly FeedEntry[],
  kindOf: KindOf,
  { now, firstReading }: { now: number; firstReading: boolean },
): AsyncGenerator<JudgedEntry[]> {
  // Feeds begin with the newest: of those issued in the same second the later listed one is the older.
  const oldestFirst = entries.toReversed().sort((a, b) => a.updatedAt - b.updatedAt);
  const newest = firstReading ? await findNewest(oldestFirst) : undefined;
  for (let at = 0; at < oldestFirst.length; at += judgedAtOnce) {
    await letOthersWork();
    yield oldestFirst.slice(at, at + judgedAtOnce).map((entry): JudgedEntry => {
      if (kindOf(entry.type, entry.office) === "ignored") return { ...entry, state: "ignored" };
      if (entry.url === undefined)
        return { ...entry, state: "failed", detail: "its link leads to another machine than the feed's" };
      const old = newest !== undefined && entry.updatedAt < now - oldMs && newest.get(keyOf(entry)) !== entry;
      return { ...entry, state: old ? "too_old" : "waiting" };
    });
  }
}

const keyOf = ({ type, office }: FeedEntry): string => `${type} ${office}`;

async function findNewest(oldestFirst: readonly FeedEntry[]): Promise<Map<string, FeedEntry>> {
  const newest = new Map<string, FeedEntry>();
  for (const [index, entry] of oldestFirst.entries()) {
    if (index % judgedAtOnce === 0) await letOthersWork();
    newest.set(keyOf(entry), entry);
  }
  return newest;
}
