import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../db/open.ts";
import { seededRandom, syntheticResident } from "../../seeds/residents.ts";
import { type AudienceStore, createAudienceStore } from "../../src/residents/audience-store.ts";
import type { Audience } from "../../src/residents/audience.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import type { HeadCount } from "../../src/residents/census/census.ts";
import { type HeadCounter, createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createSeedStore } from "../../src/residents/seed-store.ts";
import { type ResidentStore, createResidentStore } from "../../src/residents/store.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { openTestDatabase } from "../support/database.ts";
import { mihonProfile } from "../support/wards.ts";

const ward = loadWard(mihonProfile);
const categories = ward.categories.map(({ id }) => id);
const t0 = Date.parse("2026-11-20T00:00:00Z");

interface Room {
  residents: ResidentStore;
  audiences: AudienceStore;
  heads: HeadCounter;
  seed: ReturnType<typeof createSeedStore>;
}

function openRoom(db: Database): Room {
  const facets = ensureFacets(db.sqlite, ward);
  return {
    residents: createResidentStore(db, facets),
    audiences: createAudienceStore(db, facets),
    heads: createHeadCounter(createCensusStore(db), facets),
    seed: createSeedStore(db, facets),
  };
}

const userId = (number: number) => `U${number.toString(16).padStart(32, "0")}`;

/** A rule's meaning once more, in the plainest words, from what the resident store says of somebody. */
function belongs(
  rule: Audience,
  { preferences, chose, standing }: NonNullable<Awaited<ReturnType<ResidentStore["find"]>>>,
): boolean {
  if (standing !== "following") return false;
  if (rule.languages !== undefined && !rule.languages.anyOf.includes(preferences.language)) return false;
  if (rule.includeWithoutPreferences === true && !chose) return true;
  const { categories, districts, children } = rule;
  return (
    (categories === undefined || categories.anyOf.some((id) => preferences.categories.has(id))) &&
    (districts === undefined ||
      districts.anyOf.some((id) => preferences.districts.has(id)) ||
      (districts.orNone === true && !ward.districts.some((id) => preferences.districts.has(id)))) &&
    (children === undefined ||
      [...preferences.childrenBirthMonths].some(
        (month) => month >= children.bornFrom && month <= children.bornTo,
      ))
  );
}

/** Every page of a rule, put together: ids by language, ascending. */
async function walk(audiences: AudienceStore, rule: Audience, span: number): Promise<Map<string, number[]>> {
  const all = new Map<string, number[]>();
  for (let after: number | undefined = 0; after !== undefined;) {
    const page = await audiences.page(rule, after, span);
    for (const [language, ids] of page.readers) all.set(language, [...(all.get(language) ?? []), ...ids]);
    after = page.next;
  }
  return all;
}

function counted(pages: Map<string, number[]>): Pick<HeadCount, "total" | "byLanguage"> {
  const byLanguage = Object.fromEntries([...pages].map(([language, ids]) => [language, ids.length]));
  return { total: Object.values(byLanguage).reduce((sum, count) => sum + count, 0), byLanguage };
}

