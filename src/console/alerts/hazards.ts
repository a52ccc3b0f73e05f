import { hazardNames } from "../../alerts/hazard-names.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { StaffLanguage } from "../page.ts";

/** What hazards are called, by key, in the order in which they are offered. */
export function hazardsIn(sentences: Sentences, language: StaffLanguage): ReadonlyMap<string, string> {
  return new Map(hazardNames.map((key) => [key, sentences.say(language, `hazards:names.${key}`)]));
}
