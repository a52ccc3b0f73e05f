import { setImmediate as nextTurn } from "node:timers/promises";
import type { Clock } from "../shared/clock.ts";
import { addDays, addMonths, startOfTokyoDay, tokyoDate } from "../shared/tokyo.ts";
import type { FollowStore, Moves } from "./follow-store.ts";
import { type DayCount, type HeadKind, type HeadsStore, headKinds } from "./heads-store.ts";

export const spans = ["30d", "12m"] as const;
/** The last 30 days, or the last 12 months. */
export type Span = (typeof spans)[number];

export interface Trends {
  span: Span;
  /** By kind and id, one count for each day on which was counted. */
  heads: Partial<Record<HeadKind, Map<string, DayCount[]>>>;
  /** For each day of the span, or each month of it; oldest first. */
  moves: (Moves & { at: string })[];
  moved: Moves;
}

/** So many days are enough for a line and for the table beside it: each week of a year. */
const mostDays = 53;

export interface TrendsOf {
  span: Span;
  /** Only these are read; all by default. */
  kinds?: readonly HeadKind[];
  /** Every day that there is, as a file has them, and not only enough of them for a page. */
  everyDay?: boolean;
}

/** How the heads and the follows changed over time. */
export function createTrends({
  heads,
  follows,
  clock,
}: {
  heads: HeadsStore;
  follows: FollowStore;
  clock: Clock;
}) {
  return async ({ span, kinds = headKinds, everyDay = false }: TrendsOf): Promise<Trends> => {
    const today = tokyoDate(clock.now());
    const months = Array.from({ length: 12 }, (_, index) => addMonths(today.slice(0, 7), index - 11));
    const from = span === "30d" ? addDays(today, -29) : `${months[0] ?? today.slice(0, 7)}-01`;
    const all = await heads.days(from, today);
    // The first is always there: changes are reckoned from it, on the page as in the file.
    const days = everyDay ? all : [...new Set([...all.slice(0, 1), ...thinned(all, mostDays)])];
    const found: Trends["heads"] = {};
    for (const kind of kinds) {
      found[kind] = await heads.series(kind, days);
      await nextTurn();
    }
    const byDay = [...(await follows.byDay(startOfTokyoDay(from), startOfTokyoDay(addDays(today, 1))))];
    const at = span === "30d" ? Array.from({ length: 30 }, (_, index) => addDays(from, index)) : months;
    const moves = at.map((each) => ({
      at: each,
      ...summed(byDay.filter(([day]) => day.startsWith(each)).map(([, moved]) => moved)),
    }));
    return { span, heads: found, moves, moved: summed(moves) };
  };
}

/** At most `most` of many days, evenly spaced, the last always among them: a line needs no more. */
export function thinned<T>(days: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil(days.length / most));
  return days.filter((_, index) => (days.length - 1 - index) % step === 0);
}

function summed(all: Moves[]): Moves {
  return {
    follows: all.reduce((sum, { follows }) => sum + follows, 0),
    leaves: all.reduce((sum, { leaves }) => sum + leaves, 0),
  };
}
