import type { LinkStore } from "../broadcasts/link-store.ts";
import type { BroadcastStore } from "../broadcasts/store.ts";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { HeadCounter } from "../residents/census/head-counter.ts";
import type { Clock } from "../shared/clock.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { createBroadcastReports } from "./broadcast-report.ts";
import { keepDailyHeads } from "./daily-heads.ts";
import type { FollowStore } from "./follow-store.ts";
import { createHeadsNow } from "./heads-now.ts";
import type { HeadsStore } from "./heads-store.ts";
import { createKeepTotals } from "./keep-totals.ts";
import { createPeriodReports } from "./period-report.ts";
import type { TotalsStore } from "./totals-store.ts";
import { createTrends } from "./trends.ts";

export interface ReportsDeps {
  broadcasts: BroadcastStore;
  deliveries: DeliveryStore;
  links: LinkStore;
  heads: HeadCounter;
  follows: FollowStore;
  dailyHeads: HeadsStore;
  totals: TotalsStore;
  ward: Ward;
  clock: Clock;
}

export type Reports = ReturnType<typeof createReports>;

/** Every figure that staff can ask for. */
export function createReports({ dailyHeads, heads, ward, ...deps }: ReportsDeps) {
  const { follows, clock } = deps;
  const now = createHeadsNow(heads, ward, clock);
  const keepTotals = createKeepTotals(deps);
  return {
    broadcast: createBroadcastReports(deps),
    period: createPeriodReports(deps),
    /** To be called before sums of broadcasts are shown. */
    refresh: keepTotals.newest,
    heads: now.read,
    trends: createTrends({ heads: dailyHeads, follows, clock }),
    /** What the clock pokes. */
    everyMinute: async (): Promise<void> => {
      await keepDailyHeads({ now, store: dailyHeads, clock });
      await keepTotals.all();
    },
  };
}
