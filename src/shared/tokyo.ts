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
