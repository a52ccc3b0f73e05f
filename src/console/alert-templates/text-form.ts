import type { TemplateTexts } from "../../alerts/templates/template.ts";
import type { Texts } from "./kept-template.ts";

/** The texts as they were typed, whatever they are: nothing is lost when they are refused. */
export interface TextForm {
  /** The version that its writer saw. */
  version: string;
  fields: Record<string, string>;
}

export const textParts = ["title", "body", "linkLabel", "linkUrl"] as const;
export type TextPart = (typeof textParts)[number];

export function formOf(texts: Texts, languages: readonly string[], version: number): TextForm {
  const fields = languages.flatMap((id) => {
    const { title = "", body = "", link } = texts[id] ?? {};
    const parts = { title, body, linkLabel: link?.label ?? "", linkUrl: link?.url ?? "" };
    return textParts.map((part) => [`${part}.${id}`, parts[part]] as const);
  });
  return { version: String(version), fields: Object.fromEntries(fields) };
}

/** What a browser posted; line ends as one character, as they are kept. */
export function readForm(body: unknown, languages: readonly string[]): TextForm {
  const read = (name: string): string => {
    const value: unknown = Object(body)[name];
    return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
  };
  const names = languages.flatMap((id) => textParts.map((part) => `${part}.${id}`));
  return { version: read("version"), fields: Object.fromEntries(names.map((name) => [name, read(name)])) };
}

/** As it was typed. A language of which nothing is written and which has no text yet goes without. */
export function textsOf({ fields }: TextForm, languages: readonly string[], before: Texts): Texts {
  const written = languages.flatMap((id): [string, TemplateTexts][] => {
    const [title = "", body = "", label = "", url = ""] = textParts.map((part) =>
      (fields[`${part}.${id}`] ?? "").trim(),
    );
    if (title + body + label + url === "" && before[id] === undefined) return [];
    return [[id, { title, body, ...(label + url === "" ? {} : { link: { label, url } }) }]];
  });
  return Object.fromEntries(written);
}

/** What differs from what is used: only that is proposed. */
export function changedTexts(texts: Texts, before: Texts): Texts {
  const asText = ({ title, body, link }: TemplateTexts) =>
    JSON.stringify([title, body, link?.label, link?.url]);
  return Object.fromEntries(
    Object.entries(texts).filter(([id, text]) => {
      const old = before[id];
      return old === undefined || asText(old) !== asText(text);
    }),
  );
}

/** `texts.ja.link.url` → the name of its field, `linkUrl.ja`. */
export function fieldOfProblem(field: string): string | undefined {
  const [first, language, ...rest] = field.split(".");
  const part = {
    title: "title",
    body: "body",
    link: "linkLabel",
    "link.label": "linkLabel",
    "link.url": "linkUrl",
  }[rest.join(".")];
  if (first !== "texts" || language === undefined) return undefined;
  return `${part ?? "title"}.${language}`;
}
