import { axisY, barX, dot, gridX, lineY, ruleY, text } from "@observablehq/plot";
import { draw } from "./draw.ts";
import { type Line, type Words, font, roomFor, shortened } from "./words.ts";

/** Bars beside each other, the number written behind each. */
export function drawBars({ label, number }: Words, bars: { name: string; value: number }[]): Promise<string> {
  const most = Math.max(1, ...bars.map(({ value }) => value));
  return draw(label, [bars, number(1000)], () => ({
    marginLeft: roomFor(bars.map(({ name }) => name)),
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
  const left = roomFor(lines.map(({ name }) => name)) + 56;
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
