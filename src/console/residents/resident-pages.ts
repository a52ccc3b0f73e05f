import { type Request, Router } from "express";
import type { FigureTable } from "../../reports/figure-table.ts";
import type { HeadKind } from "../../reports/heads-store.ts";
import type { Reports } from "../../reports/reports.ts";
import { type Span, spans } from "../../reports/trends.ts";
import type { Context } from "../context.ts";
import type { Page } from "../page.ts";
import { sendCsv } from "../reports/send-csv.ts";
import { dailyTable, districtsTable, groupTable, groups, headsTable, movesTable } from "./resident-tables.ts";
import { residentsPage } from "./residents-page.tsx";

export interface ResidentPagesDeps {
  context: Context;
  reports: Reports;
}

/** Totals of those who follow, now and over time. There is no list of persons, and none can be asked for. */
export function createResidentPages({ context, reports }: ResidentPagesDeps): Router {
  const { clock, signedIn, refuse } = context;

  async function tableOf(page: Page, file: string, span: Span): Promise<FigureTable | undefined> {
    const heads = await reports.heads();
    const trends = (...kinds: HeadKind[]) => reports.trends({ span, kinds, everyDay: true });
    if (file === "followers.csv") return headsTable(page, await trends("all", "undecided"), Infinity);
    if (file === "moves.csv") return movesTable(page, await trends());
    if (file === "district-language.csv") return districtsTable(page, heads);
    for (const group of groups) {
      if (file === `by-${group}.csv`) return groupTable(page, group, heads, await trends(group));
      if (file === `daily-${group}.csv`) return dailyTable(page, group, heads, await trends(group));
    }
    return undefined;
  }

  const router = Router();
  router.get(
    "/residents",
    signedIn("residents.read", async (page, request, response) => {
      const [heads, trends] = await Promise.all([reports.heads(), reports.trends({ span: spanOf(request) })]);
      response.send(await residentsPage({ page, heads, trends }));
    }),
  );
  router.get(
    "/residents/:file",
    signedIn("residents.read", async (page, request, response) => {
      const file = String(request.params["file"]);
      const table = await tableOf(page, file, spanOf(request));
      if (table === undefined) refuse(page, response, 404);
      else await sendCsv(page, response, table, clock.now());
    }),
  );
  return router;
}

function spanOf(request: Request): Span {
  return spans.find((each) => each === request.query["span"]) ?? "30d";
}
