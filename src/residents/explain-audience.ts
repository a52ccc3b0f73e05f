import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Audience } from "./audience.ts";

/** The languages staff read; every rule is explained in each. */
export const staffLanguages = ["ja", "en"] as const;
export type StaffLanguage = (typeof staffLanguages)[number];

/** The rule as one sentence in Japanese and one in English, as staff read it before they send. */
export function explainAudience(
  audience: Audience,
  ward: Ward,
  { say }: Sentences,
): Record<StaffLanguage, string> {
  const explain = (language: StaffLanguage): string => {
    if (audience.everyone === true) return say(language, "audience:everyone");
    const join = (names: string[]) =>
      names.map((name) => say(language, "audience:name", { name })).join(say(language, "audience:or"));
    const parts: string[] = [];
    if (audience.categories !== undefined) {
      const names = audience.categories.anyOf.map((id) => ward.name("categories", id, language));
      parts.push(say(language, "audience:categories", { names: join(names) }));
    }
    if (audience.districts !== undefined) {
      const names = audience.districts.anyOf.map((id) => ward.name("districts", id, language));
      const or = audience.districts.orNone === true ? "districtsOrNone" : "districts";
      parts.push(say(language, `audience:${or}`, { names: join(names) }));
    }
    if (audience.children !== undefined) {
      const { bornFrom, bornTo } = audience.children;
      parts.push(say(language, "audience:children", { from: bornFrom, to: bornTo }));
    }
    if (audience.languages !== undefined) {
      const names = audience.languages.anyOf.map((id) => say(id, "conversation:language.ownName"));
      parts.push(say(language, "audience:languages", { names: join(names) }));
    }
    const rule = say(language, "audience:rule", { parts: parts.join(say(language, "audience:and")) });
    const included = audience.includeWithoutPreferences === true && asksPreferences(audience);
    return included ? `${rule}${say(language, "audience:includingUndecided")}` : rule;
  };
  return { ja: explain("ja"), en: explain("en") };
}

/** Whether the rule has a part that only residents who chose something can fulfil. */
export function asksPreferences(audience: Audience): boolean {
  return (
    audience.categories !== undefined || audience.districts !== undefined || audience.children !== undefined
  );
}
