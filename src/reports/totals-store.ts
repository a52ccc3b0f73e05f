import type { Database } from "../../db/open.ts";

/** What became of one broadcast, as it is kept. */
export interface BroadcastTotals {
  broadcastId: string;
  begunAt: number;
  /** Of the rule; `[""]` when it names none. */
  categories: string[];
  planned: number;
  accepted: number;
  followsAfter: number;
  leavesAfter: number;
  /** Nothing of it can change any more. */
  final: boolean;
}

export interface Sums {
  broadcasts: number;
  accepted: number;
  taps: number;
  leavesAfter: number;
}

export interface SentBroadcast extends Sums {
  id: string;
  title: string;
  begunAt: number;
  planned: number;
  followsAfter: number;
}

export type TotalsStore = ReturnType<typeof createTotalsStore>;

/** Sums of what was sent. One row a broadcast: the batches of a year are far too many to add up for a page. */
export function createTotalsStore({ sqlite, write }: Database) {
  const selectUnsettled = sqlite.prepare<[number, number], { id: string; begunAt: number }>(
    `SELECT b.id, b.begun_at AS begunAt FROM broadcasts AS b LEFT JOIN broadcast_totals AS t ON t.broadcast_id = b.id
     WHERE b.begun_at < ? AND b.mode = 'live' AND coalesce(t.final, 0) = 0 ORDER BY b.begun_at DESC LIMIT ?`,
  );
  const upsert = sqlite.prepare(
    `INSERT INTO broadcast_totals (broadcast_id, begun_at, categories, planned, accepted, follows_after, leaves_after, final)
     VALUES (@broadcastId, @begunAt, @categories, @planned, @accepted, @followsAfter, @leavesAfter, @final)
     ON CONFLICT (broadcast_id) DO UPDATE SET planned = excluded.planned, accepted = excluded.accepted,
       follows_after = excluded.follows_after, leaves_after = excluded.leaves_after, final = excluded.final
     WHERE (planned, accepted, follows_after, leaves_after, final)
       IS NOT (excluded.planned, excluded.accepted, excluded.follows_after, excluded.leaves_after, excluded.final)`,
  );
  const selectSums = sqlite.prepare<[number, number], Sums & { month: string; categories: string }>(
    `SELECT strftime('%Y-%m', t.begun_at / 1000 + 32400, 'unixepoch') AS month, t.categories, count(*) AS broadcasts,
       sum(t.accepted) AS accepted, coalesce(sum(l.taps), 0) AS taps, sum(t.leaves_after) AS leavesAfter
     FROM broadcast_totals AS t LEFT JOIN link_tap_totals AS l ON l.broadcast_id = t.broadcast_id
     WHERE t.begun_at >= ? AND t.begun_at < ? GROUP BY month, t.categories`,
  );
  const columns = `t.broadcast_id AS id, b.title, t.begun_at AS begunAt, t.planned, t.accepted, coalesce(l.taps, 0) AS taps,
    t.follows_after AS followsAfter, t.leaves_after AS leavesAfter, 1 AS broadcasts`;
  const joined = `broadcast_totals AS t JOIN broadcasts AS b ON b.id = t.broadcast_id
    LEFT JOIN link_tap_totals AS l ON l.broadcast_id = t.broadcast_id`;
  const selectSent = sqlite.prepare<[number, number, number, number], SentBroadcast>(
    `SELECT ${columns} FROM ${joined} WHERE t.begun_at >= ? AND t.begun_at < ? ORDER BY t.begun_at DESC, t.broadcast_id LIMIT ? OFFSET ?`,
  );
  const selectOccurrences = sqlite.prepare<[string, number], SentBroadcast>(
    `SELECT ${columns} FROM broadcasts AS b JOIN broadcast_totals AS t ON t.broadcast_id = b.id
     LEFT JOIN link_tap_totals AS l ON l.broadcast_id = t.broadcast_id
     WHERE b.series_id = ? ORDER BY b.due_at DESC LIMIT ?`,
  );

  return {
    /** Broadcasts, drills not among them, that began before `before` and of which something may still change, newest first. */
    unsettled: async (before: number, limit: number): Promise<{ id: string; begunAt: number }[]> =>
      selectUnsettled.all(before, limit),

    keep: (totals: BroadcastTotals[]): Promise<void> =>
      write(() => {
        for (const each of totals)
          upsert.run({
            ...each,
            categories: JSON.stringify(each.categories),
            final: each.final ? 1 : 0,
          });
      }),

    /** Of the broadcasts that began from `from` until before `to`: a sum for each month of Tokyo and set of categories. */
    sums: async (from: number, to: number): Promise<(Sums & { month: string; categories: string[] })[]> =>
      selectSums.all(from, to).map((row) => ({ ...row, categories: JSON.parse(row.categories) as string[] })),

    /** Newest first, after `skipped` of them. */
    sent: async (from: number, to: number, limit: number, skipped: number): Promise<SentBroadcast[]> =>
      selectSent.all(from, to, limit, skipped),

    /** The occurrences of a repeating broadcast that began, newest first. */
    occurrences: async (seriesId: string, limit: number): Promise<SentBroadcast[]> =>
      selectOccurrences.all(seriesId, limit),
  };
}
