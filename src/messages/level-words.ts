import type { Sentences } from "../shared/i18n.ts";

/**
 * 「警戒レベル４」 in a language. The agency's dictionary has another word for levels 4 and 5 than for those below in
 * Korean; official names in Japanese are written with wide digits (fact sheet, sections 3 and 5).
 */
export function levelWords(level: number, language: string, sentences: Sentences): string {
  const digits = language.startsWith("ja") ? String.fromCodePoint(0xff10 + level) : String(level);
  return sentences.say(language, `alert-texts:level.${level < 4 ? "low" : "high"}`, { level: digits });
}
