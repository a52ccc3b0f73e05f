import type { Font } from "fontkit";
import { type FontFamily, familiesFor, packagesThatCouldHelp } from "./font-families.ts";
import { type Slice, covers, openSlice, readSlices } from "./font-slices.ts";

export interface FontChoice {
  /** BCP 47; decides whose Han forms are drawn. */
  language: string;
  /** 100 to 900. */
  weight: number;
}

/** A stretch of text that one font file can draw. */
export interface FontRun {
  text: string;
  font: Font;
}

export interface Fonts {
  /** Splits a text by font file; throws naming the characters that no installed font has. */
  runsOf(text: string, choice: FontChoice): Promise<FontRun[]>;
}

const graphemes = new Intl.Segmenter("und", { granularity: "grapheme" });

/**
 * Opens nothing yet: each file is read when its first character is asked for, and kept as long as the
 * returned object. Share one between the menus of a round, then drop it.
 */
export function openFonts(): Fonts {
  const familiesOf = memoize((language: string) => familiesFor(language));
  const slicesOf = memoize((family: FontFamily) => readSlices(family));
  const fontOf = memoize((slice: Slice) => memoize((weight: number) => openSlice(slice, weight)));

  async function findFont(cluster: string, { language, weight }: FontChoice): Promise<Font | null> {
    const codePoints = visibleCodePoints(cluster);
    for (const family of familiesOf(language)) {
      for (const slice of slicesOf(family)) {
        if (!codePoints.every((codePoint) => covers(slice, codePoint))) continue;
        const font = await fontOf(slice)(weight);
        if (codePoints.every((codePoint) => font.hasGlyphForCodePoint(codePoint))) return font;
      }
    }
    return null;
  }

  return {
    async runsOf(text, choice) {
      const runs: FontRun[] = [];
      const missing = new Set<string>();
      for (const { segment } of graphemes.segment(text.normalize("NFC"))) {
        const font = await findFont(segment, choice);
        const last = runs.at(-1);
        if (font === null) missing.add(segment);
        else if (last?.font === font) last.text += segment;
        else runs.push({ text: segment, font });
      }
      if (missing.size > 0) throw missingGlyphs([...missing], choice.language);
      return runs;
    },
  };
}

/** Joiners and variation selectors have no picture of their own: a font that lacks them can still draw the rest. */
function visibleCodePoints(cluster: string): number[] {
  return Array.from(cluster)
    .filter((character) => !/\p{Default_Ignorable_Code_Point}/u.test(character))
    .map((character) => character.codePointAt(0) ?? 0);
}

function missingGlyphs(characters: string[], language: string): Error {
  const named = characters.map((character) => `"${character}" (${codePointsOf(character)})`).join(", ");
  const packages = packagesThatCouldHelp(characters, language);
  const advice =
    packages.length > 0
      ? `Installing ${packages.join(" or ")} could help.`
      : "Use other characters, or add a family that has them to font-families.ts.";
  return new Error(`No installed font can draw ${named} for the language "${language}". ${advice}`);
}

function codePointsOf(text: string): string {
  return Array.from(text)
    .map((character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`)
    .join(" ");
}

function memoize<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
