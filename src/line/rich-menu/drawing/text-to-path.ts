import { type FittedText, type Room, emBox, fitText } from "./fit-text.ts";
import type { FontChoice, Fonts } from "./fonts.ts";
import { type Ink, outlineOf } from "./shape-text.ts";

export interface TextOptions extends FontChoice, Room {
  align: "start" | "center";
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface TextPath {
  /** SVG path data; (0, 0) is the top left corner of the room, `maxWidth` wide. */
  d: string;
  /** Pixels to the em. */
  size: number;
  lines: number;
  /** From the top of the first line to the bottom of the last, in pixels. */
  height: number;
  /** What the strokes cover. */
  ink: Box;
}

/**
 * A text as outlines, fitted to its room: `await textToPath(fonts, "災害情報", { language: "ja", weight: 700,
 * size: { min: 72, max: 112 }, maxWidth: 740, maxLines: 3, align: "center" })`. Throws when a character has no
 * glyph, and when the text does not fit even at the smallest size.
 */
export async function textToPath(fonts: Fonts, text: string, options: TextOptions): Promise<TextPath> {
  if (text.trim() === "") throw new Error("There is no text to draw.");
  const fitted = await fitText(fonts, text, options, options);
  if (fitted === null)
    throw new Error(
      `"${text}" (${options.language}) does not fit into ${Math.floor(options.maxWidth)} pixels and ` +
        `${options.maxLines} lines at size ${options.size.min}. Shorten it or give it more room.`,
    );
  return drawLines(fitted, options);
}

function drawLines({ lines, size, lineHeight }: FittedText, { align, maxWidth }: TextOptions): TextPath {
  // The em box sits in the middle of its line, as type is set.
  const firstBaseline = ((lineHeight - emBox.ascent - emBox.descent) / 2 + emBox.ascent) * size;
  const drawn = lines.map((line, index) => {
    const y = firstBaseline + index * lineHeight * size;
    // Centred by what the eye sees: the strokes, not the empty half of a bracket or the side of a letter.
    const x =
      align === "start"
        ? -line.ink.left * size
        : maxWidth / 2 - ((line.ink.left + line.ink.right) / 2) * size;
    return { d: outlineOf(line, x, y, size), box: boxOf(line.ink, x, y, size) };
  });
  return {
    d: drawn.map(({ d }) => d).join(""),
    size,
    lines: lines.length,
    height: lines.length * lineHeight * size,
    ink: drawn.map(({ box }) => box).reduce(around),
  };
}

function boxOf(ink: Ink, x: number, y: number, size: number): Box {
  return {
    x: x + ink.left * size,
    y: y - ink.ascent * size,
    width: (ink.right - ink.left) * size,
    height: (ink.ascent + ink.descent) * size,
  };
}

function around(first: Box, second: Box): Box {
  const x = Math.min(first.x, second.x);
  const y = Math.min(first.y, second.y);
  return {
    x,
    y,
    width: Math.max(first.x + first.width, second.x + second.width) - x,
    height: Math.max(first.y + first.height, second.y + second.height) - y,
  };
}
