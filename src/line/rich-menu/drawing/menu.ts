import { type IconName, checkIcon } from "./icons.ts";
import { type Palette, type Tone, checkPalette } from "./palette.ts";

/** Whole pixels from the top left corner of the image, as in LINE's `areas[].bounds`. */
export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface MenuCell {
  bounds: Bounds;
  icon: IconName;
  label: string;
  tone?: Tone;
}

export interface Menu {
  /** 800 to 2500; usually 2500 by 1686 or 843. */
  width: number;
  height: number;
  cells: readonly MenuCell[];
  /** Stands in the strip that the cells leave free above them. */
  title?: string;
  /** BCP 47, such as `ja`, `ja-x-easy`, `zh-Hans`. */
  language: string;
  palette: Palette;
}

/** LINE's limits (LINE fact sheet section 9). */
const limits = {
  minWidth: 800,
  maxWidth: 2500,
  minHeight: 250,
  minRatio: 1.45,
  maxBytes: 1_000_000,
  areas: 20,
};

/** Throws what is wrong before any work is done. */
export function checkMenu(menu: Menu): void {
  const { width, height, cells } = menu;
  const size = `A rich menu image of ${width} by ${height} pixels`;
  if (!Number.isInteger(width) || !Number.isInteger(height)) throw new Error(`${size} is not whole.`);
  if (width < limits.minWidth || width > limits.maxWidth)
    throw new Error(
      `${size} is refused by LINE: the width must be ${limits.minWidth} to ${limits.maxWidth}.`,
    );
  if (height < limits.minHeight)
    throw new Error(`${size} is refused by LINE: the height must be at least ${limits.minHeight}.`);
  if (width / height < limits.minRatio)
    throw new Error(`${size} is refused by LINE: width / height must be at least ${limits.minRatio}.`);
  if (cells.length > limits.areas)
    throw new Error(`A rich menu has at most ${limits.areas} cells, not ${cells.length}.`);
  checkPalette(menu.palette);
  for (const { bounds, icon, label } of cells) {
    checkIcon(icon);
    if (!isInside(bounds, menu))
      throw new Error(`The cell "${label}" reaches out of its image of ${width} by ${height} pixels.`);
  }
}

/** LINE says "1 MB"; the smaller reading of it is kept. */
export function checkPng(png: Buffer): void {
  if (png.length > limits.maxBytes)
    throw new Error(`The image has ${png.length} bytes; LINE takes at most ${limits.maxBytes}.`);
}

function isInside({ x, y, width, height }: Bounds, menu: Menu): boolean {
  return (
    [x, y, width, height].every((side) => Number.isInteger(side)) &&
    x >= 0 &&
    y >= 0 &&
    width >= 1 &&
    height >= 1 &&
    x + width <= menu.width &&
    y + height <= menu.height
  );
}
