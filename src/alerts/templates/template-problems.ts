import { placeholdersIn, builtIns } from "./placeholders.ts";
import type { Template, TemplateTexts } from "./template.ts";

/** Something about a template that would be wrong in a message; said to whoever wrote it. */
export interface TemplateProblem {
  /** `texts.en.body`, `blanks.cause` … */
  field: string;
  code:
    | "unknown_placeholder"
    | "other_placeholders"
    | "half_placeholder"
    | "unused_blank"
    | "twice"
    | "missing_words"
    | "bad_preset"
    | "bad_link"
    | "abolished_name"
    | "no_text"
    | "too_long";
  value?: string;
}

/** Names that the law abolished in 2021; whoever reads one must not be told so again (fact sheet, section 3). */
const abolished = ["避難勧告", "避難準備", "災害発生情報"];
/** Whoever relays something says when its issuer issued it; the other built-in words are not to be given. */
const reserved = new Set<string>([...builtIns.filter((name) => name !== "issuedAt"), "link"]);
const linkSchemes = /^(https:\/\/|tel:|\{\{[a-zA-Z][\w.-]*\}\}$)/;

/** Everything that makes a template unfit for being filled, in any of its languages. */
export function templateProblems(template: Template): TemplateProblem[] {
  const languages = Object.keys(template.texts);
  if (languages.length === 0) return [{ field: "texts", code: "no_text" }];
  return [
    ...languages.flatMap((language) => textProblems(template, language)),
    ...sameBlanksProblems(template),
    ...blankProblems(template),
  ];
}

function textProblems({ blanks, texts }: Template, language: string): TemplateProblem[] {
  const text = texts[language];
  if (text === undefined) return [];
  const at = (part: string) => `texts.${language}.${part}`;
  const known = new Set<string>([...builtIns, "link", ...blanks.map(({ id }) => id)]);
  const problems: TemplateProblem[] = [];
  for (const [part, words] of partsOf(text)) {
    for (const name of placeholdersIn(words))
      if (!known.has(base(name)))
        problems.push({ field: at(part), code: "unknown_placeholder", value: name });
    if (/\{\{|\}\}/.test(words.replaceAll(/\{\{[a-zA-Z][\w.-]*\}\}/g, "")))
      problems.push({ field: at(part), code: "half_placeholder" });
    for (const name of abolished)
      if (words.includes(name)) problems.push({ field: at(part), code: "abolished_name", value: name });
  }
  if (text.link !== undefined && !isLink(text.link.url))
    problems.push({ field: at("link.url"), code: "bad_link", value: text.link.url });
  if (text.link !== undefined && placeholdersIn(text.link.label).length > 0)
    problems.push({ field: at("link.label"), code: "unknown_placeholder" });
  return problems;
}

/** As what is sent must be: https or a telephone number, with nothing in it that LINE refuses. */
function isLink(url: string): boolean {
  const filled = url.replaceAll(/\{\{[a-zA-Z][\w.-]*\}\}/g, "0");
  return (
    linkSchemes.test(url) && (filled === "0" || (URL.canParse(filled) && !/[\s<>"\\^`{|}]/.test(filled)))
  );
}

/** What was typed must reach every reader: each language says the same blanks, however it says them. */
function sameBlanksProblems({ texts }: Template): TemplateProblem[] {
  const said = Object.entries(texts).map(([language, text]) => ({ language, names: namesIn(text) }));
  const first = said[0];
  return said
    .filter(({ names }) => names !== first?.names)
    .map(({ language, names }) => ({
      field: `texts.${language}`,
      code: "other_placeholders" as const,
      value: names,
    }));
}

function blankProblems({ blanks, texts, levelNotFor }: Template): TemplateProblem[] {
  const used = new Set(Object.values(texts).flatMap((text) => namesIn(text).split(" ")));
  const problems: TemplateProblem[] = [];
  for (const { id, type, options, preset } of blanks) {
    const field = `blanks.${id}`;
    if (blanks.filter((each) => each.id === id).length > 1 || reserved.has(id))
      problems.push({ field, code: "twice" });
    if (!used.has(id)) problems.push({ field, code: "unused_blank" });
    if ((type === "choice") !== (options !== undefined)) problems.push({ field, code: "missing_words" });
    for (const [option, words] of Object.entries(options ?? {}))
      for (const language of Object.keys(texts))
        if (!Object.hasOwn(words, language))
          problems.push({ field: `${field}.${option}`, code: "missing_words", value: language });
    if (preset !== undefined && options !== undefined && !Object.hasOwn(options, preset))
      problems.push({ field, code: "bad_preset", value: preset });
  }
  const withLevel = blanks.find(({ id }) => id === levelNotFor?.blank);
  for (const option of levelNotFor?.options ?? [])
    if (!Object.hasOwn(withLevel?.options ?? {}, option))
      problems.push({ field: "levelNotFor", code: "missing_words", value: option });
  return problems;
}

function partsOf({ title, body, link }: TemplateTexts): [string, string][] {
  return [
    ["title", title],
    ["body", body],
    ...(link === undefined ? [] : [["link.url", link.url] as [string, string]]),
  ];
}

/** `name.official` says the name. */
function base(name: string): string {
  return name.split(".")[0] ?? name;
}

function namesIn(text: TemplateTexts): string {
  const names = partsOf(text).flatMap(([, words]) => placeholdersIn(words).map(base));
  return [...new Set(names)].toSorted((a, b) => a.localeCompare(b)).join(" ");
}
