import { tokyoDate } from "../../shared/tokyo.ts";
import { dateFormat } from "../formats.ts";
import type { Page } from "../page.ts";

/** `12月1日(火)`, of an instant. */
export function writtenDay({ language }: Page, at: number): string {
  return dateFormat(language, { month: "long", day: "numeric", weekday: "short" }).format(at);
}

/** `9:00`, of an instant. */
export function writtenClock({ language }: Page, at: number): string {
  return dateFormat(language, { hour: "numeric", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** `12月1日(火) 9:00`, with the year when it is not this one. */
export function writtenMoment(page: Page, at: number, now: number): string {
  const sameYear = tokyoDate(at).slice(0, 4) === tokyoDate(now).slice(0, 4);
  const day = sameYear
    ? writtenDay(page, at)
    : dateFormat(page.language, {
        year: "numeric",
        month: "long",
        day: "numeric",
        weekday: "short",
      }).format(at);
  return `${day} ${writtenClock(page, at)}`;
}

/** `12月1日(火) 9:00:05`, of an instant; a dash where there is none. */
export function writtenSecond(page: Page, at: number | undefined): string {
  if (at === undefined) return "–";
  const clock = dateFormat(page.language, {
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  return `${writtenDay(page, at)} ${clock.format(at)}`;
}

/** `2026年12月`, of `2026-12`. */
export function writtenMonth({ language }: Page, month: string): string {
  return dateFormat(language, { year: "numeric", month: "long" }).format(startOfDay(`${month}-01`));
}

/** Sunday first, as Japanese calendars have it. */
export function weekdays({ language }: Page): string[] {
  const sunday = startOfDay("2026-11-01");
  const name = dateFormat(language, { weekday: "short" });
  return Array.from({ length: 7 }, (_, index) => name.format(sunday + index * dayMs));
}

export const dayMs = 24 * 60 * 60 * 1_000;

/** When a day in Tokyo such as `2026-12-01` begins. */
export function startOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00+09:00`);
}

/** 0 for Sunday. */
export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** The month so many months after `2026-12`, as `2027-01`. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}
