import { setImmediate } from "node:timers/promises";
import type { Font, Path } from "fontkit";
import type { FontChoice, Fonts } from "./fonts.ts";

/** The box that the strokes of a line really cover, from its start and its baseline. */
export interface Ink {
  left: number;
  right: number;
  /** Above the baseline. */
  ascent: number;
  /** Below the baseline. */
  descent: number;
}

interface PlacedGlyph {
  outline: Path;
  unitsPerEm: number;
  x: number;
  y: number;
}

/** One line of glyphs; every measure in em, so that it serves any size. */
export interface ShapedText {
  /** How far the pen moves. */
  advance: number;
  ink: Ink;
  glyphs: readonly PlacedGlyph[];
}

export const emptyText: ShapedText = {
  advance: 0,
  ink: { left: Infinity, right: -Infinity, ascent: -Infinity, descent: -Infinity },
  glyphs: [],
};

/** Picks the glyphs with the font's own rules (ligatures, kerning, Devanagari clusters). Left to right only. */
export async function shapeText(fonts: Fonts, text: string, choice: FontChoice): Promise<ShapedText> {
  let shaped = emptyText;
  for (const run of await fonts.runsOf(text, choice)) {
    // A file's first run reads its layout tables, up to 20 ms: let other work in between two runs.
    await setImmediate();
    shaped = joinShaped(shaped, shapeRun(run.text, run.font));
  }
  return shaped;
}

/** `second` set right after `first`. */
export function joinShaped(first: ShapedText, second: ShapedText): ShapedText {
  const x = first.advance;
  return {
    advance: x + second.advance,
    ink: unite(first.ink, { ...second.ink, left: x + second.ink.left, right: x + second.ink.right }),
    glyphs: [...first.glyphs, ...second.glyphs.map((glyph) => ({ ...glyph, x: x + glyph.x }))],
  };
}

/** SVG path data with the line's start at `x`, its baseline at `y`, `size` pixels to the em. */
export function outlineOf(text: ShapedText, x: number, y: number, size: number): string {
  return text.glyphs
    .map((glyph) => {
      const scale = size / glyph.unitsPerEm;
      // Fonts measure upwards, SVG downwards.
      return glyph.outline.transform(scale, 0, 0, -scale, x + glyph.x * size, y - glyph.y * size).toSVG();
    })
    .join("");
}

export function unite(first: Ink, second: Ink): Ink {
  return {
    left: Math.min(first.left, second.left),
    right: Math.max(first.right, second.right),
    ascent: Math.max(first.ascent, second.ascent),
    descent: Math.max(first.descent, second.descent),
  };
}

function shapeRun(text: string, font: Font): ShapedText {
  const { glyphs, positions } = font.layout(text);
  const em = font.unitsPerEm;
  let pen = 0;
  let ink = emptyText.ink;
  const placed: PlacedGlyph[] = [];
  for (const [index, glyph] of glyphs.entries()) {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
    const outline = glyph.path;
    const x = (pen + xOffset) / em;
    const y = yOffset / em;
    if (outline.commands.length > 0) {
      const { minX, maxX, minY, maxY } = outline.bbox;
      ink = unite(ink, {
        left: x + minX / em,
        right: x + maxX / em,
        ascent: y + maxY / em,
        descent: -(y + minY / em),
      });
      placed.push({ outline, unitsPerEm: em, x, y });
    }
    pen += xAdvance;
  }
  return { advance: pen / em, ink, glyphs: placed };
}
