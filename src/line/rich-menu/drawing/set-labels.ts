import { type CellLayout, layOutCell, measures } from "./cell-layout.ts";
import type { Fonts } from "./fonts.ts";
import type { Menu, MenuCell } from "./menu.ts";
import { type TextPath, textToPath } from "./text-to-path.ts";

export interface SetCell {
  cell: MenuCell;
  layout: CellLayout;
  label: TextPath;
}

export const labelWeight = 700;
/** A label that must be smaller than this does not make the others small too. */
const smallestCommon = 88;

/** Lays out every cell and fits the labels to one common size: a menu of many sizes looks restless. */
export async function setLabels(fonts: Fonts, menu: Menu): Promise<SetCell[]> {
  const unit = menu.width / 2500;
  const largest = await setAll(fonts, menu, measures.label.max * unit);
  const smallest = Math.min(...largest.map(({ label }) => label.size));
  return setAll(fonts, menu, Math.max(smallest, smallestCommon * unit));
}

async function setAll(fonts: Fonts, menu: Menu, max: number): Promise<SetCell[]> {
  const min = (measures.label.min * menu.width) / 2500;
  const cells: SetCell[] = [];
  for (const cell of menu.cells) {
    const layout = layOutCell(cell.bounds, menu);
    const label = await textToPath(fonts, cell.label, {
      ...layout.labelRoom,
      language: menu.language,
      weight: labelWeight,
      size: { min, max },
      maxLines: 3,
      align: layout.sideBySide ? "start" : "center",
    });
    cells.push({ cell, layout, label });
  }
  return cells;
}
