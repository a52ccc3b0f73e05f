import { type Contents, type Notice, contentLimits } from "../../messages/contents.ts";
import { drillMark, withoutDrillMark } from "../../messages/drill-mark.ts";
import { shorten } from "../../messages/flex.ts";
import { levelWords } from "../../messages/level-words.ts";
import { momentInFull } from "../../messages/moment-in-words.ts";
import { contentFor } from "../../messages/render-notice.ts";
import type { Mode } from "../../outbox/order.ts";
import { retiredOf } from "../../shared/ward/catalogue.ts";
import {
  type BlankProblem,
  type BlankWords,
  type WordDeps,
  cleanText,
  noWords,
  readBlank,
} from "./blank-words.ts";
import { expand, expandLines } from "./placeholders.ts";
import type { Blanks, Template, TemplateTexts } from "./template.ts";

export type { BlankProblem } from "./blank-words.ts";

export interface FillGiven {
  blanks: Blanks;
  /** Undefined: the whole ward. */
  districts?: readonly string[] | undefined;
  issuedAt: number;
  expiresAt: number;
  mode: Mode;
  /** Of a follow-up: what the alert that it follows said. */
  original?: { contents: Contents };
}

export interface Filled {
  /** For staff: that of the ward's language. */
  title: string;
  /** The template's, but for causes that the five levels are not for. */
  level: number | undefined;
  contents: Contents;
  /** By language, the ids of the blanks that stand there in another language, marked so. */
  untranslated: Record<string, string[]>;
}

/**
 * Fills the blanks in every language of the ward that the template has a text for; the others fall back in the order the
 * ward declares (invariant 12). What it gives passes `contentProblems` and `sizeProblems` whatever was typed.
 */
export function fillTemplate(
  template: Template,
  given: FillGiven,
  deps: WordDeps,
): Filled | { problems: BlankProblem[] } {
  const { ward } = deps;
  const { words, problems } = readBlanks(template, given.blanks, deps);
  problems.push(...districtProblems(given.districts, deps));
  const languages = ward.languages.filter((language) => Object.hasOwn(template.texts, language));
  if (languages.length === 0) problems.push({ field: "template", code: "no_text" });
  if (problems.length > 0) return { problems };

  const level = levelOf(template, given.blanks);
  const contents: Contents = {};
  const untranslated: Record<string, string[]> = {};
  for (const language of languages) {
    const texts = template.texts[language];
    if (texts === undefined) continue;
    contents[language] = noticeIn(language, texts, { words, given, level, deps });
    const foreign = [...words].flatMap(([id, each]) => (each.untranslated(language) ? [id] : []));
    if (foreign.length > 0) untranslated[language] = foreign;
  }
  const title = ward.fallbacks(ward.mainLanguage).flatMap((each) => contents[each]?.title ?? [])[0] ?? "";
  return { title, level, contents, untranslated };
}

/** Earthquakes, tsunami and fires have no alert level, though the order to leave is called the same (fact sheet 1.6, 3). */
export function levelOf({ level, levelNotFor }: Template, blanks: Blanks): number | undefined {
  if (levelNotFor === undefined) return level;
  const chosen = Object.hasOwn(blanks, levelNotFor.blank) ? blanks[levelNotFor.blank] : undefined;
  return typeof chosen === "string" && levelNotFor.options.includes(chosen) ? undefined : level;
}

function readBlanks(template: Template, blanks: Blanks, deps: WordDeps) {
  const words = new Map<string, BlankWords>();
  const problems: BlankProblem[] = Object.keys(blanks)
    .filter((id) => !template.blanks.some((blank) => blank.id === id))
    .slice(0, 20)
    .map((id) => ({ field: `blanks.${id.slice(0, 60)}`, code: "unknown_blank" }));
  for (const blank of template.blanks) {
    const given = Object.hasOwn(blanks, blank.id) ? blanks[blank.id] : undefined;
    const read = readBlank(blank, given, deps);
    if ("code" in read) problems.push({ field: `blanks.${blank.id}`, ...read });
    else words.set(blank.id, read);
  }
  return { words, problems };
}

