import { type FriendState, type UserNumber, isUserId, notAUserId } from "./user.ts";

/** Many users at once: `count` ids counted up from `from`, without an object for each. */
export interface NewUserRange {
  /** The first id: `U` and 32 lower-case hexadecimal digits. */
  from: string;
  count: number;
  /** Default `friend`. */
  state?: FriendState | undefined;
  /** One language for all, or several dealt out in turn. */
  language?: string | readonly string[] | undefined;
}

/**
 * A part of a range whose ids share their first 21 characters, so that the rest (12 digits, 48 bits) is an exact
 * JavaScript number. A range crossing such a border becomes two parts.
 */
export interface RangePart {
  prefix: string;
  low: number;
  count: number;
  firstNumber: UserNumber;
  /** How many users of the range came before this part. */
  before: number;
  state: FriendState;
  languages: readonly string[];
}

const idLength = 33;
const prefixLength = 21;
const lowSize = 2 ** 48;
const largestRange = 20_000_000;

export function planParts(range: NewUserRange, firstNumber: UserNumber): RangePart[] {
  if (!isUserId(range.from)) throw notAUserId(range.from);
  if (!Number.isInteger(range.count) || range.count < 1 || range.count > largestRange)
    throw new RangeError(`A range holds 1 to ${largestRange} users.`);
  const state = range.state ?? "friend";
  const languages = range.language === undefined ? [] : [range.language].flat();
  const start = BigInt(`0x${range.from.slice(1)}`);
  const parts: RangePart[] = [];
  for (let before = 0; before < range.count;) {
    const id = (start + BigInt(before)).toString(16).padStart(32, "0");
    if (id.length > 32) throw new RangeError("The range runs past the last possible user id.");
    const low = Number.parseInt(id.slice(prefixLength - 1), 16);
    const count = Math.min(range.count - before, lowSize - low);
    const prefix = `U${id.slice(0, prefixLength - 1)}`;
    parts.push({ prefix, low, count, firstNumber: firstNumber + before, before, state, languages });
    before += count;
  }
  return parts;
}

/**
 * The user's place in the part, or -1. A multicast of 500 asks 500 times, 200 times a second: reading the digits by hand
 * takes a third of the time of slicing and parsing, and checks the id's form on the way.
 */
export function placeInPart(part: RangePart, id: string): number {
  if (id.length !== idLength || !id.startsWith(part.prefix)) return -1;
  let low = 0;
  for (let at = prefixLength; at < idLength; at += 1) {
    const code = id.charCodeAt(at);
    if (code >= 48 && code <= 57) low = low * 16 + (code - 48);
    else if (code >= 97 && code <= 102) low = low * 16 + (code - 87);
    else return -1;
  }
  const place = low - part.low;
  return place >= 0 && place < part.count ? place : -1;
}

export function idAt(part: RangePart, place: number): string {
  return part.prefix + (part.low + place).toString(16).padStart(12, "0");
}

export function overlap(one: RangePart, other: RangePart): boolean {
  return one.prefix === other.prefix && one.low < other.low + other.count && other.low < one.low + one.count;
}
