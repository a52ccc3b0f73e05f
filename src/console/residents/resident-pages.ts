import { type Request, Router } from "express";
import type { Reports } from "../../reports/reports.ts";
import { type Span, spans } from "../../reports/trends.ts";
import type { Context } from "../context.ts";
import { sendCsv, tableNamed } from "../reports/send-csv.ts";
import { dailyTable, districtsTable, groupTable, groups, headsTable, movesTable } from "./resident-tables.ts";
import { residentsPage } from "./residents-page.tsx";

export interface ResidentPagesDeps {
  context: Context;
  reports: Reports;
}

/** Totals of those who follow, now and over time. There is no list of persons, and none can be asked for. */
export function createResidentPages({ context, reports }: ResidentPagesDeps): Router {
  const { clock, signedIn, refuse } = context;
  const router = Router();
  router.get(
    "/residents",
    signedIn("residents.read", async (page, request, response) => {
      const [heads, trends] = await Promise.all([reports.heads(), reports.trends(spanOf(request))]);
      response.send(await residentsPage({ page, heads, trends }));
    }),
  );
  router.get(
    "/residents/:file",
    signedIn("residents.read", async (page, request, response) => {
      const [heads, trends] = await Promise.all([reports.heads(), reports.trends(spanOf(request))]);
      const tables = [
        headsTable(page, trends, Infinity),
        movesTable(page, trends),
        districtsTable(page, heads),
        ...groups.flatMap((group) => [
          groupTable(page, group, heads, trends),
          dailyTable(page, group, heads, trends),
        ]),
      ];
      const table = tableNamed(tables, String(request.params["file"]));
      if (table === undefined) refuse(page, response, 404);
      else sendCsv(page, response, table, clock.now());
    }),
  );
  return router;
}

function spanOf(request: Request): Span {
  return spans.find((each) => each === request.query["span"]) ?? "30d";
}
