import { dateFormat, numberFormat } from "../formats.ts";
import { type Page, writtenNumber } from "../page.ts";

// Dates, shares and names as the figures' pages and files write them.

const longDay = { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" } as const;
const shortDay = { timeZone: "UTC", month: "numeric", day: "numeric" } as const;
const longMonth = { timeZone: "UTC", year: "numeric", month: "short" } as const;
const shortMonth = { timeZone: "UTC", month: "short" } as const;
const longHour = { timeZone: "Asia/Tokyo", month: "numeric", day: "numeric", hour: "numeric" } as const;
const shortHour = { timeZone: "Asia/Tokyo", hour: "numeric" } as const;

/** `2026-11-20` as people write it: with the year, or short for an axis. */
export function writtenDay(page: Page, day: string, short = false): string {
  return dateFormat(page.language, short ? shortDay : longDay).format(Date.parse(`${day}T00:00:00Z`));
}

/** `2026-11` as people write it. */
export function writtenMonth(page: Page, month: string, short = false): string {
  return dateFormat(page.language, short ? shortMonth : longMonth).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}

/** The hour of an instant in Tokyo: with its day, or short for an axis. */
export function writtenHour(page: Page, at: number, short = false): string {
  return dateFormat(page.language, short ? shortHour : longHour).format(at);
}

/** How much of a whole: `12.3%`; undefined of nothing. */
export function writtenShare(page: Page, part: number, whole: number): string | undefined {
  if (whole === 0) return undefined;
  return numberFormat(page.language, { style: "percent", maximumFractionDigits: 1 }).format(part / whole);
}

/** A change with its sign; nothing before a zero. */
export function writtenChange(page: Page, change: number): string {
  return numberFormat(page.language, { signDisplay: "exceptZero" }).format(change);
}

/** `3,120人` / `3,120`. */
export function people(page: Page, count: number): string {
  return page.say("reports:people", { count: writtenNumber(page, count) });
}

/** `45秒`, `3分20秒`, `1時間5分`. */
export function writtenDuration(page: Page, ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return page.say("reports:duration.hours", { hours, minutes });
  if (minutes > 0) return page.say("reports:duration.minutes", { minutes, seconds: rest });
  return page.say("reports:duration.seconds", { seconds: rest });
}

/** A residents' language by its name; one that the ward no longer offers by its id. */
export function nameOfLanguage(page: Page, id: string): string {
  return page.ward.languages.includes(id) ? page.languageName(id) : id;
}