const month = fc
  .tuple(fc.integer({ min: 2006, max: 2026 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, "0")}`);
const anyOf = (ids: string[]) =>
  fc.subarray(ids, { minLength: 1, maxLength: 4 }).map((chosen) => ({ anyOf: chosen }));
const children = fc
  .tuple(month, month)
  .map(([a, b]) => (a < b ? { bornFrom: a, bornTo: b } : { bornFrom: b, bornTo: a }));
const anyRule: fc.Arbitrary<Audience> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Audience>({ everyone: true }) },
  {
    weight: 12,
    arbitrary: fc.record(
      {
        categories: anyOf(categories),
        districts: fc.oneof(
          anyOf([...ward.districts]),
          anyOf([...ward.districts]).map((chosen) => ({ ...chosen, orNone: true })),
        ),
        languages: anyOf([...ward.languages, "fr", "tlh"]),
        children,
        includeWithoutPreferences: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
);

describe("the census and the pages of the database, for a crowd of 700", () => {
  let database: ReturnType<typeof openTestDatabase>;
  let room: Room;
  const numbers = Array.from({ length: 700 }, (_, index) => index + 1);

  beforeAll(async () => {
    database = openTestDatabase();
    room = openRoom(database.db);
    const random = seededRandom(7);
    // French is a language that the ward no longer offers; whoever reads it still counts.
    const languages = [...ward.languages, "fr"];
    const crowd = numbers.map((number) => {
      const made = syntheticResident(number, ward, languages, random);
      return { ...made, lineUserId: userId(number), language: languages[number % languages.length] ?? "ja" };
    });
    await room.seed.add(crowd, t0);
    await Promise.all(
      numbers.map(async (number) => {
        if (number % 11 === 0) await room.residents.leave(userId(number), "ja", t0 + 1);
        if (number % 17 === 0) await room.residents.forget(userId(number), t0 + 2);
        if (number % 13 === 0) await room.residents.follow(userId(number), "en", t0 + 3);
      }),
    );
  });
  afterAll(() => database.remove());

  it("agree with each other and with the plainest reading of the rule, for any rule", async () => {
    const everybody = (
      await Promise.all(numbers.map((number) => room.residents.find(userId(number))))
    ).filter((resident) => resident !== undefined);
    await fc.assert(
      fc.asyncProperty(anyRule, fc.constantFrom(64, 100, 5_000), async (rule, span) => {
        const meant = everybody.filter((resident) => belongs(rule, resident));
        const pages = await walk(room.audiences, rule, span);
        expect([...pages.values()].flat().sort((a, b) => a - b)).toEqual(
          meant.map(({ id }) => id).sort((a, b) => a - b),
        );
        const heads = await room.heads.count(rule);
        expect({ total: heads.total, byLanguage: heads.byLanguage }).toEqual(counted(pages));
        expect(heads.withoutPreferences).toBe(meant.filter(({ chose }) => !chose).length);
      }),
      { numRuns: 250 },
    );
  });

  it("pages are ordered by id and bounded by how many ids they walk, not by how many match", async () => {
    const first = await room.audiences.page({ everyone: true }, 100, 50);
    const ids = [...first.readers.values()];
    for (const each of ids) expect(each).toEqual([...each].sort((a, b) => a - b));
    expect(Math.min(...ids.flat())).toBeGreaterThan(100);
    expect(Math.max(...ids.flat())).toBeLessThanOrEqual(150);
    expect(first.next).toBe(150);
    const last = await room.audiences.page({ everyone: true }, 5_000, 50);
    expect(last).toEqual({ readers: new Map(), next: undefined });
  });

  it("invariant 9: of those who were handed something, only who still follows is found, by the language they read now", async () => {
    const [stays, leaves, changes, forgets] = [901, 902, 903, 904].map(userId) as [
      string,
      string,
      string,
      string,
    ];
    const all = [];
    for (const user of [stays, leaves, changes, forgets])
      all.push(await room.residents.follow(user, "en", t0));
    await room.residents.leave(leaves, "ja", t0 + 1);
    await room.residents.change(changes, [{ kind: "language", to: "ko" }], "en", t0 + 1);
    await room.residents.forget(forgets, t0 + 1);
    expect(await room.audiences.stillFollowing(all.map(({ id }) => id))).toEqual(
      new Map([
        ["en", [all[0]?.id]],
        ["ko", [all[2]?.id]],
      ]),
    );
  });
});

describe("the census follows the database", () => {
  let database: ReturnType<typeof openTestDatabase>;
  let room: Room;
  beforeEach(() => {
    database = openTestDatabase();
    room = openRoom(database.db);
  });
  afterEach(() => database.remove());

  const childcare: Audience = { categories: { anyOf: ["childcare"] } };
  const total = async (rule: Audience) => (await room.heads.count(rule)).total;

  it("from one choice to the next, through leaving, coming back, another language and being forgotten", async () => {
    const user = userId(1);
    const choose = (chosen: boolean, at: number) =>
      room.residents.change(user, [{ kind: "category", id: "childcare", chosen }], "ja", at);
    expect(await total({ everyone: true })).toBe(0);
    await choose(true, t0);
    expect(await room.heads.count(childcare)).toEqual({
      total: 1,
      byLanguage: { ja: 1 },
      withoutPreferences: 0,
    });
    await room.residents.leave(user, "ja", t0 + 1);
    expect(await total(childcare)).toBe(0);
    await room.residents.follow(user, "ja", t0 + 2);
    await room.residents.change(user, [{ kind: "language", to: "ko" }], "ja", t0 + 3);
    expect(await room.heads.count(childcare)).toEqual({
      total: 1,
      byLanguage: { ko: 1 },
      withoutPreferences: 0,
    });
    await choose(false, t0 + 4);
    expect(await total(childcare)).toBe(0);
    expect(await total({ everyone: true })).toBe(1);
    await room.residents.forget(user, t0 + 5);
    expect(await total({ everyone: true })).toBe(0);
  });

  it("when a child is added and taken away again", async () => {
    const born: Audience = { children: { bornFrom: "2024-04", bornTo: "2025-03" } };
    const child = (birthMonth: string, added: boolean, at: number) =>
      room.residents.change(userId(1), [{ kind: "child", birthMonth, added }], "ja", at);
    await child("2024-03", true, t0);
    expect(await total(born)).toBe(0);
    await child("2025-03", true, t0 + 1);
    expect(await total(born)).toBe(1);
    await child("2025-03", false, t0 + 2);
    expect(await total(born)).toBe(0);
  });

  it("when the grace period erases somebody", async () => {
    await room.residents.follow(userId(1), "ja", t0);
    await room.residents.leave(userId(1), "ja", t0 + 1);
    await room.residents.eraseLongGone(t0 + 1, t0 + 2, 10);
    expect(await room.heads.count({ everyone: true })).toEqual({
      total: 0,
      byLanguage: {},
      withoutPreferences: 0,
    });
  });

  it("when another process writes to the same file", async () => {
    expect(await total({ everyone: true })).toBe(0);
    const other = openDatabase(database.url);
    const random = seededRandom(3);
    const crowd = Array.from({ length: 1_203 }, (_, index) =>
      syntheticResident(index + 1, ward, ward.languages, random),
    );
    await openRoom(other).seed.add(crowd, t0);
    expect(await total({ everyone: true })).toBe(1_203);
    expect(await total(childcare)).toBe(crowd.filter((each) => each.categories.includes("childcare")).length);
    await openRoom(other).residents.forget(crowd[5]?.lineUserId ?? "", t0 + 1);
    expect(await total({ everyone: true })).toBe(1_202);
    other.close();
  });

  it("while everybody is being read for the first time: who changes before and who changes after being read", async () => {
    const random = seededRandom(5);
    const crowd = Array.from({ length: 1_700 }, (_, index) => ({
      ...syntheticResident(index + 1, ward, ["ja"], random),
      categories: [],
      childrenBirthMonths: [],
    }));
    await room.seed.add(crowd, t0);
    const loading = room.heads.load();
    const early = room.heads.count({ everyone: true });
    const choose = (index: number) =>
      room.residents.change(
        crowd[index]?.lineUserId ?? "",
        [{ kind: "category", id: "childcare", chosen: true }],
        "ja",
        t0 + 1,
      );
    await Promise.all([choose(0), choose(499), choose(500), choose(1_699)]);
    await room.residents.follow(userId(99), "en", t0 + 1);
    expect(await total(childcare)).toBe(4);
    expect((await room.heads.count({ everyone: true })).byLanguage).toEqual({ ja: 1_700, en: 1 });
    expect((await early).total).toBeGreaterThanOrEqual(1_700);
    await loading;
  });

  it("many counts at once, in the midst of changes, see at least what was committed before each of them", async () => {
    for (let number = 1; number <= 40; number++) {
      await room.residents.follow(userId(number), "ja", t0 + number);
      const [one, two] = await Promise.all([total({ everyone: true }), total({ everyone: true })]);
      expect([one, two]).toEqual([number, number]);
    }
  });
});
