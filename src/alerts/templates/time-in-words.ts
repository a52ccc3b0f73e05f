import { easyClock, easyDay } from "../../messages/easy-time.ts";
import { tokyoZone } from "../../shared/tokyo.ts";

interface Parts {
  year: number;
  month: number;
  day: number;
  /** 0 is Sunday. */
  weekday: number;
  hour: number;
  minute: number;
}

const weekdays: Record<string, string[]> = {
  ja: ["日", "月", "火", "水", "木", "金", "土"],
  "ja-x-easy": ["にちようび", "げつようび", "かようび", "すいようび", "もくようび", "きんようび", "どようび"],
  en: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
  "zh-Hans": ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  ko: ["일", "월", "화", "수", "목", "금", "토"],
};
const englishMonths = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/**
 * An instant as people of a language write it, in Tokyo time (invariant 13), with the Western year in all of them. Easy
 * Japanese has 午前 and 午後 and a reading for every kanji (fact sheet, section 7). A language that has no form here gets
 * the one that the computer knows.
 */
export function timeInWords(instant: number, language: string): string {
  const parts = partsOf(instant);
  const { year, month, day, hour, minute } = parts;
  const weekday = weekdays[language]?.[parts.weekday] ?? "";
  const clock = `${hour}:${two(minute)}`;
  switch (language) {
    case "ja":
      return `${year}年${month}月${day}日（${weekday}）${hour}時${two(minute)}分`;
    case "ja-x-easy":
      return easyTime(parts, weekday);
    case "en":
      return `${clock}, ${weekday} ${day} ${englishMonths[month - 1] ?? ""} ${year}`;
    case "zh-Hans":
      return `${year}年${month}月${day}日（${weekday}）${clock}`;
    case "ko":
      return `${year}년 ${month}월 ${day}일(${weekday}) ${clock}`;
    default:
      return new Intl.DateTimeFormat(language, {
        timeZone: tokyoZone,
        dateStyle: "medium",
        timeStyle: "short",
      }).format(instant);
  }
}

function easyTime({ year, month, day, hour, minute }: Parts, weekday: string): string {
  return `${year}年（ねん） ${month}月（がつ） ${easyDay(day)} ${weekday} ${easyClock(hour, minute)}`;
}

function partsOf(instant: number): Parts {
  const shifted = new Date(instant + 9 * 60 * 60 * 1000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

/** `2026-12-01T21:30` (Tokyo) or with an offset, `…Z` or `…+09:00`; undefined when it is neither, or no such moment. */
export function instantOf(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (match === null) return undefined;
  const [, date = "", time = "", offset] = match;
  // A date such as 30 February rolls over to March when parsed: only one that comes back unchanged exists.
  const plain = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(plain) || new Date(plain).toISOString().slice(0, 16) !== `${date}T${time}`)
    return undefined;
  const instant = Date.parse(offset === undefined ? `${date}T${time}+09:00` : text);
  return Number.isNaN(instant) ? undefined : instant;
}
