import { type Check, matching, number, oneOf } from "./checks.ts";

/** The kinds of values Flex properties take (LINE reference, "Flex Message"). */

const invalid = "invalid property";
const spaces = "none|xs|sm|md|lg|xl|xxl";
const sizes = "xxs|xs|sm|md|lg|xl|xxl|3xl|4xl|5xl";
const px = String.raw`\d+(?:\.\d+)?px`;
const percent = String.raw`\d+(?:\.\d+)?%`;
const whole = (choices: string) => new RegExp(`^(?:${choices})$`);

export const color = matching(/^#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$/, invalid);
export const margin = matching(whole(`${spaces}|${px}`), invalid);
export const padding = matching(whole(`${spaces}|${px}|${percent}`), invalid);
export const offset = matching(whole(`${spaces}|-?${px}|-?${percent}`), invalid);
export const length = matching(whole(`${px}|${percent}`), invalid);
export const borderWidth = matching(whole(`none|light|normal|medium|semi-bold|bold|${px}`), invalid);
export const fontSize = matching(whole(`${sizes}|${px}`), invalid);
export const imageSize = matching(whole(`${sizes}|full|${px}|${percent}`), invalid);
export const lineSpacing = matching(whole(px), invalid);
export const angle = matching(/^\d+(?:\.\d+)?deg$/, invalid);
export const percentage = matching(whole(percent), invalid);
export const ratioOfSpace = number(0, 1_000_000);

export const align = oneOf("start", "end", "center");
export const gravity = oneOf("top", "bottom", "center");
export const position = oneOf("relative", "absolute");

/** `width:height`, each from 1 to 100,000, and no taller than three times the width. */
export const aspectRatio: Check = (place) => {
  const match = /^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(String(place.value));
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  const inRange = (side: number) => side >= 1 && side <= 100_000;
  if (!inRange(width) || !inRange(height) || height > 3 * width) place.complain(invalid);
};
