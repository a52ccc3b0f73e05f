import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ResourceLanguage, createInstance } from "i18next";
import { projectPath } from "./project-root.ts";

/** Values for the `{{placeholders}}` of a sentence. */
export type Values = Record<string, string | number>;

/**
 * `say("en", "conversation:help.title")` returns the sentence of `locales/en/conversation.json`.
 * A key that is missing in the language throws: sentences never fall back in silence (invariant 12).
 */
export type Say = (language: string, key: string, values?: Values) => string;

export interface Sentences {
  say: Say;
  /** All strings of a list, such as the words that count as a command. */
  list(language: string, key: string): string[];
  /** The languages that have a folder in `locales/`. */
  languages: string[];
}

const localesFolder = projectPath("locales");
/** What i18next gives for a key it does not have; it would take null for "no default" and return the key itself. */
const missing = "\u0000";

/** Reads `locales/<language>/<room>.json`; the file's name is the namespace before the colon of a key. */
export function loadSentences(folder: string = localesFolder): Sentences {
  const languages = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const resources = Object.fromEntries(
    languages.map((language) => [language, readLanguage(join(folder, language))]),
  );
  const i18n = createInstance();
  void i18n.init({
    resources,
    fallbackLng: false,
    defaultNS: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    returnedObjectHandler: () => missing,
  });
  const translators = new Map(languages.map((language) => [language, i18n.getFixedT(language)]));

  const look = (language: string, key: string, values: Record<string, unknown>): unknown => {
    const translate = translators.get(language);
    const found: unknown = translate?.(key, { ...values, defaultValue: missing });
    if (found === missing || found === undefined)
      throw new Error(`locales/${language} has no sentence "${key}".`);
    return found;
  };
  // Looking a sentence up takes 20 µs, and a page of the staff says hundreds: those without values are remembered.
  const remembered = new Map<string, string>();
  const sayPlainly = (language: string, key: string): string => {
    const id = `${language} ${key}`;
    const known = remembered.get(id) ?? String(look(language, key, {}));
    remembered.set(id, known);
    return known;
  };
  return {
    languages,
    say: (language, key, values) =>
      values === undefined ? sayPlainly(language, key) : String(look(language, key, values)),
    list: (language, key) => {
      const found = look(language, key, { returnObjects: true });
      return Array.isArray(found) ? found.map(String) : [String(found)];
    },
  };
}

function readLanguage(folder: string): ResourceLanguage {
  const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -".json".length),
      JSON.parse(readFileSync(join(folder, name), "utf8")),
    ]),
  );
}
