export { drawMenu } from "./draw-menu.ts";
export { openFonts } from "./fonts.ts";
export type { IconName } from "./icons.ts";
export type { Menu } from "./menu.ts";
export { type Tone, civicPalette } from "./palette.ts";
