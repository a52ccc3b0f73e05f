import { setImmediate as nextTurn } from "node:timers/promises";
import { type PlotOptions, plot } from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Drawn so wide in its own units, whatever the page gives it: letters stay readable on a phone and on a desk. */
export const chartWidth = 420;

const { document } = parseHTML("<!doctype html><html><body></body></html>");
const kept = new Map<string, string>();
const keptAtMost = 200;

/**
 * A chart as SVG, for a page that allows no inline style: what Plot writes as CSS stands in the page's stylesheet, colours
 * are classes there. Drawing takes 2 to 6 ms; the same figures are drawn once.
 * @param label what the chart shows, for who does not see it; the figures themselves stand in a table beside it
 * @param key everything the picture depends on
 */
export async function draw(label: string, key: unknown, options: () => PlotOptions): Promise<string> {
  const name = JSON.stringify([label, key]);
  const known = kept.get(name);
  if (known !== undefined) return known;
  await nextTurn();
  const drawn = asSvg(label, options());
  const oldest = kept.keys().next();
  if (kept.size >= keptAtMost && oldest.done !== true) kept.delete(oldest.value);
  kept.set(name, drawn);
  return drawn;
}

function asSvg(label: string, options: PlotOptions): string {
  const svg = plot({ width: chartWidth, document, ...options });
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const part of [svg, ...svg.querySelectorAll("*")])
    for (const name of part.getAttributeNames())
      if (name === "style" || name.startsWith("aria-")) part.removeAttribute(name);
  for (const [name, value] of [
    ["class", "chart"],
    ["role", "img"],
    ["aria-label", label],
  ] as const)
    svg.setAttribute(name, value);
  for (const name of ["width", "height", "font-family", "font-size"]) svg.removeAttribute(name);
  return svg.outerHTML;
}
