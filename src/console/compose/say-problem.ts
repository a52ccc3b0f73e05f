import type { z } from "zod";
import type { InputProblem, Refusal } from "../../broadcasts/refusal.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Problem } from "../form-parts.tsx";
import { type Page, listed, writtenNumber } from "../page.ts";

/** Why an act was not done, each reason in a sentence of its own that names the field as the page does. */
export function sayRefusal(refusal: Refusal, page: Page, sentences: Sentences): string[] {
  const { say } = page;
  switch (refusal.refused) {
    case "invalid":
      return refusal.problems.map((problem) => sayProblem(problem, page, sentences));
    case "wrong_state":
      return [say("refused.wrong_state", { state: say(`state.${refusal.state}`) })];
    case "translations_missing": {
      const languages = Object.entries(refusal.languages).map(([language, residents]) =>
        say("refused.language", {
          language: page.languageName(language),
          residents: writtenNumber(page, residents),
        }),
      );
      return [say("refused.translations_missing", { languages: listed(page, languages) })];
    }
    case "outside_section": {
      const categories = refusal.categories.map((id) => page.ward.name("categories", id, page.language));
      return [
        ...(categories.length === 0
          ? []
          : [say("sections:refused.categories", { categories: listed(page, categories) })]),
        ...(refusal.everyone ? [say("sections:refused.everyone")] : []),
      ];
    }
    default:
      return [say(`refused.${refusal.refused}`)];
  }
}

/** The same for the form, whose fields are named so that each sentence can lead to its own. */
export function problemsOf(refusal: Refusal, page: Page, sentences: Sentences): Problem[] {
  if (refusal.refused !== "invalid") return sayRefusal(refusal, page, sentences).map((text) => ({ text }));
  return refusal.problems.map((problem) => {
    const at = placeOf(problem.field);
    return { text: sayProblem(problem, page, sentences), ...(at === undefined ? {} : { at }) };
  });
}

/** What a part of a notice is called in the form. */
const parts: Record<string, string> = {
  title: "title",
  body: "body",
  "link.label": "linkLabel",
  "link.url": "linkUrl",
  "image.alt": "pictureAlt",
  "place.name": "placeName",
  "place.address": "placeAddress",
};

/** `contents.en.title` → the id of that field. */
function placeOf(field: string): string | undefined {
  const [first = "", language = "", ...rest] = field.split(".");
  const part = parts[rest.join(".")];
  if (first === "contents")
    return part === undefined ? (language === "" ? "texts" : "f-point") : `f-${part}.${language}`;
  return { title: "f-title", audience: "to", sendAt: "f-sendAt", repeat: "when" }[first];
}

/** What the API says in its own terms and the form in those of its fields. */
const saidOtherwise = new Set([
  "empty",
  "too_long",
  "bad_url",
  "audience_empty",
  "months_reversed",
  "bad_cron",
  "never",
  "no_contents",
]);

function sayProblem(problem: InputProblem, page: Page, sentences: Sentences): string {
  const { field, code } = problem;
  const {
    limit = 0,
    actual = 0,
    value = "",
  } = problem as { limit?: number; actual?: number; value?: string };
  const retired = code === "retired_id" && (field.includes("categories") ? "categories" : "districts");
  const values = {
    field: fieldName(field, page),
    limit,
    actual,
    value: retired === false ? value : page.ward.name(retired, value, page.language),
  };
  if (saidOtherwise.has(code)) return page.say(`compose:invalid.${code}`, values);
  return sentences.say(page.language, `problems:fields.${code}`, values);
}

/** `contents.en.title` → "English: heading". */
function fieldName(field: string, page: Page): string {
  const { say, ward } = page;
  const [first = "", language = "", ...rest] = field.split(".");
  if (first === "contents" && ward.languages.includes(language))
    return say("field.text", {
      language: page.languageName(language),
      field: say(`field.${inText(rest.join("."))}`),
    });
  const known = ["title", "audience", "sendAt", "repeat"].find((each) => each === first);
  return say(`field.${known ?? "other"}`);
}

/** The title of a text is its heading; the subject is that of the whole notice. */
function inText(part: string): string {
  return part === "title" ? "heading" : part || "contents";
}

/** What in a form has no sensible shape at all, such as a time that is none. */
export function sayShapes(error: z.ZodError, page: Page): string[] {
  const fields = new Set(error.issues.map((issue) => fieldName(issue.path.join("."), page)));
  return [...fields].map((field) => page.say("refused.shape", { field }));
}
