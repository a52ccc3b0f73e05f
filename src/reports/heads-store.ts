import type { Database } from "../../db/open.ts";

export const headKinds = ["all", "undecided", "language", "category", "district", "children"] as const;
export type HeadKind = (typeof headKinds)[number];

export interface DailyHead {
  kind: HeadKind;
  /** "" for `all` and `undecided`. */
  id: string;
  residents: number;
}

export type HeadsStore = ReturnType<typeof createHeadsStore>;

/** Those who follow, as they were counted once on each day of Tokyo. */
export function createHeadsStore({ sqlite, write }: Database) {
  const selectDay = sqlite.prepare<[string], { found: number }>(
    `SELECT 1 AS found FROM daily_heads WHERE kind = 'all' AND id = '' AND day = ?`,
  );
  const insert = sqlite.prepare<[HeadKind, string, string, number]>(
    `INSERT INTO daily_heads (kind, id, day, residents) VALUES (?, ?, ?, ?)`,
  );
  const selectDays = sqlite
    .prepare<[string, string], string>(
      `SELECT day FROM daily_heads WHERE kind = 'all' AND id = '' AND day BETWEEN ? AND ? ORDER BY day`,
    )
    .pluck();
  // Rows come as arrays: a year of 64 districts is 23,000 of them.
  const selectSeries = sqlite
    .prepare<[HeadKind, string], [id: string, day: string, residents: number]>(
      `SELECT id, day, residents FROM daily_heads WHERE kind = ? AND day IN (SELECT value FROM json_each(?)) ORDER BY id, day`,
    )
    .raw();

  return {
    has: async (day: string): Promise<boolean> => selectDay.get(day) !== undefined,

    /** Keeps what was counted on a day; false when somebody else had done so. */
    keep: (day: string, heads: DailyHead[]): Promise<boolean> =>
      write(() => {
        if (selectDay.get(day) !== undefined) return false;
        for (const { kind, id, residents } of heads) insert.run(kind, id, day, residents);
        return true;
      }),

    /** The days from `from` to `to`, both included, on which was counted, oldest first. */
    days: async (from: string, to: string): Promise<string[]> => selectDays.all(from, to),

    /** What was counted on some days: by id, oldest first. */
    series: async (kind: HeadKind, days: readonly string[]): Promise<Map<string, DayCount[]>> => {
      const series = new Map<string, DayCount[]>();
      for (const [id, day, residents] of selectSeries.all(kind, JSON.stringify(days))) {
        const known = series.get(id);
        if (known === undefined) series.set(id, [{ day, residents }]);
        else known.push({ day, residents });
      }
      return series;
    },
  };
}

export interface DayCount {
  day: string;
  residents: number;
}
