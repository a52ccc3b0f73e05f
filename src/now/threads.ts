import { type OpenAlert, gravestFirst, isOpenAt } from "../messages/open-alert.ts";

/** An alert with what followed it up, the newest first: one story, told once. */
export interface Thread {
  id: string;
  mode: OpenAlert["mode"];
  /** What holds now; none when it is over. */
  open: OpenAlert[];
  /** What lifted it or took it back, if anything did. */
  closedBy: OpenAlert | undefined;
  /** What it was about: the alert itself, or what is known of it. */
  first: OpenAlert;
  /** When the last of it ceased to hold; later than now while something does. */
  overAt: number;
}

const dayMs = 24 * 60 * 60_000;

export interface Shown {
  live: Thread[];
  drills: Thread[];
  /** Over since a day at most, the latest first. Drills that are over are of no interest to anybody. */
  ended: Thread[];
}

export function threadsOf(alerts: readonly OpenAlert[], now: number): Shown {
  const stories = new Map<string, OpenAlert[]>();
  for (const alert of alerts) {
    if (alert.issuedAt > now) continue;
    const id = alert.of ?? alert.id;
    stories.set(id, [...(stories.get(id) ?? []), alert]);
  }
  const threads = [...stories].flatMap(([id, story]) => threadOf(id, story, now));
  const open = (mode: OpenAlert["mode"]) => {
    const found = threads.filter((thread) => thread.mode === mode && thread.open.length > 0);
    const order = gravestFirst(found.flatMap((thread) => thread.open.slice(0, 1)));
    return found.toSorted(
      (a, b) =>
        order.findIndex(({ id }) => id === a.open[0]?.id) - order.findIndex(({ id }) => id === b.open[0]?.id),
    );
  };
  return {
    live: open("live"),
    drills: open("publicDrill"),
    ended: threads
      .filter(({ mode, open: held, overAt }) => mode === "live" && held.length === 0 && overAt > now - dayMs)
      .toSorted((a, b) => b.overAt - a.overAt),
  };
}

function threadOf(id: string, story: OpenAlert[], now: number): Thread[] {
  const newestFirst = story.toSorted((a, b) => b.issuedAt - a.issuedAt);
  const closedBy = newestFirst.find(({ kind }) => kind === "allClear" || kind === "correction");
  // Whatever was said before that does not hold any more, whether or not each was ended.
  const open = newestFirst.filter(
    (alert) => isOpenAt(alert, now) && (closedBy === undefined || alert.issuedAt > closedBy.issuedAt),
  );
  const first = story.find((alert) => alert.id === id) ?? newestFirst.at(-1);
  if (first === undefined) return [];
  const ends = newestFirst
    .filter(({ kind }) => kind === "alert" || kind === "update")
    .map(({ expiresAt, endedAt }) => Math.min(expiresAt, endedAt ?? expiresAt));
  const overAt = closedBy?.issuedAt ?? Math.max(...ends);
  return [{ id, mode: first.mode, open, closedBy, first, overAt }];
}
