/** A number, words, or nothing: "–" on a page, an empty cell in a file. */
export type Cell = string | number | undefined;

/** Figures in rows, as a page shows them and a file holds them. The first cell of a row says what the row is. */
export interface FigureTable {
  /** Names the file and the address: `by-month`. */
  id: string;
  caption: string;
  columns: string[];
  rows: { cells: Cell[]; href?: string }[];
  /** The last line, if there is a sum that means something. */
  total?: Cell[];
}
