import { setImmediate as nextTurn } from "node:timers/promises";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { PlanStep } from "../outbox/plan-store.ts";
import type { Audience } from "../residents/audience.ts";
import type { AudienceStore } from "../residents/audience-store.ts";
import type { HeadCount } from "../residents/census/census.ts";
import type { HeadCounter } from "../residents/census/head-counter.ts";
import { explainAudience } from "../residents/explain-audience.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Addressees, split } from "./addressees.ts";

/** Ids looked at in one step of planning: about 4 ms, the event loop being given back after each. */
const idSpan = 1_000;
/** A step that found few looks further, for so long: where few are meant, each step is a commit for few. */
const searchMs = 3;
const enough = 500;
/** The cursor of somebody's second reading of who was handed a broadcast: below zero, -1 for its beginning. */
const again = { from: (cursor: number) => -cursor - 1, at: (id: number) => -id - 1 };

export interface ReachDeps {
  ward: Ward;
  sentences: Sentences;
  audiences: AudienceStore;
  heads: HeadCounter;
  deliveries: DeliveryStore;
  /** LINE's ids of the staff test group: those who linked their own phone. */
  testPhones: () => Promise<string[]>;
}

export type Reach = ReturnType<typeof createReach>;

/** Who is addressed: in pages for the outbox, counted and in words for people. */
export function createReach({ ward, sentences, audiences, heads, deliveries, testPhones }: ReachDeps) {
  async function search(audience: Audience, after: number): Promise<PlanStep> {
    const stopAt = performance.now() + searchMs;
    const readers: PlanStep["readers"] = new Map();
    let found = 0;
    for (let from = after; ;) {
      const step = await audiences.page(audience, from, idSpan);
      for (const [language, ids] of step.readers) {
        readers.set(language, [...(readers.get(language) ?? []), ...ids]);
        found += ids.length;
      }
      if (found >= enough || step.next === undefined || performance.now() >= stopAt)
        return { readers, next: step.next };
      from = step.next;
    }
  }

  async function handed(broadcastId: string, after: number): Promise<PlanStep> {
    const found = await deliveries.handed(broadcastId, after, idSpan);
    const readers = await audiences.stillFollowing(found);
    return { readers, next: found.length < idSpan ? undefined : found.at(-1) };
  }

  /**
   * Who was handed a broadcast, for a follow-up that was due at `dueAt`. While some of it is still under way the follow-up
   * reaches those who have it already, then waits for the rest and reads once more from the beginning: whoever is found
   * twice stands in it once (invariants 4 and 9).
   */
  async function handedSoFar(broadcastId: string, cursor: number, dueAt: number): Promise<PlanStep> {
    if (cursor < 0) {
      const step = await handed(broadcastId, again.from(cursor));
      return { ...step, next: step.next === undefined ? undefined : again.at(step.next) };
    }
    const step = await handed(broadcastId, cursor);
    if (step.next !== undefined) return step;
    const settled = await deliveries.settledWhen(broadcastId, dueAt);
    if (settled === "before") return step;
    return settled === "since" ? { ...step, next: again.at(0) } : { ...step, next: cursor, wait: true };
  }

  async function page(addressees: Addressees, after: number, dueAt: number): Promise<PlanStep> {
    const rule = split(addressees);
    if ("audience" in rule) return search(rule.audience, after);
    if ("recipientsOf" in rule) return handedSoFar(rule.recipientsOf, after, dueAt);
    return { readers: await audiences.ofAddresses(await testPhones()), next: undefined };
  }

  /** Adds up the steps of a walk, giving the event loop back after each. */
  async function sum(step: (after: number) => Promise<PlanStep>): Promise<HeadCount> {
    const total: HeadCount = { total: 0, byLanguage: {}, withoutPreferences: 0 };
    let after: number | undefined = 0;
    while (after !== undefined) {
      const { readers, next }: PlanStep = await step(after);
      for (const [language, ids] of readers) {
        total.total += ids.length;
        total.byLanguage[language] = (total.byLanguage[language] ?? 0) + ids.length;
      }
      after = next;
      await nextTurn();
    }
    return total;
  }

  async function count(addressees: Addressees): Promise<HeadCount> {
    const rule = split(addressees);
    if ("audience" in rule) return heads.count(rule.audience);
    if ("recipientsOf" in rule) return sum((after) => handed(rule.recipientsOf, after));
    return sum((after) => page(addressees, after, 0));
  }

  return {
    page,
    count,
    explain: (addressees: Addressees): { ja: string; en: string } => {
      const rule = split(addressees);
      if ("audience" in rule) return explainAudience(rule.audience, ward, sentences);
      const say = (language: string) =>
        "testGroup" in rule
          ? sentences.say(language, "audience:testGroup")
          : sentences.say(language, "audience:recipientsOf", { id: rule.recipientsOf });
      return { ja: say("ja"), en: say("en") };
    },
  };
}
