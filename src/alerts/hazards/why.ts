import type { Say } from "../../shared/i18n.ts";
import type { Reason } from "../rules/decision.ts";

/** A reason as a sentence for staff: the same on the pages and in the API. */
export function sayWhy({ code, values }: Reason, language: string, say: Say): string {
  return say(language, `hazards-why:code.${code}`, values);
}
