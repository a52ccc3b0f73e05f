import { type Place, isAbsent, isRecord } from "./place.ts";

/** A rule about one place. Complains there when it is broken. */
export type Check = (place: Place) => void;

/** The check, unless there is nothing to check. */
export function optional(check: Check): Check {
  return (place) => {
    if (!isAbsent(place)) check(place);
  };
}

/** Characters: UTF-16 code units, or grapheme clusters where LINE counts those (LINE fact sheet section 7). */
type Unit = "utf16" | "graphemes";

const segmenter = new Intl.Segmenter();

function lengthOf(text: string, unit: Unit): number {
  if (unit === "utf16") return text.length;
  return Array.from(segmenter.segment(text)).length;
}

export interface TextRule {
  max: number;
  unit?: Unit;
  /** Whether "" will do. Default no. */
  mayBeEmpty?: boolean;
}

export function text({ max, unit = "utf16", mayBeEmpty = false }: TextRule): Check {
  return (place) => {
    const { value, style } = place;
    if (typeof value !== "string" || (value === "" && !mayBeEmpty)) place.complain(style.missing);
    // There are never more graphemes than code units: counting them is rarely needed.
    else if (value.length > max && lengthOf(value, unit) > max) place.complain(style.length(0, max));
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (place) => {
    if (isAbsent(place)) place.complain(place.style.missing);
    else if (typeof place.value !== "string" || !values.includes(place.value))
      place.complain(`Must be one of the following values: [${values.join(", ")}]`);
  };
}

export function number(min: number, max: number): Check {
  return (place) => {
    if (isAbsent(place)) place.complain(place.style.missing);
    else if (typeof place.value !== "number" || place.value < min || place.value > max)
      place.complain(`Must be between ${min} and ${max}`);
  };
}

export const boolean: Check = (place) => {
  if (typeof place.value !== "boolean") place.complain("Must be a boolean");
};

export function matching(pattern: RegExp, complaint: string): Check {
  return (place) => {
    if (typeof place.value !== "string" || !pattern.test(place.value)) place.complain(complaint);
  };
}

/** Every element of a list of that size. */
export function list(min: number, max: number, each: Check): Check {
  return (place) => {
    const { value } = place;
    if (!Array.isArray(value)) place.complain(place.style.missing);
    else if (value.length < min || value.length > max)
      place.complain(`Size must be between ${min} and ${max}`);
    else for (let index = 0; index < value.length; index += 1) each(place.at(index));
  };
}

/** Every named property by its check. Properties that are not named are nobody's business. */
export function object(properties: Record<string, Check>): Check {
  return (place) => {
    if (!isRecord(place.value)) place.complain(place.style.missing);
    else for (const [key, check] of Object.entries(properties)) check(place.at(key));
  };
}

interface UrlRule {
  /** What else is taken when the style allows local pictures. */
  local?: RegExp;
  max: number;
  schemes: readonly string[];
}

/** Percent-encoded ASCII only, as LINE asks of every URL in a request body. */
const urlCharacters = /^[\x21\x23-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]+$/;

function url({ max, schemes, local }: UrlRule): Check {
  return (place) => {
    const { value, style } = place;
    if (typeof value !== "string" || value === "") place.complain(style.missing);
    else if (value.length > max) place.complain(style.length(0, max));
    else if (!schemes.includes(schemeOf(value)) && !(style.localPictures === true && local?.test(value)))
      place.complain(style.scheme);
    else if (!urlCharacters.test(value) || !URL.canParse(value)) place.complain(style.uri);
  };
}

function schemeOf(value: string): string {
  return value.slice(0, Math.max(value.indexOf(":"), 0)).toLowerCase();
}

/** Pictures, videos and sounds. */
export const mediaUrl = url({
  max: 2_000,
  schemes: ["https"],
  local: /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\//,
});
/** What a tap may open. */
export const linkUrl = url({ max: 1_000, schemes: ["http", "https", "line", "tel"] });
