/** How a cell asks for attention. */
export type Tone = "plain" | "emphasis" | "danger";

interface ToneColors {
  fill: string;
  line: string;
  /** The disc behind the icon. */
  disc: string;
  icon: string;
  label: string;
}

/** Colours as `#rrggbb`. */
export interface Palette {
  /** Between the cells. */
  ground: string;
  title: string;
  tones: Record<Tone, ToneColors>;
}

/** The Digital Agency design system's primitive colours: blue 50 to 900, red 50 to 1000, solid grey 900. */
export const civicPalette: Palette = {
  ground: "#e8f1fe",
  title: "#00118f",
  tones: {
    plain: { fill: "#ffffff", line: "#c5d7fb", disc: "#e8f1fe", icon: "#0017c1", label: "#1a1a1a" },
    emphasis: { fill: "#0017c1", line: "#0017c1", disc: "#ffffff", icon: "#0017c1", label: "#ffffff" },
    danger: { fill: "#fdeeee", line: "#ce0000", disc: "#ce0000", icon: "#ffffff", label: "#850000" },
  },
};

/** The same system's reds on a dark ground: at a glance another menu than the everyday one. */
export const emergencyPalette: Palette = {
  ground: "#620000",
  title: "#ffffff",
  tones: {
    plain: { fill: "#ffffff", line: "#ffffff", disc: "#e6e6e6", icon: "#1a1a1a", label: "#1a1a1a" },
    emphasis: { fill: "#ce0000", line: "#ff7b5c", disc: "#ffffff", icon: "#ce0000", label: "#ffffff" },
    danger: { fill: "#fdeeee", line: "#fdeeee", disc: "#ce0000", icon: "#ffffff", label: "#620000" },
  },
};

/** Throws when a colour is malformed or a pair falls below WCAG 2.2 AA (1.4.3 for text, 1.4.11 for icons). */
export function checkPalette(palette: Palette): void {
  const pairs = [
    { name: "the title", on: palette.ground, color: palette.title, least: 4.5 },
    ...Object.entries(palette.tones).flatMap(([tone, { fill, disc, icon, label }]) => [
      { name: `the label of a ${tone} cell`, on: fill, color: label, least: 4.5 },
      { name: `the icon of a ${tone} cell`, on: disc, color: icon, least: 3 },
    ]),
  ];
  for (const { name, on, color, least } of pairs) {
    const ratio = contrast(color, on);
    if (ratio < least)
      throw new Error(
        `${color} on ${on} has a contrast of ${ratio.toFixed(2)}; ${name} needs at least ${least}.`,
      );
  }
  for (const { line } of Object.values(palette.tones)) luminance(line);
}

/** WCAG 2.2 contrast ratio, 1 to 21. */
export function contrast(first: string, second: string): number {
  const [dark = 0, light = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(color: string): number {
  if (!/^#[0-9a-f]{6}$/iu.test(color)) throw new Error(`"${color}" is not a colour of the form #rrggbb.`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
