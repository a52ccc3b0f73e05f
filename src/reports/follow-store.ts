import type { Database } from "../../db/open.ts";

export interface Moves {
  follows: number;
  leaves: number;
}

export type FollowStore = ReturnType<typeof createFollowStore>;

const hourMs = 60 * 60 * 1000;
const tokyoMs = 9 * hourMs;

/** Who began to follow and who left, as numbers by hour. Written by the resident store, with the change itself. */
export function createFollowStore({ sqlite, write }: Database) {
  const selectSum = sqlite.prepare<[number, number], Moves>(
    `SELECT coalesce(sum(follows), 0) AS follows, coalesce(sum(leaves), 0) AS leaves
     FROM follow_counts WHERE hour >= ? AND hour < ?`,
  );
  const selectHours = sqlite.prepare<[number, number], Moves & { hour: number }>(
    `SELECT hour, follows, leaves FROM follow_counts WHERE hour >= ? AND hour < ? ORDER BY hour`,
  );
  const selectDays = sqlite.prepare<[number, number], Moves & { day: number }>(
    `SELECT (hour + ${tokyoMs}) / ${24 * hourMs} AS day, sum(follows) AS follows, sum(leaves) AS leaves
     FROM follow_counts WHERE hour >= ? AND hour < ? GROUP BY day ORDER BY day`,
  );
  const upsert = sqlite.prepare<[number, number, number]>(
    `INSERT INTO follow_counts (hour, follows, leaves) VALUES (?, ?, ?)
     ON CONFLICT (hour) DO UPDATE SET follows = follows + excluded.follows, leaves = leaves + excluded.leaves`,
  );

  return {
    /** How many in the hours that began at or after `from` and before `to`. */
    between: async (from: number, to: number): Promise<Moves> =>
      selectSum.get(from, to) ?? { follows: 0, leaves: 0 },

    /** Hours in which nobody moved are left out. */
    byHour: async (from: number, to: number): Promise<(Moves & { hour: number })[]> =>
      selectHours.all(from, to),

    /** By date of Tokyo; days on which nobody moved are left out. */
    byDay: async (from: number, to: number): Promise<Map<string, Moves>> =>
      new Map(
        selectDays
          .all(from, to)
          .map(({ day, ...moves }) => [new Date(day * 24 * hourMs).toISOString().slice(0, 10), moves]),
      ),

    /** For demo data and measurements only. */
    add: (counts: (Moves & { hour: number })[]): Promise<void> =>
      write(() => {
        for (const { hour, follows, leaves } of counts) upsert.run(hour, follows, leaves);
      }),
  };
}

/** The 24 hours that begin with the hour of `at`: what is counted by the hour is exact to the hour. */
export function dayAfter(at: number): { from: number; to: number } {
  const from = at - (at % hourMs);
  return { from, to: from + 24 * hourMs };
}
