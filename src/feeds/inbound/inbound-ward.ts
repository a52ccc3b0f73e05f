import { comparable } from "../xml/element.ts";

/** How the ward's own disaster systems may name it and its parts. */
export interface InboundWard {
  /** JMA's 7 digits, `1310900`; the two codes of local governments follow from it. "": the profile names none. */
  municipality: string;
  /** In any language: 品川区, Shinagawa City. */
  names: readonly string[];
  districts: readonly { id: string; names: readonly string[] }[];
}

/** Where something is: the whole ward, some of its districts, or not here at all. */
export type Where = { whole: true } | { districts: string[] } | "elsewhere";

/** 5 digits, 6 with the check digit of 総務省, or JMA's 7. */
export function isWardCode({ municipality }: InboundWard, code: string): boolean {
  if (!/^\d{7}$/.test(municipality)) return false;
  const five = municipality.slice(0, 5);
  return [municipality, five, `${five}${checkDigit(five)}`].includes(code);
}

/** The weights and the remainder are those of 全国地方公共団体コード: 13109 → 1. */
function checkDigit(five: string): number {
  const sum = five.split("").reduce((total, digit, index) => total + Number(digit) * (6 - index), 0);
  return (11 - (sum % 11)) % 10;
}

/** Finds places by name or id. Made once for each message: bringing names into a comparable form is what takes time. */
export function createPlaceFinder(ward: InboundWard) {
  const wardNames = new Set(ward.names.map(comparable));
  const districts = new Map(
    ward.districts.flatMap(({ id, names }) => [id, ...names].map((name) => [comparable(name), id] as const)),
  );
  return {
    isWard: (text: string): boolean => isWardCode(ward, text) || wardNames.has(comparable(text.trim())),
    /** A district's id by its id or by its name in any language. */
    districtOf: (text: string): string | undefined => districts.get(comparable(text.trim())),
  };
}
