import { measures } from "./cell-layout.ts";
import { iconGrid, iconSvg } from "./icons.ts";
import type { Menu } from "./menu.ts";
import { placeCell } from "./place-cell.ts";
import type { SetCell } from "./set-labels.ts";
import type { TextPath } from "./text-to-path.ts";

/** The icon's share of its disc. */
const iconShare = 0.62;

export interface SetTitle {
  text: TextPath;
  x: number;
  y: number;
}

/** The whole menu as SVG without any text element, so that no font of the machine can change it. */
export function menuSvg(menu: Menu, cells: readonly SetCell[], title: SetTitle | null): string {
  const { width, height, palette } = menu;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect width="${width}" height="${height}" fill="${palette.ground}"/>`,
    title === null ? "" : path(title.text.d, title.x, title.y, palette.title),
    ...cells.map((cell) => cellSvg(cell, cells, menu)),
    "</svg>",
  ].join("\n");
}

function cellSvg(set: SetCell, all: readonly SetCell[], menu: Menu): string {
  const { cell, layout, label } = set;
  const colors = menu.palette.tones[cell.tone ?? "plain"];
  const line = (measures.line * menu.width) / 2500;
  const { card, disc } = layout;
  const place = placeCell(set, all);
  const scale = (disc * iconShare) / iconGrid;
  const corner = place.disc.map((center) => round(center - (disc * iconShare) / 2));
  return [
    `<rect x="${round(card.x + line / 2)}" y="${round(card.y + line / 2)}" width="${round(card.width - line)}"`,
    ` height="${round(card.height - line)}" rx="${round(layout.cornerRadius)}" fill="${colors.fill}"`,
    ` stroke="${colors.line}" stroke-width="${round(line)}"/>`,
    `<circle cx="${round(place.disc[0])}" cy="${round(place.disc[1])}" r="${round(disc / 2)}" fill="${colors.disc}"/>`,
    `<g transform="translate(${corner.join(" ")}) scale(${round(scale)})">${iconSvg(cell.icon, colors.icon)}</g>`,
    path(label.d, place.label[0], place.label[1], colors.label),
  ].join("");
}

function path(d: string, x: number, y: number, fill: string): string {
  return `<path d="${d}" transform="translate(${round(x)} ${round(y)})" fill="${fill}"/>`;
}

function round(length: number): number {
  return Math.round(length * 100) / 100;
}
