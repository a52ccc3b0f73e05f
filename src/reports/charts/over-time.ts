import { areaY, axisX, axisY, barY, dot, gridY, lineY, ruleY } from "@observablehq/plot";
import { draw } from "./draw.ts";
import { type Line, type Words, font } from "./words.ts";

const room = { marginLeft: 58, marginRight: 16, marginTop: 16, marginBottom: 32 };

/** A few places of an axis, evenly spaced, the last always among them. */
function some<T>(all: readonly T[], most: number): T[] {
  const step = Math.max(1, Math.ceil((all.length - 1) / Math.max(1, most - 1)));
  return all.filter((_, index) => (all.length - 1 - index) % step === 0);
}

/** The upright axis of what is counted: nothing between two whole numbers. */
function wholeNumbers(number: Words["number"]) {
  const tickFormat = (value: number) => (Number.isInteger(value) ? number(value) : "");
  return axisY({ ...font, ticks: 4, tickSize: 0, tickFormat, label: null });
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
      wholeNumbers((value) => number(Math.abs(value))),
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
      wholeNumbers(number),
      axisX({ ...font, ticks: some(times, 6), tickSize: 0, tickFormat: written, label: null }),
      barY(columns, { x: "at", y: "value", className: "bar up" }),
      ruleY([0], { className: "axis" }),
    ],
  }));
}
