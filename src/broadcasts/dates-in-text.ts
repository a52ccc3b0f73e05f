/** A day that a text names, as far as it says. `weekday`: 0 is Sunday. */
export interface NamedDay {
  /** As it stands in the text. */
  text: string;
  year: number | undefined;
  month: number;
  day: number;
  weekday: number | undefined;
}

const eastern = "日月火水木金土";
const chinese = "日一二三四五六";
const korean = "일월화수목금토";
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Easy Japanese writes how each word is read after it: 12月（がつ）5日（か）. */
const reading = String.raw`(?:\([ぁ-んァ-ン ]+\))?`;
const eastAsian = new RegExp(
  String.raw`(?:(\d{4})\s*[年년]${reading}\s*)?(?<!\d)(\d{1,2})\s*[月월]${reading}\s*(\d{1,2})\s*[日号號일]${reading}` +
    String.raw`(?:\s*[,、]?\s*\(?\s*(?:([日月火水木金土])(?:曜日?)?|(?:周|星期|礼拜)([日天一二三四五六])|([일월화수목금토])(?:요일)?)${reading}\s*\))?`,
  "g",
);
const monthName =
  "(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const weekdayName = "(?:(Sun|Mon|Tue|Wed|Thu|Fri|Sat)[a-z]*\\.?)";
const english = new RegExp(
  String.raw`(?:\b${weekdayName},?\s+)?\b${monthName}\s+(\d{1,2})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(\d{4})\b)?(?:\s*\(\s*${weekdayName}\s*\))?`,
  "g",
);

/** The days that a text names in Japanese, English, Chinese or Korean words, in the order of those languages. */
export function daysIn(text: string): NamedDay[] {
  // Spaces in a row count as one: the patterns try every way to share them out, which takes minutes for a few thousand.
  const plain = text.normalize("NFKC").replaceAll(/\s+/g, " ");
  return [
    ...Array.from(plain.matchAll(eastAsian), ([found, year, month, day, ja, zh, ko]) => ({
      text: found.trim(),
      year: year === undefined ? undefined : Number(year),
      month: Number(month),
      day: Number(day),
      weekday: place(eastern, ja) ?? place(chinese, zh === "天" ? "日" : zh) ?? place(korean, ko),
    })),
    ...Array.from(plain.matchAll(english), ([found, before, month = "", day, year, after]) => ({
      text: found.trim(),
      year: year === undefined ? undefined : Number(year),
      month: months.indexOf(month.slice(0, 3).toLowerCase()) + 1,
      day: Number(day),
      weekday: place(weekdays, (before ?? after)?.toLowerCase()),
    })),
  ].filter(({ month, day }) => month >= 1 && month <= 12 && day >= 1 && day <= 31);
}

function place(names: string | string[], name: string | undefined): number | undefined {
  const found = name === undefined ? -1 : names.indexOf(name);
  return found < 0 ? undefined : found;
}

export interface DayProblem {
  kind: "past" | "weekday" | "noSuchDay";
  text: string;
  /** The day that is meant, `2026-12-05`, and its true weekday. */
  date: string;
  weekday: number;
}

/**
 * What is wrong with a named day for who reads it on `today` (`2026-11-20`). A day without a year means the one nearest
 * to today: up to three months back, else in the twelve months ahead.
 */
export function dayProblem(
  { text, year, month, day, weekday }: NamedDay,
  today: string,
): DayProblem | undefined {
  const date = year === undefined ? nearest(month, day, today) : dateOf(year, month, day);
  if (date === undefined) {
    // 29 February of a year that has none is missing from some years only.
    const exists = year === undefined && dateOf(2028, month, day) !== undefined;
    return exists ? undefined : { kind: "noSuchDay", text, date: "", weekday: 0 };
  }
  const trueWeekday = weekdayOf(date);
  if (date < today) return { kind: "past", text, date, weekday: trueWeekday };
  if (weekday !== undefined && weekday !== trueWeekday)
    return { kind: "weekday", text, date, weekday: trueWeekday };
  return undefined;
}

function nearest(month: number, day: number, today: string): string | undefined {
  const thisYear = Number(today.slice(0, 4));
  const threeMonths = 92 * 86_400_000;
  const earliest = new Date(Date.parse(today) - threeMonths).toISOString().slice(0, 10);
  return [thisYear - 1, thisYear, thisYear + 1]
    .map((year) => dateOf(year, month, day))
    .find((date) => date !== undefined && date >= earliest);
}

function dateOf(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 ? date.toISOString().slice(0, 10) : undefined;
}

export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
