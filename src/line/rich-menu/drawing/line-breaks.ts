/**
 * How good a place to end a line: at a space, after a phrase, or, when nothing else fits, between two
 * characters of a script that allows it.
 */
export type BreakQuality = "space" | "phrase" | "character";

export interface Piece {
  text: string;
  /** A space or an interpunct: stands between this piece and the next, and is dropped at the end of a line. */
  gap: string;
}

interface Word {
  text: string;
  /** Undefined where the next word follows at once; "" for a zero width space. */
  gap?: string;
}

const ranks = { never: 0, character: 1, phrase: 2, space: 3 } satisfies Record<
  BreakQuality | "never",
  number
>;
type Break = keyof typeof ranks;

const breakableSpace = /^(?![\u00A0\u2007\u202F])[\s\u200B]+$/u;
/** Never first on a line, and never last (the common part of JIS X 4051 and the Chinese and Korean rules). */
const notFirst =
  /^[\p{Pe}\p{Pf}\p{M}、。，．・·：；？！!?,.:;%％ー～〜…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ/／-]/u;
const notLast = /[\p{Ps}\p{Pi}￥¥＄$#＃]$/u;
/** The interpunct of 「ことば・Language」: where the line ends, the end says the same. */
const interpunct = /^[・·]$/u;
const slash = /[/／]$/u;
/** Scripts that write no spaces: a line may end beside any of their words. */
const unspaced = ends("\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}");
/** Scripts set in squares: at worst, a line may end after any character. */
const square = ends("\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Hang}");
/** お, ご and 御 belong to the word after them; a particle or an inflection to the word before it. */
const prefix = /^[おご御]$/u;
const suffix = /^\p{sc=Hira}{1,2}$/u;
const digit = /\p{Nd}$/u;

/** The parts of a text between which a line may end, counting only places at least as good as `worst`. */
export function piecesOf(text: string, language: string, worst: BreakQuality): Piece[] {
  const pieces: Piece[] = [];
  let open = "";
  const words = wordsOf(text.normalize("NFC").trim(), language);
  for (const [index, word] of words.entries()) {
    const next = words[index + 1];
    const characters = [...graphemes.segment(word.text)].map(({ segment }) => segment);
    for (const [at, character] of characters.entries()) {
      open += character;
      const following = characters[at + 1];
      const quality = following === undefined ? breakAfter(word, next) : breakInside(character, following);
      if (ranks[quality] < ranks[worst]) continue;
      // A gap is always a place to break, so it is never lost inside a piece.
      pieces.push({ text: open, gap: following === undefined ? (word.gap ?? "") : "" });
      open = "";
    }
  }
  return pieces;
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

function wordsOf(text: string, language: string): Word[] {
  const words: Word[] = [];
  for (const { segment } of new Intl.Segmenter(language, { granularity: "word" }).segment(text)) {
    const last = words.at(-1);
    if (last !== undefined && (breakableSpace.test(segment) || interpunct.test(segment)))
      last.gap = (last.gap ?? "") + segment.replaceAll("\u200B", "").replaceAll(/[\n\t]/gu, " ");
    else words.push({ text: segment });
  }
  return words;
}

function breakAfter(word: Word, next: Word | undefined): Break {
  if (next === undefined || word.gap !== undefined) return "space";
  const weak = breakInside(word.text, next.text);
  if (notFirst.test(next.text) || notLast.test(word.text)) return "never";
  if (slash.test(word.text)) return "phrase";
  const belongsBack = suffix.test(next.text) && !prefix.test(next.text);
  if (belongsBack || prefix.test(word.text) || digit.test(word.text)) return weak;
  return unspaced.last.test(word.text) || unspaced.first.test(next.text) ? "phrase" : weak;
}

function breakInside(before: string, after: string): Break {
  if (notFirst.test(after) || notLast.test(before)) return "never";
  return square.last.test(before) && square.first.test(after) ? "character" : "never";
}

function ends(scripts: string): { first: RegExp; last: RegExp } {
  return { first: new RegExp(`^[${scripts}]`, "u"), last: new RegExp(`[${scripts}]\\p{M}*$`, "u") };
}
