import { setImmediate as nextTurn } from "node:timers/promises";
import { addMonths, startOfTokyoDay } from "../shared/tokyo.ts";
import type { FollowStore, Moves } from "./follow-store.ts";
import type { SentBroadcast, Sums, TotalsStore } from "./totals-store.ts";

/** Months of Tokyo, both included: `2026-06`. */
export interface Period {
  from: string;
  to: string;
}

/** More months than these are not asked at once. */
export const longestPeriod = 36;

/** Broadcasts read in one step: about 3 ms. */
const atOnce = 500;

export interface PeriodReport {
  /** Every month of the period, oldest first, also those without a broadcast. Follows and leaves are those of the month. */
  months: (Sums & Moves & { month: string })[];
  /** By category of the rule, "" for rules that name none. A broadcast for two categories counts in both. */
  categories: (Sums & { category: string })[];
  /** Each broadcast once. */
  total: Sums & Moves;
}

export interface PeriodReports {
  of(period: Period): Promise<PeriodReport>;
  /** The broadcasts that began in the period, newest first. */
  sent(period: Period, limit: number): Promise<SentBroadcast[]>;
}

export function createPeriodReports({
  totals,
  follows,
}: {
  totals: TotalsStore;
  follows: FollowStore;
}): PeriodReports {
  return {
    of: async (period) => {
      const sums = await totals.sums(startOf(period.from), startOf(addMonths(period.to, 1)));
      const months = await Promise.all(
        monthsOf(period).map(async (month) => ({
          month,
          ...added(sums.filter((each) => each.month === month)),
          ...(await follows.between(startOf(month), startOf(addMonths(month, 1)))),
        })),
      );
      const named = [...new Set(sums.flatMap(({ categories }) => categories))];
      return {
        months,
        categories: named.map((category) => ({
          category,
          ...added(sums.filter(({ categories }) => categories.includes(category))),
        })),
        total: {
          ...added(sums),
          follows: months.reduce((sum, { follows: each }) => sum + each, 0),
          leaves: months.reduce((sum, { leaves }) => sum + leaves, 0),
        },
      };
    },

    sent: async (period, limit) => {
      const [from, to] = [startOf(period.from), startOf(addMonths(period.to, 1))];
      const all: SentBroadcast[] = [];
      for (;;) {
        const some = await totals.sent(from, to, Math.min(atOnce, limit - all.length), all.length);
        all.push(...some);
        if (some.length < atOnce || all.length >= limit) return all;
        await nextTurn();
      }
    },
  };
}

export function monthsOf({ from, to }: Period): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < longestPeriod; month = addMonths(month, 1))
    months.push(month);
  return months;
}

function startOf(month: string): number {
  return startOfTokyoDay(`${month}-01`);
}

function added(all: Sums[]): Sums {
  const sum = (field: keyof Sums): number => all.reduce((total, each) => total + each[field], 0);
  return {
    broadcasts: sum("broadcasts"),
    accepted: sum("accepted"),
    taps: sum("taps"),
    leavesAfter: sum("leavesAfter"),
  };
}
