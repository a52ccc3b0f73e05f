import calendar from "@holiday-jp/holiday_jp";

const holidays: Record<string, { name: string; name_en: string } | undefined> = calendar.holidays;

/** The name of a national holiday on a day in Tokyo such as `2026-11-23`; undefined when it is none. */
export function holidayOn(day: string, language: "ja" | "en"): string | undefined {
  const found = Object.hasOwn(holidays, day) ? holidays[day] : undefined;
  return language === "ja" ? found?.name : found?.name_en;
}
