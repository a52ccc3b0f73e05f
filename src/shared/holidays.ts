import holidayJp from "@holiday-jp/holiday_jp";

const holidays: Record<string, { name: string; name_en: string }> = holidayJp.holidays;

/** What the holiday on a day in Tokyo (`2026-11-23`) is called, or undefined when it is none. */
export function holidayName(day: string, language: "ja" | "en"): string | undefined {
  const found = Object.hasOwn(holidays, day) ? holidays[day] : undefined;
  return language === "ja" ? found?.name : found?.name_en;
}
