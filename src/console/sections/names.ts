import type { Person, Section } from "../../staff/section-store.ts";
import type { Page } from "../page.ts";

/** What a section is called in the language of the page. */
export function sectionName({ language }: Page, { nameJa, nameEn }: Section): string {
  return language === "ja" ? nameJa : nameEn;
}

/** Names of categories, in the language of the page. */
export function categoryNames({ ward, language }: Page, ids: readonly string[]): string[] {
  return ids.map((id) => ward.name("categories", id, language));
}

/** `広報 はな（作成者）`. */
export function personName({ say, language }: Page, { name, roles }: Person): string {
  const named = roles.map((role) => say(`staff:role.${role}`)).join(language === "ja" ? "・" : ", ");
  return say("sections:person", { name, roles: named });
}
