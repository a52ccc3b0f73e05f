import type { AlertProblem, AlertRefusal } from "../../alerts/refusal.ts";
import type { Template } from "../../alerts/templates/template.ts";
import type { Problem } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { idOfBlank } from "./blank-fields.tsx";

/** Why an act on an alert was not done, in one sentence. */
export function sayAlertRefusal({ say }: Page, refusal: AlertRefusal): string {
  if (refusal.refused === "wrong_state" && refusal.state === "cancelled")
    return say("alerts:refused.discarded");
  if (refusal.refused === "wrong_state" && ["approved", "sending", "sent"].includes(refusal.state))
    return say("alerts:refused.confirmed");
  if (refusal.refused === "wrong_state")
    return say("alerts:refused.wrong_state", { state: say(`state.${refusal.state}`) });
  return say(`alerts:refused.${refusal.refused}`);
}

/** What is wrong with a form: said at its top, each with the field it is mended in, and once more at the field itself. */
export interface FormProblems {
  all: Problem[];
  /** By the id of a blank. */
  blanks: Map<string, string>;
}

export const noProblems: FormProblems = { all: [], blanks: new Map() };

export function problemsIn(page: Page, refusal: AlertRefusal, template: Template | undefined): FormProblems {
  if (refusal.refused !== "invalid")
    return { all: [{ text: sayAlertRefusal(page, refusal) }], blanks: new Map() };
  const blanks = new Map<string, string>();
  const all = refusal.problems.map((problem) => {
    const id = problem.field.startsWith("blanks.") ? problem.field.slice("blanks.".length) : undefined;
    const text = sayProblem(page, problem, template);
    if (id !== undefined && !blanks.has(id)) blanks.set(id, text);
    return { text, at: id === undefined ? placeOf(problem.field) : idOfBlank(id) };
  });
  return { all, blanks };
}

function placeOf(field: string): string {
  return { districts: "where", expiresAt: "f-expiresAt" }[field] ?? "template";
}

function sayProblem({ say, language }: Page, problem: AlertProblem, template: Template | undefined): string {
  const { field, code } = problem;
  const blank = template?.blanks.find(({ id }) => field === `blanks.${id}`);
  const name = ["districts", "expiresAt", "template"].find((each) => each === field);
  const {
    limit = 0,
    actual = 0,
    value = "",
  } = problem as { limit?: number; actual?: number; value?: string };
  return say(`alerts:invalid.${code}`, {
    field: blank?.label[language] ?? (name === undefined ? field : say(`alerts:field.${name}`)),
    limit,
    actual,
    value,
  });
}
