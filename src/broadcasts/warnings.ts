import type { Contents, Notice } from "../messages/contents.ts";
import { holidayOn } from "../shared/holidays.ts";
import { tokyoDate, tokyoHour } from "../shared/tokyo.ts";
import type { Addressees } from "./addressees.ts";
import type { Addressed } from "./busy-week-store.ts";
import { type DayProblem, dayProblem, daysIn, weekdayOf } from "./dates-in-text.ts";
import { type Repeat, nextDates } from "./schedule.ts";

/** Something that may be meant but is often a slip. A warning never stops anybody. */
export type Warning =
  /** Some of the audience read a language in which nothing is written; with `fallback` they get another language's text. */
  | { kind: "noText"; language: string; residents: number; fallback: boolean }
  | { kind: "linkNotHttps"; language: string }
  | { kind: "day"; language: string; problem: DayProblem }
  | { kind: "weekend" | "night"; at: number }
  /** A repeat goes several times within a day. */
  | { kind: "often"; first: number; second: number }
  | { kind: "holiday"; at: number; day: string }
  | { kind: "capitals"; language: string; text: string }
  | { kind: "veryLong"; language: string; length: number }
  /** With this one, people with the same wishes get so many in these seven days. */
  | { kind: "manyThisWeek"; count: number };

export interface Looked {
  /** Undefined while it is written for the first time. */
  id?: string | undefined;
  audience: Addressees;
  contents: Contents;
  missingTranslations: "refuse" | "fallback";
  sendAt: number | undefined;
  repeat: Repeat | undefined;
  /** How many of the audience read each language. */
  byLanguage: Readonly<Record<string, number>>;
  languages: readonly string[];
  /** What else goes to anybody within a week of this one: see {@link weekAround}. */
  sameWeek: readonly Addressed[];
  now: number;
}

/** More than so many messages in a week is what makes people block an account. */
export const manyInAWeek = 5;
/** Longer than this nobody reads on a phone. */
const veryLong = 1_000;
const dayMs = 86_400_000;
const weekMs = 7 * dayMs;

/** When it goes, as far as can be said: of what waits for nothing, or repeats, now. */
function goesAt({ sendAt, now }: Pick<Looked, "sendAt" | "now">): number {
  return Math.max(sendAt ?? now, now);
}

/** The seven days that end when it goes. */
export function weekAround(looked: Pick<Looked, "sendAt" | "now">): { from: number; until: number } {
  const at = goesAt(looked);
  return { from: at - weekMs, until: at + 1 };
}

/** Everything about a notice that its writer and approver should look at twice. */
export function warningsFor(looked: Looked): Warning[] {
  const { contents, byLanguage, languages } = looked;
  const unwritten = languages
    .filter((language) => contents[language] === undefined && (byLanguage[language] ?? 0) > 0)
    .map((language) => ({
      kind: "noText" as const,
      language,
      residents: byLanguage[language] ?? 0,
      fallback: looked.missingTranslations === "fallback",
    }));
  const texts = Object.entries(contents).flatMap(([language, notice]) =>
    textWarnings(language, notice, tokyoDate(goesAt(looked))),
  );
  return [...unwritten, ...texts, ...timeWarnings(looked), ...weekWarnings(looked)];
}

/** @param day on which it goes, `2026-12-05` */
function textWarnings(language: string, { title, body, link }: Notice, day: string): Warning[] {
  const warnings: Warning[] = [];
  if (link !== undefined && /^http:/i.test(link.url.trim()))
    warnings.push({ kind: "linkNotHttps", language });
  const told = new Set<string>();
  for (const named of [title, body].flatMap(daysIn)) {
    const problem = dayProblem(named, day);
    if (problem === undefined || told.has(problem.text)) continue;
    told.add(problem.text);
    warnings.push({ kind: "day", language, problem });
  }
  const shouted = [title, ...body.split("\n")].find(isShouted);
  if (shouted !== undefined) warnings.push({ kind: "capitals", language, text: shouted.trim().slice(0, 40) });
  if (body.length > veryLong) warnings.push({ kind: "veryLong", language, length: body.length });
  return warnings;
}

/** A line of Latin words of which hardly any has a small letter; abbreviations such as "LINE" or "PCR" are no shouting. */
function isShouted(line: string): boolean {
  const letters = line.match(/\p{Script=Latin}/gu) ?? [];
  const words = line.match(/\p{Lu}{2,}/gu) ?? [];
  const small = letters.filter((letter) => letter === letter.toLowerCase()).length;
  return letters.length >= 10 && words.length >= 2 && small <= letters.length / 10;
}

/** A repeat is looked at for its next ten times; each kind is said once. */
function timeWarnings({ sendAt, repeat, now }: Looked): Warning[] {
  const times = repeat === undefined ? (sendAt === undefined ? [] : [sendAt]) : datesOf(repeat, now);
  const first = (test: (at: number) => boolean) => times.find(test);
  const isHoliday = (at: number) => holidayOn(tokyoDate(at), "ja") !== undefined;
  const holiday = first(isHoliday);
  const weekend = first((at) => [0, 6].includes(weekdayOf(tokyoDate(at))) && !isHoliday(at));
  const night = first((at) => tokyoHour(at) >= 22 || tokyoHour(at) < 7);
  const [one, two] = times;
  return [
    ...(one !== undefined && two !== undefined && two - one < dayMs
      ? [{ kind: "often" as const, first: one, second: two }]
      : []),
    ...(holiday === undefined ? [] : [{ kind: "holiday" as const, at: holiday, day: tokyoDate(holiday) }]),
    ...(weekend === undefined ? [] : [{ kind: "weekend" as const, at: weekend }]),
    ...(night === undefined ? [] : [{ kind: "night" as const, at: night }]),
  ];
}

function datesOf(repeat: Repeat, now: number): number[] {
  try {
    return nextDates(repeat, now, 10);
  } catch {
    return [];
  }
}

function weekWarnings({ id, audience, sameWeek }: Looked): Warning[] {
  const others = sameWeek.filter((other) => other.id !== id && mayMeet(audience, other.audience));
  const count = others.length + 1;
  return count > manyInAWeek ? [{ kind: "manyThisWeek", count }] : [];
}

/**
 * Whether two rules may well address the same people. An approximation: two rules meet unless their categories, districts
 * or languages have nothing in common.
 */
function mayMeet(one: Addressees, other: Addressees): boolean {
  return (["categories", "districts", "languages"] as const).every((part) => {
    const [mine, theirs] = [one[part]?.anyOf, other[part]?.anyOf];
    return mine === undefined || theirs === undefined || mine.some((id) => theirs.includes(id));
  });
}
