import type { Bounds, Menu } from "./menu.ts";
import type { Box } from "./text-to-path.ts";

/** Where things stand in one cell, before the label is set. */
export interface CellLayout {
  card: Box;
  gutter: number;
  padding: { x: number; y: number };
  cornerRadius: number;
  /** Beside each other in low, wide cells; else the icon stands above the label. */
  sideBySide: boolean;
  /** Diameter of the disc behind the icon. */
  disc: number;
  gap: number;
  /** The largest area the label may take. */
  labelRoom: { maxWidth: number; maxHeight: number };
}

/** Every length is meant for an image 2500 wide and scaled to the real one. */
export const measures = {
  gutter: 24,
  cornerRadius: 36,
  line: 6,
  padding: { x: 56, y: 44 },
  disc: { share: { stacked: 0.39, sideBySide: 0.42 }, most: 300 },
  gap: 44,
  /** On a phone 390 wide: 11 to 17 pixels. */
  label: { min: 72, max: 112 },
  title: { min: 64, max: 96 },
};

const wideFrom = 1.7;

export function layOutCell(bounds: Bounds, menu: Menu): CellLayout {
  const unit = menu.width / 2500;
  const gutter = measures.gutter * unit;
  const card = cardIn(bounds, menu, gutter);
  const padding = { x: measures.padding.x * unit, y: measures.padding.y * unit };
  const gap = measures.gap * unit;
  const sideBySide = card.width / card.height >= wideFrom;
  const inner = {
    width: card.width - 2 * padding.x,
    height: card.height - 2 * padding.y,
  };
  const share = measures.disc.share[sideBySide ? "sideBySide" : "stacked"];
  const disc = Math.min(share * bounds.height, measures.disc.most * unit);
  return {
    card,
    gutter,
    padding,
    cornerRadius: Math.min(measures.cornerRadius * unit, card.height / 4),
    sideBySide,
    disc,
    gap,
    labelRoom: sideBySide
      ? { maxWidth: inner.width - disc - gap, maxHeight: inner.height }
      : { maxWidth: inner.width, maxHeight: inner.height - disc - gap },
  };
}

/** Cells touch each other and the edges; the gaps between their cards are all as wide as the margin around them. */
function cardIn({ x, y, width, height }: Bounds, menu: Menu, gutter: number): Box {
  const left = x === 0 ? gutter : gutter / 2;
  const top = y === 0 ? gutter : gutter / 2;
  const right = x + width === menu.width ? gutter : gutter / 2;
  const bottom = y + height === menu.height ? gutter : gutter / 2;
  return { x: x + left, y: y + top, width: width - left - right, height: height - top - bottom };
}
