import type { JudgedEntry } from "./entry-store.ts";
import type { FeedEntry } from "./entry.ts";

/**
 * What is made of telegrams of a type before fetching one. `ignored` ones are never fetched; `unknown` ones are, because
 * nothing that is new may be passed over in silence. The office only saves traffic.
 */
export type KindOf = (type: string, office: string) => "handled" | "ignored" | "unknown";

const oldMs = 3 * 60 * 60_000;

/**
 * Decides what becomes of entries that a feed lists. A ward that reads a feed for the first time wants to know how things
 * stand, not what happened since last week: of what is over three hours old, only the newest telegram of each type and
 * office is fetched, since each is a full picture. Sending is guarded elsewhere, by the age of what is heard.
 */
export function judge(
  entries: readonly FeedEntry[],
  kindOf: KindOf,
  { now, firstReading }: { now: number; firstReading: boolean },
): JudgedEntry[] {
  const newest = new Map<string, FeedEntry>();
  const key = ({ type, office }: FeedEntry) => `${type} ${office}`;
  for (const entry of entries) {
    const other = newest.get(key(entry));
    if (other === undefined || other.updatedAt < entry.updatedAt) newest.set(key(entry), entry);
  }
  return entries
    .map((entry): JudgedEntry => {
      if (kindOf(entry.type, entry.office) === "ignored") return { ...entry, state: "ignored" };
      if (entry.url === undefined)
        return { ...entry, state: "failed", detail: "its link leads to another machine than the feed's" };
      const old = firstReading && entry.updatedAt < now - oldMs && newest.get(key(entry)) !== entry;
      return { ...entry, state: old ? "too_old" : "waiting" };
    })
    .sort((a, b) => a.updatedAt - b.updatedAt);
}
