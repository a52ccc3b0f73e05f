import type { Rule, Rules } from "../../alerts/rules/rule.ts";
import { type Page, listed } from "../page.ts";

/** When a rule applies, in one sentence. */
export function conditionOf(page: Page, when: Rule["when"]): string {
  const { say } = page;
  const { kinds, minLevel, maxLevel, minSeverity, maxSeverity, minIntensity, sources, types } = when;
  const what =
    kinds === undefined
      ? say("feeds-page:when.anything")
      : listed(
          page,
          kinds.map((kind) => say(`feeds-page:kind.${kind}`)),
        );
  const bounds = [
    rangeOf(page, "level", minLevel?.toString(), maxLevel?.toString()),
    rangeOf(
      page,
      "severity",
      minSeverity === undefined ? undefined : say(`feeds-page:severity.${minSeverity}`),
      maxSeverity === undefined ? undefined : say(`feeds-page:severity.${maxSeverity}`),
    ),
    rangeOf(
      page,
      "intensity",
      minIntensity === undefined ? undefined : say(`feeds-page:intensity.${minIntensity}`),
      undefined,
    ),
    types === undefined ? undefined : say("feeds-page:when.types", { types: listed(page, types) }),
  ].filter((each) => each !== undefined);
  return say(bounds.length === 0 ? "feeds-page:when.plain" : "feeds-page:when.bounded", {
    sources: listed(
      page,
      sources.map((source) => say(`feeds-page:when.source.${source}`)),
    ),
    what,
    bounds: bounds.join(say("feeds-page:when.and")),
  });
}

function rangeOf(
  { say }: Page,
  of: "level" | "severity" | "intensity",
  from: string | undefined,
  to: string | undefined,
): string | undefined {
  if (from !== undefined && from === to) return say(`feeds-page:when.${of}.is`, { value: from });
  if (from !== undefined && to !== undefined) return say(`feeds-page:when.${of}.between`, { from, to });
  if (from !== undefined) return say(`feeds-page:when.${of}.from`, { value: from });
  return to === undefined ? undefined : say(`feeds-page:when.${of}.to`, { value: to });
}

/** What else a rule says: how old it may be, and what those who were told hear afterwards. */
export function limitsOf({ say }: Page, rule: Rule): string[] {
  if (rule.do === "nothing") return [];
  const age = say("feeds-page:limit.age", { minutes: rule.maxAgeMinutes });
  if (rule.lowered === "tell" && rule.lifted === "tell") return [age, say("feeds-page:limit.both")];
  return [
    age,
    say(`feeds-page:limit.lowered.${rule.lowered}`),
    say(`feeds-page:limit.lifted.${rule.lifted}`),
  ];
}

/** What a rule is called: its place in the order in which they are tried; one that is there no longer, by its id. */
export function ruleName({ say }: Page, { rules }: Rules, id: string): string {
  const index = rules.findIndex((rule) => rule.id === id);
  return index === -1 ? id : say("feeds-page:list.ruleNumber", { number: index + 1 });
}
