import { stringify } from "csv-stringify/sync";
import type { Cell, FigureTable } from "./figure-table.ts";

/**
 * A table as a file that opens right in Excel: UTF-8 with BOM, CRLF, and no cell that Excel would take for a formula.
 * Numbers are plain digits.
 */
export function asCsv({ columns, rows, total }: FigureTable): string {
  const lines = [columns, ...rows.map(({ cells }) => cells), ...(total === undefined ? [] : [total])];
  return stringify(
    lines.map((line) => line.map(safe)),
    { bom: true, record_delimiter: "windows" },
  );
}

/** An apostrophe before what begins like a formula; also in full width, which some programs read the same way. */
function safe(cell: Cell): string | number {
  if (typeof cell !== "string") return cell ?? "";
  return /^\s*[=+\-@\t\r\n＝＋－＠]/.test(cell) ? `'${cell}` : cell;
}

/** For `content-disposition`: the name in UTF-8 (RFC 5987), and an ASCII one for old programs. */
export function attachment(name: string, fallback: string): string {
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.codePointAt(0)?.toString(16).toUpperCase() ?? ""}`,
  );
  return `attachment; filename="${fallback}"; filename*=UTF-8''${encoded}`;
}
