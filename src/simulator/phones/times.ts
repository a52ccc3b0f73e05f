import type { PageLanguage } from "./words.ts";

// Made once: making a formatter takes a thousand times longer than using it.
const timeZone = "Asia/Tokyo";
const minutes = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "numeric", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "medium" });
const days = new Intl.DateTimeFormat("sv-SE", { timeZone });
const dayNames = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone, month: "long", day: "numeric", weekday: "short" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone, month: "short", day: "numeric", weekday: "short" }),
};

const withoutZero = (time: string) => time.replace(/^0(?=\d:)/, "");

/** "9:41", in Tokyo, as phones show it. */
export const clockTime = (at: number): string => withoutZero(minutes.format(at));

/** "9:41:07" */
export const preciseTime = (at: number): string => withoutZero(seconds.format(at));

/** "11月20日(金)" */
export const dayName = (at: number, language: PageLanguage): string => dayNames[language].format(at);

/** "2026-11-20", to tell days apart. */
export const dayKey = (at: number): string => days.format(at);
