import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seededRandom, syntheticNumber, syntheticResident, syntheticUserId } from "../../seeds/residents.ts";
import { addresseesProblems } from "../../src/broadcasts/addressees.ts";
import { draftProblems, draftSchema } from "../../src/broadcasts/draft.ts";
import { projectPath } from "../../src/shared/project-root.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";

const ward = loadWard(projectPath("seeds", "wards", "mihon", "profile.json"));
const everybody = () => {
  const random = seededRandom(7);
  return Array.from({ length: 2_000 }, (_, index) =>
    syntheticResident(index + 1, ward, ward.languages, random),
  );
};

describe("the sample ward", () => {
  it("has 18 categories, disaster, childcare and welfare among them, 13 districts and five languages", () => {
    const ids = ward.categories.map(({ id }) => id);
    expect(ids).toHaveLength(18);
    expect(ids).toEqual(expect.arrayContaining(["disaster", "childcare", "welfare"]));
    expect([ward.districts.length, ward.languages]).toEqual([13, ["ja", "ja-x-easy", "en", "zh-Hans", "ko"]]);
  });

  it("the demo's broadcasts pass every check and speak all its languages", () => {
    const file = projectPath("seeds", "demo", "broadcasts.json");
    const broadcasts = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>[];
    expect(broadcasts.length).toBeGreaterThan(1);
    for (const { afterSeconds, ...rest } of broadcasts) {
      const draft = draftSchema.parse(rest);
      expect(draftProblems(draft, ward, 0, 0)).toEqual([]);
      expect(addresseesProblems(draft.audience, ward)).toEqual([]);
      expect(Object.keys(draft.contents)).toEqual(expect.arrayContaining(ward.languages));
      expect(afterSeconds).toBeLessThan(60);
    }
  });

  it("what the demo says was sent passes the same checks", () => {
    const file = projectPath("seeds", "demo", "history.json");
    const history = JSON.parse(readFileSync(file, "utf8")) as {
      title: string;
      daysAgo: number;
      categories: string[];
      contents: unknown;
    }[];
    expect(history.length).toBeGreaterThan(10);
    for (const { title, daysAgo, categories, contents } of history) {
      const audience = categories.length === 0 ? { everyone: true } : { categories: { anyOf: categories } };
      const draft = draftSchema.parse({ title, audience, contents });
      expect(draftProblems(draft, ward, 0, 0)).toEqual([]);
      expect(addresseesProblems(draft.audience, ward)).toEqual([]);
      expect(daysAgo).toBeGreaterThan(0);
    }
  });
});

describe("synthetic residents", () => {
  it("are the same for the same number, have ids like LINE's, and choose only what the ward offers", () => {
    const residents = everybody();
    expect(everybody()).toEqual(residents);
    expect(new Set(residents.map(({ lineUserId }) => lineUserId)).size).toBe(2_000);
    const categories = new Set(ward.categories.map(({ id }) => id));
    for (const [index, each] of residents.entries()) {
      expect(each.lineUserId).toMatch(/^U[0-9a-f]{32}$/);
      expect(syntheticNumber(each.lineUserId)).toBe(index + 1);
      expect(each.categories.every((id) => categories.has(id))).toBe(true);
      expect(each.districts.every((id) => ward.districts.includes(id))).toBe(true);
      for (const month of each.childrenBirthMonths) expect(month).toMatch(/^20\d\d-(0[1-9]|1[0-2])$/);
    }
    expect(syntheticUserId(1)).toBe(residents[0]?.lineUserId);
  });

  it("are skewed as real ones are: many never chose, most read the first language, every language has readers", () => {
    const residents = everybody();
    const share = (is: (each: (typeof residents)[number]) => boolean) => residents.filter(is).length / 2_000;
    expect(share(({ chose }) => !chose)).toBeCloseTo(0.45, 1);
    expect(share(({ language }) => language === "ja")).toBeGreaterThan(0.6);
    for (const language of ward.languages)
      expect(share((each) => each.language === language)).toBeGreaterThan(0);
  });
});
