import { actsIn } from "../../broadcasts/lifecycle.ts";
import { type InputProblem, type Outcome, type Refusal, isRefusal } from "../../broadcasts/refusal.ts";
import { ApiProblem, type FieldProblem } from "../problem.ts";

/** The result, or the refusal as a problem of the API. */
export function orRefuse<T extends object>(outcome: Outcome<T>): T {
  if (isRefusal(outcome)) throw asProblem(outcome);
  return outcome;
}

function asProblem(refusal: Refusal): ApiProblem {
  switch (refusal.refused) {
    case "wrong_state": {
      const { act, kind, state } = refusal;
      const possible = actsIn({ kind, state });
      return new ApiProblem("wrong_state", {
        values: { act, state, possible: possible.length === 0 ? "–" : possible.join(", ") },
        members: { state, allowedActs: possible },
      });
    }
    case "invalid":
      return new ApiProblem("invalid", { errors: refusal.problems.map(asField) });
    case "translations_missing": {
      const { languages } = refusal;
      const named = Object.entries(languages).map(([language, residents]) => `${language} (${residents})`);
      return new ApiProblem("translations_missing", {
        values: { languages: named.join(", ") },
        members: { languages },
      });
    }
    case "outside_section": {
      const { categories, everyone } = refusal;
      return new ApiProblem("outside_section", {
        values: { categories: categories.length === 0 ? "–" : categories.join(", ") },
        members: { categories, everyone },
      });
    }
    default:
      return new ApiProblem(refusal.refused);
  }
}

function asField(problem: InputProblem): FieldProblem {
  const { kind: _, ...field } = problem;
  return field;
}
