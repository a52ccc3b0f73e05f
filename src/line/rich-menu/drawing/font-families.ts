import { createRequire } from "node:module";
import { dirname } from "node:path";

const require = createRequire(import.meta.url);

export interface FontFamily {
  /** An npm package of fontsource's shape: `unicode.json` beside `files/*-wght-normal.woff2`. */
  package: string;
  /** ISO 15924: languages written in this script get this family first. */
  script: string;
  /** The characters it would add; names the package in the error when it is not installed. */
  characters: RegExp;
}

/**
 * One line per script. The order is the order of fallback, so the first three also serve every language in
 * Latin or Cyrillic letters. A family that is not installed is skipped: `npm install` of its package is all
 * that its languages need.
 *
 * Before adding a line, compare fontkit's glyphs with HarfBuzz's for that script. Devanagari came out the same;
 * Khmer fails, and Burmese, Bengali, Sinhala and Thai get wrong or misplaced glyphs, so they are not listed and
 * are refused as missing rather than drawn wrong.
 */
const fontFamilies: readonly FontFamily[] = [
  noto("jp", "Jpan", /[\p{Script=Hira}\p{Script=Kana}]/u),
  noto("sc", "Hans", /\p{Script=Han}/u),
  noto("kr", "Kore", /\p{Script=Hang}/u),
  noto("tc", "Hant", /\p{Script=Han}/u),
  noto("devanagari", "Deva", /\p{Script=Deva}/u),
];

function noto(name: string, script: string, characters: RegExp): FontFamily {
  return { package: `@fontsource-variable/noto-sans-${name}`, script, characters };
}

/**
 * The installed families in the order in which they are asked for a glyph. The language's own comes first,
 * because Japanese, Chinese and Korean draw the same Han character differently.
 */
export function familiesFor(language: string): FontFamily[] {
  const script = scriptOf(language);
  const installed = fontFamilies.filter(isInstalled);
  return [
    ...installed.filter((family) => family.script === script),
    ...installed.filter((family) => family.script !== script),
  ];
}

/** The packages that would add these characters, or the right form of them for this language. */
export function packagesThatCouldHelp(characters: readonly string[], language: string): string[] {
  const script = scriptOf(language);
  return fontFamilies
    .filter((family) => !isInstalled(family))
    .filter(
      (family) =>
        family.script === script || characters.some((character) => family.characters.test(character)),
    )
    .map((family) => family.package);
}

/** The folder of a family's package. Every call asks the file system; keep the answer. */
export function folderOf(family: FontFamily): string {
  return dirname(require.resolve(`${family.package}/unicode.json`));
}

function isInstalled(family: FontFamily): boolean {
  try {
    folderOf(family);
    return true;
  } catch {
    return false;
  }
}

/** `zh-TW` → `Hant`, `ja-x-easy` → `Jpan`, `ne` → `Deva`. */
function scriptOf(language: string): string | undefined {
  return new Intl.Locale(language).maximize().script;
}
