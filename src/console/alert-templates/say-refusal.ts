import type { TemplateProblem } from "../../alerts/templates/template-problems.ts";
import type { TemplateRefusal } from "../../alerts/templates/templates.ts";
import type { Problem } from "../form-parts.tsx";
import { type Page, listed } from "../page.ts";
import { fieldOfProblem, textParts } from "./text-form.ts";

/** What the templates refuse, and what the pages do before they ask them. */
export type PageRefusal = TemplateRefusal | { refused: "nothing_changed" | "comment_missing" };

/** Why it was not done, each reason in a sentence that leads to its field. */
export function sayTemplateRefusal(refusal: PageRefusal, page: Page): (Problem & { field?: string })[] {
  if (refusal.refused !== "invalid")
    return [{ text: page.say(`alert-templates-page:no.${refusal.refused}`) }];
  return refusal.problems.map((problem) => {
    const field = fieldOfProblem(problem.field);
    const text = sayProblem(problem, field, page);
    return field === undefined ? { text } : { text, field, at: `f-${field}` };
  });
}

function sayProblem({ code, value = "" }: TemplateProblem, field: string | undefined, page: Page): string {
  const { say } = page;
  const [part, language] = field?.split(".") ?? [];
  const name = textParts.find((each) => each === part);
  const where =
    name === undefined || language === undefined
      ? ""
      : say("field.text", {
          language: page.languageName(language),
          field: say(`alert-templates-page:field.${name}`),
        });
  // The blanks that a language names, where they are not those that the others name.
  const names = code === "other_placeholders" ? listed(page, value.split(" ").map(inBraces)) : value;
  const said = code === "unknown_placeholder" ? inBraces(value) : names;
  return say(`alert-templates-page:problem.${code}`, { where, value: said });
}

function inBraces(name: string): string {
  return `{{${name}}}`;
}
