import { areaY, axisX, axisY, barX, barY, dot, gridX, gridY, lineY, ruleY, text } from "@observablehq/plot";
import { draw } from "./draw.ts";

/** How the numbers and the places on an axis are written. */
export interface Words {
  label: string;
  number: (value: number) => string;
}

export interface Line {
  name: string;
  /** Its class in the stylesheet: `line-1`, `line-2` … differ in colour and in dashes. */
  kind: string;
  points: { at: string; value: number }[];
}

/** In widths of a Japanese letter; longer names are cut, the table has them whole. */
const widestName = 11;
const font = { fontSize: 14 };
const room = { marginLeft: 58, marginRight: 16, marginTop: 16, marginBottom: 32 };

/** A few places of an axis, evenly spaced, the last always among them. */
function some<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil((all.length - 1) / Math.max(1, most - 1)));
  return all.filter((_, index) => (all.length - 1 - index) % step === 0);
}

/** Something over time. Days that are missing are bridged, as nothing is known of them. */
export function drawLines(
  { label, number }: Words,
  lines: Line[],
  written: (at: string) => string,
): Promise<string> {
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort();
  return draw(label, [lines, times.map(written), number(1000)], () => ({
    ...room,
    height: 260,
    x: { type: "point", domain: times, label: null },
    y: { zero: true, nice: true, label: null },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      axisY({ ...font, ticks: 4, tickSize: 0, tickFormat: number, label: null }),
      axisX({ ...font, ticks: some(times, 5), tickSize: 4, tickFormat: written, label: null }),
      ...lines
        .slice(0, 1)
        .map(({ points, kind }) => areaY(points, { x: "at", y: "value", className: `area ${kind}` })),
      ...lines.map(({ points, kind }) => lineY(points, { x: "at", y: "value", className: `line ${kind}` })),
      ...lines.map(({ points, kind }) =>
        dot(points.slice(-1), { x: "at", y: "value", r: 4, className: `dot ${kind}` }),
      ),
      ruleY([0], { className: "axis" }),
    ],
  }));
}

export interface Pair {
  at: string;
  up: number;
  down: number;
}

/** What came above the line and what went below it. */
export function drawPairs(
  { label, number }: Words,
  pairs: Pair[],
  written: (at: string) => string,
): Promise<string> {
  const times = pairs.map(({ at }) => at);
  const highest = Math.max(1, ...pairs.map(({ up }) => up));
  const lowest = Math.max(0, ...pairs.map(({ down }) => down));
  return draw(label, [pairs, times.map(written), number(1000)], () => ({
    ...room,
    height: 240,
    x: { type: "band", domain: times, label: null, padding: 0.25 },
    y: { domain: [-lowest, highest], nice: true, label: null },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      axisY({
        ...font,
        ticks: 4,
        tickSize: 0,
        tickFormat: (value: number) => (Number.isInteger(value) ? number(Math.abs(value)) : ""),
        label: null,
      }),
      axisX({
        ...font,
        anchor: "bottom",
        ticks: some(times, 5),
        tickSize: 0,
        tickFormat: written,
        label: null,
      }),
      barY(pairs, { x: "at", y: "up", className: "bar up" }),
      barY(pairs, { x: "at", y: ({ down }: Pair) => -down, className: "bar down" }),
      ruleY([0], { className: "axis" }),
    ],
  }));
}

/** One bar for each time. */
export function drawColumns(
  { label, number }: Words,
  columns: { at: string; value: number }[],
  written: (at: string) => string,
): Promise<string> {
  const times = columns.map(({ at }) => at);
  return draw(label, [columns, times.map(written), number(1000)], () => ({
    ...room,
    height: 220,
    x: { type: "band", domain: times, label: null, padding: 0.25 },
    y: { domain: [0, Math.max(1, ...columns.map(({ value }) => value))], nice: true, label: null },
    marks: [
      gridY({ className: "grid", ticks: 4 }),
      axisY({
        ...font,
        ticks: 4,
        tickSize: 0,
        tickFormat: (value: number) => (Number.isInteger(value) ? number(value) : ""),
        label: null,
      }),
      axisX({ ...font, ticks: some(times, 6), tickSize: 0, tickFormat: written, label: null }),
      barY(columns, { x: "at", y: "value", className: "bar up" }),
      ruleY([0], { className: "axis" }),
    ],
  }));
}

