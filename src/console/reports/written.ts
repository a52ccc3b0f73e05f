import { type Page, writtenNumber } from "../page.ts";

// Dates, shares and names as the figures' pages and files write them.

/** `2026-11-20` as people write it: with the year, or short for an axis. */
export function writtenDay(page: Page, day: string, short = false): string {
  const style = short
    ? ({ month: "numeric", day: "numeric" } as const)
    : ({ year: "numeric", month: "short", day: "numeric" } as const);
  return new Intl.DateTimeFormat(page.language, { timeZone: "UTC", ...style }).format(
    Date.parse(`${day}T00:00:00Z`),
  );
}

/** `2026-11` as people write it. */
export function writtenMonth(page: Page, month: string, short = false): string {
  const style = short ? ({ month: "short" } as const) : ({ year: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(page.language, { timeZone: "UTC", ...style }).format(
    Date.parse(`${month}-01T00:00:00Z`),
  );
}

/** The hour of an instant in Tokyo, with its day. */
export function writtenHour(page: Page, at: number): string {
  return new Intl.DateTimeFormat(page.language, {
    timeZone: "Asia/Tokyo",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
  }).format(at);
}

/** How much of a whole: `12.3%`; undefined of nothing. */
export function writtenShare(page: Page, part: number, whole: number): string | undefined {
  if (whole === 0) return undefined;
  return new Intl.NumberFormat(page.language, { style: "percent", maximumFractionDigits: 1 }).format(
    part / whole,
  );
}

/** A change with its sign; nothing before a zero. */
export function writtenChange(page: Page, change: number): string {
  return new Intl.NumberFormat(page.language, { signDisplay: "exceptZero" }).format(change);
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
