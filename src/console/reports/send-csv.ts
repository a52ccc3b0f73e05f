import type { Response } from "express";
import { asCsv, attachment } from "../../reports/csv.ts";
import type { FigureTable } from "../../reports/figure-table.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import type { Page } from "../page.ts";

/** Answers with a table as a file, named after what it holds and the day: `分野別_2026-11-20.csv`. */
export async function sendCsv(
  page: Page,
  response: Response,
  table: FigureTable,
  now: number,
): Promise<void> {
  const day = tokyoDate(now);
  const name = `${page.say("product")}_${table.caption}_${day}.csv`.replaceAll(/[\\/:*?"<>|\s]+/g, "_");
  response
    .type("text/csv")
    .set("content-disposition", attachment(name, `kairan-${table.id}-${day}.csv`))
    .send(await asCsv(table));
}

/** `by-month.csv` → the table of that id. */
export function tableNamed(
  tables: readonly (FigureTable | undefined)[],
  file: string,
): FigureTable | undefined {
  return tables.find((table) => `${table?.id ?? ""}.csv` === file);
}
