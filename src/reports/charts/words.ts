/** How the numbers and the places on an axis are written. */
export interface Words {
  label: string;
  number: (value: number) => string;
}

/** What a line shows, point by point. */
export interface Line {
  name: string;
  /** Its class in the stylesheet: `line-1`, `line-2` … differ in colour and in dashes. */
  kind: string;
  points: { at: string; value: number }[];
}

/** Of all that is written on a chart. */
export const font = { fontSize: 14 };

/** In widths of a Japanese letter; longer names are cut, the table has them whole. */
const widestName = 11;

/** The room that names take at the side of a chart, in pixels. */
export function roomFor(names: readonly string[]): number {
  const widest = Math.max(4, ...names.map(widthOf));
  return Math.min(widestName, widest) * 14 + 12;
}

/** In widths of a Japanese letter. */
function widthOf(name: string): number {
  return Array.from(name).reduce(
    (width, letter) => width + ((letter.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.6),
    0,
  );
}

/** A name cut to the room there is. */
export function shortened(name: string): string {
  let width = 0;
  const letters = Array.from(name);
  const fits = letters.findIndex((letter) => {
    width += widthOf(letter);
    return width > widestName;
  });
  return fits === -1 ? name : `${letters.slice(0, fits - 1).join("")}…`;
}
