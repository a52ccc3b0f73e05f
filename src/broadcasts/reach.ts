import { setImmediate as nextTurn } from "node:timers/promises";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { PlanStep } from "../outbox/plan-store.ts";
import type { AudienceStore } from "../residents/audience-store.ts";
import type { HeadCount } from "../residents/census/census.ts";
import type { HeadCounter } from "../residents/census/head-counter.ts";
import { explainAudience } from "../residents/explain-audience.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Addressees, split } from "./addressees.ts";

/** Ids looked at in one step of planning: about 4 ms, the event loop being given back after each. */
const idSpan = 1_000;

export interface ReachDeps {
  ward: Ward;
  sentences: Sentences;
  audiences: AudienceStore;
  heads: HeadCounter;
  deliveries: DeliveryStore;
}

export type Reach = ReturnType<typeof createReach>;

/** Who is addressed: in pages for the outbox, counted and in words for people. */
export function createReach({ ward, sentences, audiences, heads, deliveries }: ReachDeps) {
  async function page(addressees: Addressees, after: number): Promise<PlanStep> {
    const rule = split(addressees);
    if ("audience" in rule) return audiences.page(rule.audience, after, idSpan);
    const handed = await deliveries.handed(rule.recipientsOf, after, idSpan);
    const readers = await audiences.stillFollowing(handed);
    return { readers, next: handed.length < idSpan ? undefined : handed.at(-1) };
  }

  async function count(addressees: Addressees): Promise<HeadCount> {
    const rule = split(addressees);
    if ("audience" in rule) return heads.count(rule.audience);
    const total: HeadCount = { total: 0, byLanguage: {}, withoutPreferences: 0 };
    let after: number | undefined = 0;
    while (after !== undefined) {
      const step: PlanStep = await page(addressees, after);
      for (const [language, ids] of step.readers) {
        total.total += ids.length;
        total.byLanguage[language] = (total.byLanguage[language] ?? 0) + ids.length;
      }
      after = step.next;
      await nextTurn();
    }
    return total;
  }

  return {
    page,
    count,
    explain: (addressees: Addressees): { ja: string; en: string } => {
      const rule = split(addressees);
      if ("audience" in rule) return explainAudience(rule.audience, ward, sentences);
      const say = (language: string) =>
        sentences.say(language, "audience:recipientsOf", { id: rule.recipientsOf });
      return { ja: say("ja"), en: say("en") };
    },
  };
}