/** Bars beside each other, the number written behind each. */
export function drawBars({ label, number }: Words, bars: { name: string; value: number }[]): Promise<string> {
  const widest = Math.max(4, ...bars.map(({ name }) => widthOf(name)));
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return draw(label, [bars, number(1000)], () => ({
    marginLeft: Math.min(widestName, widest) * 14 + 12,
    marginRight: 64,
    marginTop: 4,
    marginBottom: 4,
    height: bars.length * 30 + 8,
    x: { domain: [0, most], label: null, axis: null },
    y: { type: "band", domain: bars.map(({ name }) => name), label: null, padding: 0.3 },
    marks: [
      gridX({ className: "grid", ticks: 4 }),
      axisY({ ...font, tickSize: 0, label: null, tickFormat: (name: string) => shortened(name) }),
      barX(bars, { x: "value", y: "name", className: "bar up" }),
      text(bars, {
        ...font,
        x: "value",
        y: "name",
        text: ({ value }: { value: number }) => number(value),
        textAnchor: "start",
        dx: 6,
        className: "value",
      }),
    ],
  }));
}

/**
 * Many lines one above the other, each in its own measure, so that small groups are seen to grow as well as large ones;
 * the first and last number are written at its ends.
 */
export function drawSmall({ label, number }: Words, lines: Pick<Line, "name" | "points">[]): Promise<string> {
  const rowHeight = 44;
  const times = [...new Set(lines.flatMap(({ points }) => points.map(({ at }) => at)))].sort();
  const widest = Math.max(4, ...lines.map(({ name }) => widthOf(name)));
  const left = Math.min(widestName, widest) * 14 + 12 + 56;
  return draw(label, [lines, times, number(1000)], () => {
    const placed = lines.map(({ name, points }, row) => {
      const values = points.map(({ value }) => value);
      const [low, high] = [Math.min(...values), Math.max(...values)];
      const spread = high === low ? 1 : high - low;
      const on = (value: number) => (high === low ? row + 0.5 : row + 0.85 - (0.7 * (value - low)) / spread);
      return {
        name,
        row,
        points: points.map(({ at, value }) => ({ at, value, row, y: on(value) })),
      };
    });
    const firsts = placed.flatMap(({ points }) => points.slice(0, 1));
    const lasts = placed.flatMap(({ points }) => points.slice(-1));
    return {
      marginLeft: left,
      marginRight: 60,
      marginTop: 4,
      marginBottom: 4,
      height: lines.length * rowHeight + 8,
      x: { type: "point", domain: times, axis: null },
      y: { domain: [0, lines.length], range: [4, lines.length * rowHeight + 4], axis: null },
      marks: [
        ruleY(
          lines.slice(1).map((_, row) => row + 1),
          { className: "grid" },
        ),
        lineY(
          placed.flatMap(({ points }) => points),
          { x: "at", y: "y", z: "row", className: "line line-1" },
        ),
        dot(lasts, { x: "at", y: "y", r: 3.5, className: "dot line-1" }),
        text(placed, {
          ...font,
          frameAnchor: "left",
          dx: 4 - left,
          y: ({ row }: { row: number }) => row + 0.5,
          text: ({ name }: { name: string }) => shortened(name),
          textAnchor: "start",
          className: "name",
        }),
        text(firsts, {
          ...font,
          x: "at",
          y: ({ row }: { row: number }) => row + 0.5,
          dx: -8,
          text: ({ value }: { value: number }) => number(value),
          textAnchor: "end",
          className: "value faint",
        }),
        text(lasts, {
          ...font,
          x: "at",
          y: ({ row }: { row: number }) => row + 0.5,
          dx: 10,
          text: ({ value }: { value: number }) => number(value),
          textAnchor: "start",
          className: "value",
        }),
      ],
    };
  });
}

/** In widths of a Japanese letter. */
function widthOf(name: string): number {
  return Array.from(name).reduce(
    (width, letter) => width + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6),
    0,
  );
}

function shortened(name: string): string {
  let width = 0;
  const letters = Array.from(name);
  const fits = letters.findIndex((letter) => {
    width += widthOf(letter);
    return width > widestName;
  });
  return fits === -1 ? name : `${letters.slice(0, fits - 1).join("")}…`;
}

/** Draws one of each, so that the first person to look does not wait for code that never ran (20 ms). */
export async function warmUp(): Promise<void> {
  const words = { label: "", number: String };
  const points = [
    { at: "a", value: 1 },
    { at: "b", value: 2 },
  ];
  await drawLines(words, [{ name: "", kind: "line-1", points }], String);
  await drawColumns(words, points, String);
  await drawPairs(words, [{ at: "a", up: 1, down: 1 }], String);
  await drawBars(words, [{ name: "a", value: 1 }]);
  await drawSmall(words, [{ name: "a", points }]);
}
