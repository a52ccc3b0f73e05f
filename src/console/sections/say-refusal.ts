import { type SectionRefusal, longestSectionName } from "../../staff/sections.ts";
import type { Page } from "../page.ts";

/** Why a section was not kept as asked, each reason in a sentence. */
export function saySectionRefusal(refusal: SectionRefusal, { say }: Page): string[] {
  if (refusal.refused !== "invalid") return [say(`sections:refused.${refusal.refused}`)];
  const sentences = refusal.problems.map(({ field, code, actual = 0 }) =>
    say(`sections:problem.${code}`, {
      field: say(`sections:field.${field}`),
      limit: longestSectionName,
      actual,
    }),
  );
  return [...new Set(sentences)];
}