function districtProblems(districts: readonly string[] | undefined, { ward }: WordDeps): BlankProblem[] {
  if (districts === undefined) return [];
  // Nowhere is not everywhere: an empty list is a mistake that must not become the whole ward.
  if (districts.length === 0) return [{ field: "districts", code: "required" }];
  const retired = retiredOf(ward.catalogue).districts;
  return [...new Set(districts)]
    .filter((id) => !ward.districts.includes(id))
    .slice(0, 20)
    .map((id) => ({
      field: "districts",
      code: retired.includes(id) ? "retired_id" : "unknown_id",
      value: id.slice(0, 100),
    }));
}

interface Filling {
  words: Map<string, BlankWords>;
  given: FillGiven;
  level: number | undefined;
  deps: WordDeps;
}

function noticeIn(language: string, texts: TemplateTexts, filling: Filling): Notice {
  const wordsFor = wordsIn(language, filling);
  const { sentences } = filling.deps;
  const drill = filling.given.mode !== "live";
  const mark = drill ? drillMark(language, sentences) : "";
  const named = expand(texts.title, wordsFor).replaceAll(/\s+/g, " ").trim();
  // What an alert said, said anew with other blanks, must not look like a second alert.
  const isAgain = filling.given.original !== undefined && !named.startsWith("【");
  const title = isAgain ? `${sentences.say(language, "alert-texts:updateMark")}${named}` : named;
  const body = expandLines(texts.body, wordsFor);
  const said = drill ? `${mark} ${sentences.say(language, "alert-texts:drillLine")}\n\n${body}` : body;
  const link = linkOf(texts, wordsFor);
  return {
    title: shorten(`${mark}${title}`, contentLimits.title),
    body: shorten(said, contentLimits.body),
    ...(link === undefined ? {} : { link }),
  };
}

/** A link whose address was left empty is left out. */
function linkOf({ link }: TemplateTexts, wordsFor: (name: string) => string): Notice["link"] {
  if (link === undefined) return undefined;
  const url = expand(link.url, wordsFor);
  const fits = /^https:\/\/./.test(url) || /^tel:\+?[0-9]/.test(url);
  return fits && URL.canParse(url) ? { label: link.label, url } : undefined;
}

function wordsIn(language: string, { words, given, level, deps }: Filling): (name: string) => string {
  const { ward, sentences } = deps;
  const say = (key: string, values?: Record<string, string>) =>
    sentences.say(language, `alert-texts:${key}`, values);
  const builtIn: Record<string, () => string> = {
    ward: () => ward.wardName(language),
    districts: () =>
      given.districts === undefined
        ? say("wholeWard", { ward: ward.wardName(language) })
        : [...new Set(given.districts)]
            .map((id) => ward.name("districts", id, language))
            .join(say("separator")),
    issuedAt: () => momentInFull(sentences, language, given.issuedAt),
    expiresAt: () => momentInFull(sentences, language, given.expiresAt),
    level: () => (level === undefined ? "" : levelWords(level, language, sentences)),
    original: () => originalTitle(language, given, deps),
    hotline: () => ward.profile.disaster.hotline ?? ward.profile.contact.phone,
  };
  return (name) => {
    const [id = "", part = ""] = name.split(".");
    if (id === "link") return ward.profile.disaster.links.find((link) => link.id === part)?.url ?? "";
    const found = words.get(id);
    if (found !== undefined) return part === "official" ? (found.official ?? "") : found.in(language);
    return (Object.hasOwn(builtIn, id) ? builtIn[id] : noWords.in)?.(language) ?? "";
  };
}

function originalTitle(language: string, { original }: FillGiven, { ward, sentences }: WordDeps): string {
  const found = contentFor(original?.contents ?? {}, ward.fallbacks(language));
  if (found === undefined) return "";
  // The follow-up begins with a mark of its own.
  return cleanText(withoutDrillMark(found.content.title, found.writtenIn, sentences));
}
