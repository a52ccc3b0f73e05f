import { asciiUrl, contentLimits } from "../../messages/contents.ts";
import { momentInFull } from "../../messages/moment-in-words.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { officialName } from "./official-name.ts";
import { readInstant } from "./read-instant.ts";
import type { Blank, Blanks } from "./template.ts";

export interface BlankProblem {
  /** `blanks.<id>`, `districts`, or `template`. */
  field: string;
  code:
    | "required"
    | "unknown_blank"
    | "unknown_id"
    | "retired_id"
    | "bad_time"
    | "too_long"
    | "bad_number"
    | "bad_url"
    | "bad_phone"
    | "wrong_type"
    | "no_text";
  limit?: number;
  actual?: number;
  value?: string;
}

/** What stands for one blank, language by language. */
export interface BlankWords {
  in(language: string): string;
  /** Of an official name: in Japanese with its reading. */
  official?: string;
  /** Whether it stands in that language in another one, and is marked so. */
  untranslated(language: string): boolean;
}

export interface WordDeps {
  ward: Ward;
  sentences: Sentences;
}

type Given = Blanks[string];
type Read = BlankWords | Omit<BlankProblem, "field">;

/** More names would not be read on a phone. */
const mostShelters = 40;
const sheltersWithAddress = 10;

export const noWords: BlankWords = { in: () => "", untranslated: () => false };
const sameEverywhere = (text: string): BlankWords => ({ in: () => text, untranslated: () => false });
const byLanguage = (words: (language: string) => string): BlankWords => ({
  in: words,
  untranslated: () => false,
});

/** Reads what was given for a blank; a blank left empty becomes no words. */
export function readBlank(blank: Blank, given: Given | undefined, deps: WordDeps): Read {
  const value = given === undefined || given === "" ? presetOf(blank) : given;
  const read = value === undefined ? noWords : readers[blank.type](blank, value, deps);
  if (blank.required && read === noWords) return { code: "required" };
  return read;
}

function presetOf({ type, preset }: Blank): Given | undefined {
  if (preset === undefined || preset === "") return undefined;
  return type === "shelters" ? preset.split(",") : preset;
}

