import type { NameProblem } from "../../catalogue/names.ts";
import type { CatalogueRefusal } from "../../catalogue/rules.ts";
import type { Page } from "../page.ts";

/** Why a change was not made, each reason in a sentence of its own. */
export function sayCatalogueRefusal(refusal: CatalogueRefusal, page: Page): string[] {
  const { say, ward, language, languageName } = page;
  switch (refusal.refused) {
    case "bad_names":
      return refusal.problems.map((problem) =>
        say("catalogue:refused.name", {
          language: languageName(problem.language),
          reason: sayNameProblem(problem, page),
        }),
      );
    case "group_full":
    case "last_of_group":
      return [
        say(`catalogue:refused.${refusal.refused}`, { group: ward.name("groups", refusal.group, language) }),
      ];
    case "last_of_bundle":
      return [
        say("catalogue:refused.last_of_bundle", { bundle: ward.name("bundles", refusal.bundle, language) }),
      ];
    default:
      return [say(`catalogue:refused.${refusal.refused}`)];
  }
}

export function sayNameProblem({ code }: NameProblem, { say }: Page): string {
  return say(`catalogue:nameProblem.${code}`);
}
