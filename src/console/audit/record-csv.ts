import { stringify } from "csv-stringify/sync";
import type { AuditRecord } from "../../audit/record-store.ts";
import type { Page } from "../page.ts";
import { sayAct, sayActor } from "./say-act.ts";

const columns = ["seq", "time", "person", "personId", "what", "act", "subject", "details", "hash"] as const;

/**
 * The record as CSV, page by page: UTF-8 with BOM, which Excel opens right. What would be a formula there is made text.
 */
export async function* recordAsCsv(page: Page, pages: AsyncIterable<AuditRecord[]>): AsyncGenerator<string> {
  yield `\uFEFF${asCsv([columns.map((name) => page.say(`audit-page:column.${name}`))])}`;
  for await (const records of pages) yield asCsv(records.map((record) => rowOf(page, record)));
}

function rowOf(page: Page, record: AuditRecord): (string | number)[] {
  const { seq, at, actor, act, subject, details, hash } = record;
  return [
    seq,
    tokyoTime(at),
    sayActor(page, record),
    actor,
    sayAct(page, record),
    act,
    subject,
    JSON.stringify(details),
    hash,
  ];
}

function asCsv(rows: (string | number)[][]): string {
  return stringify(rows, { escape_formulas: true, record_delimiter: "windows" });
}

/** `2026-11-20 09:00:00`, in Tokyo. */
function tokyoTime(at: number): string {
  return new Date(at + 9 * 60 * 60 * 1000).toISOString().slice(0, 19).replace("T", " ");
}
