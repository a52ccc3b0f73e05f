// Time is Tokyo on screens and in schedules, UTC in storage (invariant 13). Japan has no daylight saving time.

export const tokyoZone = "Asia/Tokyo";
const offsetMs = 9 * 60 * 60 * 1000;

/** The date in Tokyo of an instant, `2026-11-20`. */
export function tokyoDate(instant: number): string {
  return new Date(instant + offsetMs).toISOString().slice(0, 10);
}

/** The hour in Tokyo of an instant, 0 to 23. */
export function tokyoHour(instant: number): number {
  return new Date(instant + offsetMs).getUTCHours();
}

/** The time of day in Tokyo of an instant, `21:30`. */
export function tokyoTime(instant: number): string {
  return new Date(instant + offsetMs).toISOString().slice(11, 16);
}

/** The instant at which a date of Tokyo begins: `2026-11-20` → 2026-11-19T15:00Z. */
export function startOfTokyoDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) - offsetMs;
}

/** The date so many days later, or earlier if negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The month so many months later, or earlier if negative: `2026-11`, -11 → `2025-12`. */
export function addMonths(month: string, months: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = year * 12 + number - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}
