/** Our own icons: lines on a grid of 48 by 48, 3.4 wide with round ends, and dots; all kept between 4 and 44. */
interface Icon {
  /** SVG path data, stroked. */
  lines: string;
  /** Centres of filled dots. */
  dots?: readonly (readonly [x: number, y: number])[];
}

const circle = "M24 5a19 19 0 1 1 0 38a19 19 0 1 1 0-38Z";

const icons = {
  categories: {
    lines:
      "M6 12 9.5 15.5 16 8.5 M6 25 9.5 28.5 16 21.5 M6 38 9.5 41.5 16 34.5 M23 12H42 M23 25H42 M23 38H42",
  },
  settings: {
    lines:
      "M5 12H25 M35 12H43 M30 7a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z M5 24H9 M19 24H43 M14 19a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z M5 36H22 M32 36H43 M27 31a5 5 0 1 1 0 10a5 5 0 1 1 0-10Z",
  },
  language: {
    lines: `${circle} M5 24H43 M24 5c5.5 5.5 8 12 8 19s-2.5 13.5-8 19c-5.5-5.5-8-12-8-19s2.5-13.5 8-19Z`,
  },
  disaster: {
    lines: "M20.5 7.5a4 4 0 0 1 7 0L43.5 35a4 4 0 0 1-3.5 6H8a4 4 0 0 1-3.5-6Z M24 17V26",
    dots: [[24, 33]],
  },
  contact: {
    lines: "M9 6H39a4 4 0 0 1 4 4V31a4 4 0 0 1-4 4H25L14 43V35H9a4 4 0 0 1-4-4V10a4 4 0 0 1 4-4Z",
    dots: [
      [15, 20.5],
      [24, 20.5],
      [33, 20.5],
    ],
  },
  help: {
    lines: `${circle} M18.5 18.5a5.5 5.5 0 1 1 9 4.3c-2 1.5-3.5 2.7-3.5 5.2`,
    dots: [[24, 34.5]],
  },
  bell: { lines: "M7 35H41L36 28.5V20a12 12 0 0 0-24 0V28.5Z M24 4.5V8 M19.5 41a5 5 0 0 0 9 0" },
  calendar: {
    lines:
      "M10 9H38a4 4 0 0 1 4 4V38a4 4 0 0 1-4 4H10a4 4 0 0 1-4-4V13a4 4 0 0 1 4-4Z M6 19H42 M16 5V13 M32 5V13",
    dots: [
      [15, 26.5],
      [24, 26.5],
      [33, 26.5],
      [15, 34.5],
      [24, 34.5],
    ],
  },
  map: { lines: "M5 11 17 6 31 11 43 6V37L31 42 17 37 5 42Z M17 6V37 M31 11V42" },
  phone: {
    lines:
      "M14 6H19.5L23 15 18.5 18.5a22 22 0 0 0 11 11L33 25 42 28.5V34a8 8 0 0 1-8 8A28 28 0 0 1 6 14a8 8 0 0 1 8-8Z",
  },
  safety: {
    lines: "M19 6a8 8 0 1 1 0 16a8 8 0 1 1 0-16Z M5 42V39a11 11 0 0 1 11-11h6 M26.5 36 32.5 42 43 30",
  },
  home: { lines: "M5 22.5 24 6 43 22.5 M10.5 18.5V42H37.5V18.5 M19 42V29H29V42" },
} as const satisfies Record<string, Icon>;

export type IconName = keyof typeof icons;

const iconNames = Object.keys(icons) as IconName[];

export const iconGrid = 48;
const stroke = 3.4;
const dotRadius = 2.4;

/** SVG elements on the icon's grid; the caller places and scales them. */
export function iconSvg(name: IconName, color: string): string {
  const { lines, dots = [] }: Icon = icons[name];
  const dot = ([x, y]: readonly [number, number]): string => `<circle cx="${x}" cy="${y}" r="${dotRadius}"/>`;
  return (
    `<path d="${lines}" fill="none" stroke="${color}" stroke-width="${stroke}" stroke-linecap="round"` +
    ` stroke-linejoin="round"/><g fill="${color}">${dots.map(dot).join("")}</g>`
  );
}

/** Menus come from data, where a type promises nothing. */
export function checkIcon(name: IconName): void {
  if (!iconNames.includes(name))
    throw new Error(`There is no icon "${name}"; there are ${iconNames.join(", ")}.`);
}
