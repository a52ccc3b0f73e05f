export interface Row {
  promise: string;
  what: string;
  ours: string;
  against: string;
  /** Ours by the other, where both are the same kind of figure. */
  ratio: number | undefined;
  wanted: string;
}

/** The results as a table that can be pasted into a README. */
export function asTable(rows: Row[]): string {
  const lines = rows.map(
    ({ promise, what, ours, against, ratio, wanted }) =>
      `| ${promise} | ${what} | ${ours} | ${against} | ${ratio === undefined ? "–" : ratio.toFixed(2)} | ${wanted} |`,
  );
  return [
    "| promise | what | Kairan | against | ratio | wanted |",
    "|---|---|---|---|---|---|",
    ...lines,
  ].join("\n");
}
