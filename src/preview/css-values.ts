import { type Trait } from "./look.ts";
import { readRecord, readText, readWord } from "./read.ts";

const spaceWords = new Set(["none", "xs", "sm", "md", "lg", "xl", "xxl"]);
const borderWords = new Set(["none", "light", "normal", "medium", "semi-bold", "bold"]);
const textSizes = new Set(["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"]);
const imageSizes = new Set([...textSizes, "full"]);

// At most four digits: a message may ask for a wall, not for one that no browser can lay out.
const pixels = /^\d{1,4}(\.\d{1,3})?px$/;
const signedPixels = /^-?\d{1,4}(\.\d{1,3})?px$/;
const percent = /^\d{1,3}(\.\d{1,3})?%$/;
const hexColour = /^#([0-9a-f]{6}|[0-9a-f]{8})$/i;
const degrees = /^\d{1,3}(\.\d{1,3})?deg$/;
const ratio = /^(\d{1,6}(?:\.\d{1,6})?):(\d{1,6}(?:\.\d{1,6})?)$/;

/** "#RRGGBB" or "#RRGGBBAA", the two forms LINE takes. */
function readColour(value: unknown): string | undefined {
  return typeof value === "string" && hexColour.test(value) ? value.toLowerCase() : undefined;
}

export function colour(property: string, value: unknown): Trait {
  const found = readColour(value);
  return found === undefined ? undefined : { css: `${property}:${found}` };
}

function matching(property: string, value: unknown, forms: readonly RegExp[]): Trait {
  const text = readText(value);
  return text !== undefined && forms.some((form) => form.test(text))
    ? { css: `${property}:${text}` }
    : undefined;
}

function worded(
  words: ReadonlySet<string>,
  property: string,
  value: unknown,
  forms: readonly RegExp[],
): Trait {
  const word = readWord(words, value);
  return word === undefined ? matching(property, value, forms) : `lp-${property}-${word}`;
}

/** Spacing, margins and corners: a keyword or pixels. */
export const space = (property: string, value: unknown): Trait =>
  worded(spaceWords, property, value, [pixels]);

/** Padding: a keyword, pixels, or a share of the parent's width. */
export const padding = (property: string, value: unknown): Trait =>
  worded(spaceWords, property, value, [pixels, percent]);

/** Offsets may also point backwards. */
export const offset = (property: string, value: unknown): Trait =>
  worded(spaceWords, property, value, [signedPixels, percent]);

export const border = (value: unknown): Trait => worded(borderWords, "border-width", value, [pixels]);

/** Widths and heights have no keywords. */
export const length = (property: string, value: unknown): Trait =>
  matching(property, value, [pixels, percent]);

export const isLength = (value: unknown): boolean => length("width", value) !== undefined;

/** Fonts and icons; `md` unless told otherwise. */
export const fontSize = (value: unknown): Trait =>
  worded(textSizes, "font-size", value, [pixels]) ?? "lp-font-size-md";

/** A span without a size has that of its text. */
export const spanSize = (value: unknown): Trait => worded(textSizes, "font-size", value, [pixels]);

export const imageSize = (value: unknown): Trait =>
  worded(imageSizes, "image", value, []) ?? matching("width", value, [pixels, percent]) ?? "lp-image-md";

export const lineSpacing = (value: unknown): Trait => matching("--lp-leading", value, [pixels]);

/** "20:13" as a CSS ratio; LINE allows a height of at most three times the width. */
export function aspectRatio(value: unknown, otherwise: string): { css: string } {
  const [, width, height] = ratio.exec(readText(value) ?? "") ?? [];
  const legal = Number(width) >= 1 && Number(height) >= 1 && Number(height) <= 3 * Number(width);
  return { css: `aspect-ratio:${legal ? `${width}/${height}` : otherwise}` };
}

/** A box's linear gradient, or nothing when one of its parts is not what LINE takes. */
export function gradient(value: unknown): Trait {
  const { type, angle, startColor, centerColor, centerPosition, endColor } = readRecord(value);
  const start = readColour(startColor);
  const end = readColour(endColor);
  const turn = readText(angle) ?? "";
  if (type !== "linearGradient" || !start || !end || !degrees.test(turn)) return undefined;
  const centre = readColour(centerColor);
  const position = percent.test(String(centerPosition)) ? String(centerPosition) : "50%";
  const stops = [start, ...(centre === undefined ? [] : [`${centre} ${position}`]), end];
  return { css: `background-image:linear-gradient(${turn},${stops.join(",")})` };
}
