import type { Sentences } from "../shared/i18n.ts";

/** How what is not meant begins in a language: 【訓練】 and its equivalents (invariant 8). */
export function drillMark(language: string, sentences: Sentences): string {
  return sentences.say(language, "alert-texts:drillMark");
}

/** The marks of these languages, each once. */
export function drillMarks(sentences: Sentences, languages: readonly string[]): string[] {
  return [...new Set(languages.map((language) => drillMark(language, sentences)))];
}

/** Whether a text begins with the mark of its language. */
export function hasDrillMark(text: string, language: string, sentences: Sentences): boolean {
  return text.trimStart().startsWith(drillMark(language, sentences));
}

export function withoutDrillMark(text: string, language: string, sentences: Sentences): string {
  return hasDrillMark(text, language, sentences)
    ? text.trimStart().slice(drillMark(language, sentences).length).trimStart()
    : text;
}
