/** A part of a line, in em: its own width and the gap to the next part when both stand on one line. */
export interface Measured {
  width: number;
  gap: number;
}

export interface Balanced {
  /** The width of the widest line. */
  width: number;
  /** For each line, the index of the part after its last. */
  ends: number[];
}

/**
 * Cuts a row of parts into exactly `lines` lines so that the widest is as narrow as can be, which also makes
 * the lines even. Null when there are fewer parts than lines.
 */
export function balanceLines(parts: readonly Measured[], lines: number): Balanced | null {
  if (parts.length < lines || lines < 1) return null;
  let best = parts.map((_, index): Balanced => ({ width: widthOf(parts, 0, index + 1), ends: [index + 1] }));
  for (let line = 2; line <= lines; line += 1) {
    const shorter = best;
    best = parts.map((_, index) => addLine(parts, shorter, index + 1, line));
  }
  return best.at(-1) ?? null;
}

/** The best way to set parts 0 to `end` in `line` lines, knowing it for one line fewer (`shorter[n]`: n + 1 parts). */
function addLine(
  parts: readonly Measured[],
  shorter: readonly Balanced[],
  end: number,
  line: number,
): Balanced {
  let best: Balanced = { width: Infinity, ends: [] };
  for (let start = line - 1; start < end; start += 1) {
    const before = shorter[start - 1];
    if (before === undefined) continue;
    const width = Math.max(before.width, widthOf(parts, start, end));
    if (width < best.width) best = { width, ends: [...before.ends, end] };
  }
  return best;
}

function widthOf(parts: readonly Measured[], start: number, end: number): number {
  return parts
    .slice(start, end)
    .reduce((sum, part, index) => sum + part.width + (start + index < end - 1 ? part.gap : 0), 0);
}
