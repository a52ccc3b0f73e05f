import { balanceLines } from "./balance-lines.ts";
import type { FontChoice, Fonts } from "./fonts.ts";
import { type BreakQuality, piecesOf } from "./line-breaks.ts";
import { type ShapedText, emptyText, joinShaped, shapeText, unite } from "./shape-text.ts";

export interface Room {
  /** Pixels to the em. The largest size that fits is taken. */
  size: { min: number; max: number };
  maxWidth: number;
  /** No limit when left out. */
  maxHeight?: number;
  maxLines: number;
}

export interface FittedText {
  /** A whole number of pixels. */
  size: number;
  lines: ShapedText[];
  /** From baseline to baseline, in em. */
  lineHeight: number;
}

/** An em box reaches this far above and below the baseline, in all of the Noto Sans CJK families. */
export const emBox = { ascent: 0.88, descent: 0.12 };
const usualLineHeight = 1.28;
const inkGap = 0.06;
/** A smaller text on fewer lines is preferred as long as it keeps this much of the largest size. */
const nearlyLargest = 0.85;

/**
 * Chooses size and line breaks: the fewest lines that keep the text near its largest size, breaking at spaces
 * before phrases, and between any two characters only when nothing else fits. Null when the text does not fit.
 */
export async function fitText(
  fonts: Fonts,
  text: string,
  choice: FontChoice,
  room: Room,
): Promise<FittedText | null> {
  const setAt = async (worst: BreakQuality): Promise<FittedText[]> =>
    waysToSet(await shapePieces(fonts, text, choice, worst), room);
  // A stable sort: of two ways with as many lines, the one that breaks at spaces stays first.
  const ways = [...(await setAt("space")), ...(await setAt("phrase"))].sort(
    (a, b) => a.lines.length - b.lines.length,
  );
  const near = ways.find(({ size }) => size >= nearlyLargest * room.size.max);
  return near ?? largest(ways) ?? largest(await setAt("character"));
}

interface ShapedPiece {
  shaped: ShapedText;
  gap: ShapedText;
}

async function shapePieces(
  fonts: Fonts,
  text: string,
  choice: FontChoice,
  worst: BreakQuality,
): Promise<ShapedPiece[]> {
  const shaped: ShapedPiece[] = [];
  for (const piece of piecesOf(text, choice.language, worst)) {
    shaped.push({
      shaped: await shapeText(fonts, piece.text, choice),
      gap: await shapeText(fonts, piece.gap, choice),
    });
  }
  return shaped;
}

/** At most one way for each number of lines. */
function waysToSet(pieces: readonly ShapedPiece[], room: Room): FittedText[] {
  const widths = pieces.map(({ shaped, gap }) => ({ width: shaped.advance, gap: gap.advance }));
  return Array.from({ length: room.maxLines }, (_, index) => balanceLines(widths, index + 1))
    .filter((balanced) => balanced !== null)
    .map(({ ends }) => ends.map((end, line) => joinPieces(pieces.slice(ends[line - 1] ?? 0, end))))
    .map((lines) => fitLines(lines, room))
    .filter(({ size }) => size >= room.size.min);
}

function joinPieces(pieces: readonly ShapedPiece[]): ShapedText {
  return pieces
    .flatMap(({ shaped, gap }, index) => (index < pieces.length - 1 ? [shaped, gap] : [shaped]))
    .reduce(joinShaped, emptyText);
}

function fitLines(lines: ShapedText[], room: Room): FittedText {
  const ink = lines.map((line) => line.ink).reduce(unite);
  // Strokes may reach beyond the pen's way, and both must fit.
  const width = Math.max(...lines.map((line) => Math.max(line.advance, line.ink.right - line.ink.left)));
  const lineHeight = Math.max(usualLineHeight, ink.ascent + ink.descent + inkGap);
  const byHeight = (room.maxHeight ?? Infinity) / (lines.length * lineHeight);
  return { lines, lineHeight, size: Math.floor(Math.min(room.size.max, room.maxWidth / width, byHeight)) };
}

function largest(ways: readonly FittedText[]): FittedText | null {
  return ways.reduce<FittedText | null>((best, way) => (best && best.size >= way.size ? best : way), null);
}
