import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { type Font, create } from "fontkit";
import { decompress } from "wawoff2";
import { type FontFamily, folderOf } from "./font-families.ts";

/** One of the about 120 files a family is cut into, with the characters it says it has. */
export interface Slice {
  file: string;
  /** Inclusive ranges of code points. */
  ranges: readonly (readonly [number, number])[];
}

export function readSlices(family: FontFamily): Slice[] {
  const name = family.package.slice(family.package.lastIndexOf("/") + 1);
  const folder = folderOf(family);
  const listed = JSON.parse(readFileSync(join(folder, "unicode.json"), "utf8")) as Record<string, string>;
  // Some of the numbered slices repeat single Latin letters. The named ones (latin, vietnamese …) go first, so that
  // a word stays in one file and keeps its kerning.
  const named = Object.entries(listed).filter(([key]) => !key.startsWith("["));
  const numbered = Object.entries(listed).filter(([key]) => key.startsWith("["));
  return [...named, ...numbered].map(([key, ranges]) => ({
    file: join(folder, "files", `${name}-${key.replaceAll(/[[\]]/g, "")}-wght-normal.woff2`),
    ranges: ranges.split(",").map(readRange),
  }));
}

export function covers(slice: Slice, codePoint: number): boolean {
  return slice.ranges.some(([first, last]) => first <= codePoint && codePoint <= last);
}

/** `weight` 100 to 900; a file's own default is 100. */
export async function openSlice(slice: Slice, weight: number): Promise<Font> {
  const woff2 = await readFile(slice.file);
  // fontkit cannot vary a WOFF2 file, only the TrueType inside it.
  const font = create(Buffer.from(await decompress(woff2)));
  if (!("getVariation" in font)) throw new Error(`${slice.file} holds a collection, not one font.`);
  // Unpacking and varying take a few milliseconds each: let other work in between two files.
  await setImmediate();
  return font.getVariation({ wght: weight });
}

/** `U+4e00-4eff` or `U+4e00`. */
function readRange(range: string): readonly [number, number] {
  const [first = "", last = first] = range.trim().slice("U+".length).split("-");
  return [Number.parseInt(first, 16), Number.parseInt(last, 16)];
}
