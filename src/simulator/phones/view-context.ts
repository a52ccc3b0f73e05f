import type { Sentences } from "../../shared/i18n.ts";
import { type PageLanguage, type Words, wordsIn } from "./words.ts";

type Theme = "light" | "dark";

/** What every part of a page needs to be drawn. */
export interface PageContext {
  language: PageLanguage;
  words: Words;
  theme: Theme;
  sentences: Sentences;
}

export function pageContext(sentences: Sentences, language: PageLanguage, theme: unknown): PageContext {
  return {
    sentences,
    language,
    words: wordsIn(sentences, language),
    theme: theme === "dark" ? "dark" : "light",
  };
}
