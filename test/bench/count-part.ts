import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openDatabase } from "../../db/open.ts";
import { seededRandom } from "../../seeds/residents.ts";
import { createOrderStore } from "../../src/outbox/order-store.ts";
import { createPlanStore } from "../../src/outbox/plan-store.ts";
import { createPlanner } from "../../src/outbox/planner.ts";
import type { Audience } from "../../src/residents/audience.ts";
import { createAudienceStore } from "../../src/residents/audience-store.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import { createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createIds } from "../../src/shared/ids.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type Ward, loadWard } from "../../src/shared/ward/ward.ts";
import { answerMessages } from "./processes.ts";

// Counting and planning in a process of their own, with nothing else to do, so that what is measured is theirs.

const times = 300;

answerMessages(async (question) => {
  const { databaseUrl, wardProfile } = question["start"] as { databaseUrl: string; wardProfile: string };
  const ward = loadWard(wardProfile);
  const db = openDatabase(databaseUrl);
  const facets = ensureFacets(db.sqlite, ward);
  const audiences = createAudienceStore(db, facets);
  const orders = createOrderStore(db);
  const heads = createHeadCounter(createCensusStore(db), facets);
  const delay = monitorEventLoopDelay({ resolution: 1 });

  delay.enable();
  await heads.load();
  const loading = read(delay);
  const typed = Array.from({ length: times }, () => randomAudience(ward, random));
  const counting: number[] = [];
  for (const audience of typed) {
    const began = performance.now();
    await heads.count(audience);
    counting.push(performance.now() - began);
    await nextTurn();
  }
  const whileCounting = read(delay);

  // The order stands alone here, without its broadcast.
  db.sqlite.pragma("foreign_keys = OFF");
  await db.write(() => {
    const bodies = Object.fromEntries(ward.languages.map((language) => [language, "[]"]));
    const order = {
      broadcastId: "bench",
      mode: "live" as const,
      lane: 0,
      dueAt: 0,
      expiresAt: undefined,
      audience: "{}",
      bodies,
      defaultLanguage: ward.mainLanguage,
    };
    orders.within.place(order);
    orders.within.open("bench");
  });
  delay.reset();
  const began = performance.now();
  let steps = 0;
  const planner = createPlanner({
    orders,
    plans: createPlanStore(db, createIds()),
    pager: (_audience, after) => audiences.page({ everyone: true }, after, 1_000),
    log: createLogger("error"),
    planned: () => {
      steps += 1;
    },
  });
  planner.poke();
  while ((await orders.nextToPlan()) !== undefined) {
    const countBegan = performance.now();
    await heads.count(typed[steps % times] ?? { everyone: true });
    counting.push(performance.now() - countBegan);
    await nextTurn();
  }
  const planning = { seconds: (performance.now() - began) / 1000, ...read(delay) };
  counting.sort((a, b) => a - b);
  return {
    loading,
    whileCounting,
    planning,
    p50: at(counting, 0.5),
    p95: at(counting, 0.95),
    sql: await sqlCount(typed),
  };

  function read(histogram: typeof delay): { p99: number; max: number } {
    const found = { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
    histogram.reset();
    return found;
  }

  /** The same question to SQLite, in one go. */
  async function sqlCount(asked: Audience[]): Promise<number> {
    const took: number[] = [];
    for (const audience of asked.slice(0, 10)) {
      const start = performance.now();
      await audiences.page(audience, 0, 10_000_000);
      took.push(performance.now() - start);
    }
    return at(
      took.sort((a, b) => a - b),
      0.5,
    );
  }
});

const random = seededRandom(5);

/** What somebody ticks while composing. */
function randomAudience(ward: Ward, random: () => number): Audience {
  const some = (ids: readonly string[], share: number) => {
    const chosen = ids.filter(() => random() < share);
    return { anyOf: chosen.length === 0 ? [ids[0] ?? ""] : chosen };
  };
  return {
    categories: some(
      ward.categories.map(({ id }) => id),
      0.3,
    ),
    ...(random() < 0.5 ? { districts: some(ward.districts, 0.3) } : {}),
    ...(random() < 0.2 ? { children: { bornFrom: "2019-04", bornTo: "2025-03" } } : {}),
    ...(random() < 0.3 ? { languages: some(ward.languages, 0.5) } : {}),
    ...(random() < 0.3 ? { includeWithoutPreferences: true } : {}),
  };
}

function at(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
