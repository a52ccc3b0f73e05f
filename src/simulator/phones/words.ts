import type { Request } from "express";
import type { Sentences, Values } from "../../shared/i18n.ts";

export type PageLanguage = "ja" | "en";

/** A sentence of `locales/<language>/phones.json`. */
export type Words = (key: string, values?: Values) => string;

export function wordsIn(sentences: Sentences, language: PageLanguage): Words {
  return (key, values) => sentences.say(language, `phones:${key}`, values);
}

/** The page's language: asked for in the address, else the browser's wish, else Japanese. */
export function pageLanguage(request: Request): PageLanguage {
  const asked = request.query["lang"];
  if (asked === "ja" || asked === "en") return asked;
  return request.acceptsLanguages("ja", "en") === "en" ? "en" : "ja";
}

/** What a phone itself says ("Enter a message") is in its owner's language, as far as we have it. */
export function phoneLanguage(language: string | undefined): PageLanguage {
  return language === undefined || /^ja\b/i.test(language) ? "ja" : "en";
}

/** Languages a resident of a Japanese city may have set in LINE, each named in itself. */
export const profileLanguages = [
  "ja",
  "en",
  "zh-CN",
  "zh-TW",
  "ko",
  "vi",
  "ne",
  "tl",
  "pt-BR",
  "es",
  "id",
  "my",
  "th",
  "ar",
];

export function nameOfLanguage(tag: string): string {
  return new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
}
