import { type Request, Router } from "express";
import type { Reach } from "../../broadcasts/reach.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import { type Period, longestPeriod, monthsOf } from "../../reports/period-report.ts";
import type { Reports } from "../../reports/reports.ts";
import { addMonths, tokyoDate } from "../../shared/tokyo.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { broadcastReportPage } from "./broadcast-report-page.tsx";
import { afterTable, languagesTable, sentTable, tapsTable } from "./broadcast-tables.ts";
import { categoriesTable, monthsTable, movesTable, overviewPage, periodTable } from "./overview-page.tsx";
import { sendCsv, tableNamed } from "./send-csv.ts";

export interface ReportPagesDeps {
  context: Context;
  store: BroadcastStore;
  reach: Reach;
  reports: Reports;
}

/** So many of a period's broadcasts stand on the page; the file has all of them. */
const onThePage = 20;
const inTheFile = 10_000;

/** What became of a broadcast, and of all of a period; each table also as a file. */
export function createReportPages({ context, store, reach, reports }: ReportPagesDeps): Router {
  const { clock, signedIn, refuse } = context;
  const router = Router();

  router.get(
    "/reports",
    signedIn("report.read", async (page, request, response) => {
      const { period, problem } = periodOf(request, page, clock.now());
      await reports.refresh();
      const report = await reports.period.of(period);
      const sent = await reports.period.sent(period, onThePage);
      response.send(await overviewPage({ page, period, report, sent, problem }));
    }),
  );
  router.get(
    "/reports/:file",
    signedIn("report.read", async (page, request, response) => {
      const file = String(request.params["file"]);
      const { period } = periodOf(request, page, clock.now());
      await reports.refresh();
      const table =
        file === "broadcasts.csv"
          ? periodTable(page, await reports.period.sent(period, inTheFile))
          : await reports.period.of(period).then((report) =>
              tableNamed(
                [monthsTable, categoriesTable, movesTable].map((table) => table(page, report)),
                file,
              ),
            );
      if (table === undefined) refuse(page, response, 404);
      else await sendCsv(page, response, table, clock.now());
    }),
  );
  router.get(
    "/broadcasts/:id/report",
    signedIn("report.read", async (page, request, response) => {
      const broadcast = await store.find(String(request.params["id"]));
      if (broadcast === undefined) {
        refuse(page, response, 404);
        return;
      }
      const explanation = reach.explain(broadcast.audience)[page.language];
      const report = await reports.broadcast.of(broadcast);
      if (broadcast.repeat !== undefined) await reports.refresh();
      const occurrences =
        broadcast.repeat === undefined ? [] : await reports.broadcast.occurrences(broadcast);
      response.send(await broadcastReportPage({ page, broadcast, explanation, report, occurrences }));
    }),
  );
  router.get(
    "/broadcasts/:id/report/:file",
    signedIn("report.read", async (page, request, response) => {
      const broadcast = await store.find(String(request.params["id"]));
      const report = broadcast === undefined ? undefined : await reports.broadcast.of(broadcast);
      const file = String(request.params["file"]);
      if (broadcast?.repeat !== undefined) await reports.refresh();
      const tables =
        report === undefined
          ? []
          : [languagesTable(page, report), tapsTable(page, report), afterTable(page, report)];
      const table =
        broadcast?.repeat !== undefined && file === "occurrences.csv"
          ? sentTable(page, await reports.broadcast.occurrences(broadcast), {
              id: "occurrences",
              caption: page.say("reports:occurrences.title"),
              summed: true,
            })
          : tableNamed(tables, file);
      if (table === undefined) refuse(page, response, 404);
      else await sendCsv(page, response, table, clock.now());
    }),
  );
  return router;
}

/** The months asked for; the last twelve when nothing was, or nothing that makes sense. */
function periodOf(
  request: Request,
  page: Page,
  now: number,
): { period: Period; problem: string | undefined } {
  const thisMonth = tokyoDate(now).slice(0, 7);
  const usual = { from: addMonths(thisMonth, -11), to: thisMonth };
  const { from, to } = request.query;
  if (from === undefined && to === undefined) return { period: usual, problem: undefined };
  if (!isMonth(from) || !isMonth(to) || from > to)
    return { period: usual, problem: page.say("reports:period.wrong") };
  const period = { from, to };
  const tooLong = monthsOf(period).at(-1) !== to;
  return tooLong
    ? {
        period: { from: addMonths(to, 1 - longestPeriod), to },
        problem: page.say("reports:period.tooLong", { months: longestPeriod }),
      }
    : { period, problem: undefined };
}

function isMonth(value: unknown): value is string {
  return typeof value === "string" && /^20\d\d-(0[1-9]|1[0-2])$/.test(value);
}