const readers: Record<Blank["type"], (blank: Blank, given: Given, deps: WordDeps) => Read> = {
  shelters: (_, given, { ward, sentences }) => {
    const ids = typeof given === "string" ? [given] : given;
    if (!Array.isArray(ids)) return { code: "wrong_type" };
    const wanted = [...new Set(ids)];
    const stranger = wanted.find((id) => !ward.shelters.some((shelter) => shelter.id === id));
    if (stranger !== undefined) return { code: "unknown_id", value: quoted(stranger) };
    if (wanted.length > mostShelters) return { code: "too_long", limit: mostShelters, actual: wanted.length };
    return wanted.length === 0 ? noWords : byLanguage(shelterWords(wanted, ward, sentences));
  },
  time: (_, given, { sentences }) => {
    if (typeof given !== "string") return { code: "wrong_type" };
    const instant = readInstant(given);
    if (instant === undefined) return { code: "bad_time", value: quoted(given) };
    return byLanguage((language) => momentInFull(sentences, language, instant));
  },
  choice: ({ options = {} }, given, { ward }) => {
    if (typeof given !== "string") return { code: "wrong_type" };
    const words = Object.hasOwn(options, given) ? options[given] : undefined;
    if (words === undefined) return { code: "unknown_id", value: quoted(given) };
    return byLanguage((language) => firstOf(words, ward.fallbacks(language))?.text ?? given);
  },
  hazard: (blank, given, deps) => {
    if (typeof given !== "string") return readers.text(blank, given, deps);
    if (given.length > blank.maxLength)
      return { code: "too_long", limit: blank.maxLength, actual: given.length };
    const known = officialName(given, deps.sentences);
    if (known === undefined) return readers.text(blank, given, deps);
    return { ...byLanguage(known.in), official: known.withReading };
  },
  number: (_, given) => {
    const text = typeof given === "number" ? String(given) : given;
    if (typeof text !== "string") return { code: "wrong_type" };
    return /^-?\d{1,9}(\.\d{1,3})?$/.test(text)
      ? sameEverywhere(text)
      : { code: "bad_number", value: quoted(text) };
  },
  phone: (_, given) => {
    if (typeof given !== "string") return { code: "wrong_type" };
    return /^\+?[0-9][0-9-]{1,19}$/.test(given)
      ? sameEverywhere(given)
      : { code: "bad_phone", value: quoted(given) };
  },
  url: (_, given) => {
    if (typeof given !== "string") return { code: "wrong_type" };
    if (given.length > contentLimits.linkUrl)
      return { code: "too_long", limit: contentLimits.linkUrl, actual: given.length };
    const url = URL.canParse(given) ? asciiUrl(given) : "";
    if (!url.startsWith("https://") || /[\s<>"\\^`{|}]/.test(given))
      return { code: "bad_url", value: quoted(given) };
    return url.length > contentLimits.linkUrl
      ? { code: "too_long", limit: contentLimits.linkUrl, actual: url.length }
      : sameEverywhere(url);
  },
  text: ({ maxLength }, given, { ward, sentences }) => {
    if (typeof given !== "string" && (typeof given !== "object" || Array.isArray(given)))
      return { code: "wrong_type" };
    const texts = typeof given === "string" ? { [ward.mainLanguage]: given } : given;
    const kept: Record<string, string> = {};
    for (const [language, text] of Object.entries(texts)) {
      if (!ward.languages.includes(language)) return { code: "unknown_id", value: quoted(language) };
      if (text.length > maxLength) return { code: "too_long", limit: maxLength, actual: text.length };
      const clean = cleanText(text);
      if (clean !== "") kept[language] = clean;
    }
    return Object.keys(kept).length === 0 ? noWords : freeText(kept, ward, sentences);
  },
};

/** In the language it was written in as it is; elsewhere with a mark, rather than guessed. */
function freeText(texts: Record<string, string>, ward: Ward, sentences: Sentences): BlankWords {
  const found = (language: string) => firstOf(texts, ward.fallbacks(language));
  // A number or a time of day is the same in every language.
  const isForeign = (language: string) => {
    const read = found(language);
    return read !== undefined && read.writtenIn !== language && /\p{L}/u.test(read.text);
  };
  return {
    in: (language) => {
      const read = found(language);
      if (read === undefined) return "";
      if (!isForeign(language)) return read.text;
      return `${read.text} ${sentences.say(language, `alert-texts:untranslated.${read.writtenIn}`)}`;
    },
    untranslated: isForeign,
  };
}

export function firstOf(
  texts: Record<string, string>,
  languages: readonly string[],
): { text: string; writtenIn: string } | undefined {
  for (const writtenIn of languages) {
    const text = Object.hasOwn(texts, writtenIn) ? texts[writtenIn] : undefined;
    if (text !== undefined) return { text, writtenIn };
  }
  return undefined;
}

function shelterWords(ids: string[], ward: Ward, sentences: Sentences): (language: string) => string {
  return (language) =>
    ids
      .map((id) => {
        const { name = id, address = "" } = ward.shelter(id, language) ?? {};
        return address === "" || ids.length > sheltersWithAddress
          ? name
          : sentences.say(language, "alert-texts:place", { name, address });
      })
      .join(sentences.say(language, "alert-texts:separator"));
}

/**
 * What may stand in a message of what somebody typed: no control characters, none that turn the direction of writing, no
 * half characters, and nothing that looks like a placeholder.
 */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/[^\P{Cc}\n]/gu, " ")
    .replaceAll(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, "")
    .replaceAll(/\p{Surrogate}/gu, "")
    .replaceAll("{{", "｛｛")
    .replaceAll("}}", "｝｝")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

function quoted(value: string): string {
  return value.slice(0, 100);
}
