import type { Problem } from "../form-parts.tsx";
import { type Page, writtenNumber } from "../page.ts";
import type { TemplateRefusal, TextProblem } from "./template-desk.ts";
import { fieldOfProblem, textParts } from "./text-form.ts";

/** Why it was not done, each reason in a sentence that leads to its field. */
export function sayTemplateRefusal(refusal: TemplateRefusal, page: Page): (Problem & { field?: string })[] {
  if (refusal.refused !== "invalid")
    return [{ text: page.say(`alert-templates-page:no.${refusal.refused}`) }];
  return refusal.problems.map((problem) => {
    const field = fieldOfProblem(problem.field);
    const text = sayProblem(problem, field, page);
    return field === undefined ? { text } : { text, field, at: `f-${field}` };
  });
}

const known = ["empty", "too_long", "bad_url", "unknown_blank", "missing_blank", "missing_language"] as const;

function sayProblem(problem: TextProblem, field: string | undefined, page: Page): string {
  const { say } = page;
  const code = known.find((each) => each === problem.code) ?? "other";
  const [part, language] = field?.split(".") ?? [];
  const name = textParts.find((each) => each === part);
  const where =
    name === undefined || language === undefined
      ? ""
      : say("field.text", {
          language: page.languageName(language),
          field: say(`alert-templates-page:field.${name}`),
        });
  return say(`alert-templates-page:problem.${code}`, {
    where,
    blank: problem.value ?? "",
    limit: writtenNumber(page, problem.limit ?? 0),
    actual: writtenNumber(page, problem.actual ?? 0),
  });
}
