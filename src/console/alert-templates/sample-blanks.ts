import type { Blank, Blanks, Template } from "../../alerts/templates/template.ts";
import { tokyoDate } from "../../shared/tokyo.ts";

/** What stands in the blanks while nobody has filled them: enough to see how long a card gets. */
export function sampleBlanks({ blanks }: Template, shelters: readonly string[], now: number): Blanks {
  const filled = blanks.flatMap((blank): [string, Blanks[string]][] => {
    const value = sampleOf(blank, shelters, now);
    return value === undefined ? [] : [[blank.id, value]];
  });
  return Object.fromEntries(filled);
}

function sampleOf(
  { type, preset, options = {}, label, maxLength }: Blank,
  shelters: readonly string[],
  now: number,
): Blanks[string] | undefined {
  if (preset !== undefined) return undefined;
  switch (type) {
    case "shelters":
      return shelters.length === 0 ? undefined : shelters.slice(0, 2);
    case "time":
      return `${tokyoDate(now)}T21:30`;
    case "choice":
      return Object.keys(options)[0];
    case "hazard":
      return "heavyRain4";
    case "number":
      return "3";
    case "phone":
      return "03-0000-0000";
    case "url":
      return "https://www.example.lg.jp/";
    case "text":
      return `〔${label.ja}〕`.slice(0, maxLength);
  }
}
