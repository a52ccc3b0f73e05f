import { Resvg } from "@resvg/resvg-js";

/** No text is left in the SVG, so no font of the machine is read, and the same SVG gives the same bytes. */
export function renderPng(svg: string): Buffer {
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}
