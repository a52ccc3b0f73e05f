import { tokyoZone } from "../shared/tokyo.ts";

// Making a formatter takes as long as a hundred uses of it: a file of 5,000 lines would take a second.
const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

/** How people who read a language write instants, in Tokyo's time unless the options say otherwise. */
export function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const format =
    dateFormats.get(key) ?? new Intl.DateTimeFormat(language, { timeZone: tokyoZone, ...options });
  dateFormats.set(key, format);
  return format;
}

export function numberFormat(language: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  const format = numberFormats.get(key) ?? new Intl.NumberFormat(language, options);
  numberFormats.set(key, format);
  return format;
}
