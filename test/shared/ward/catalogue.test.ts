import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import {
  type CatalogueChange,
  catalogueKinds,
  catalogueOf,
  changedBy,
  retiredOf,
} from "../../../src/shared/ward/catalogue.ts";
import { BadWardProfile, loadWard } from "../../../src/shared/ward/ward.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeWard } from "../../support/wards.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = {
  languages: ["ja", "en"],
  groups: { safety: ["disaster", "crime", "traffic"], family: ["childcare", "school"] },
  districts: ["north", "south"],
};
const names = { ja: "新しい", en: "new" };
const pets: CatalogueChange = { change: "addCategory", id: "pets", group: "family", names };

const ids = fc.constantFrom("disaster", "crime", "childcare", "school", "north", "south", "safety", "x");
const kinds = fc.constantFrom(...catalogueKinds);
const subscribed = fc.constantFrom("categories" as const, "districts" as const);
const change: fc.Arbitrary<CatalogueChange> = fc.oneof(
  fc.record({ change: fc.constant("addCategory" as const), id: ids, group: ids, names: fc.constant(names) }),
  fc.record({ change: fc.constant("addDistrict" as const), id: ids, names: fc.constant(names) }),
  fc.record({ change: fc.constant("rename" as const), kind: kinds, id: ids, names: fc.constant(names) }),
  fc.record(
    { change: fc.constant("move" as const), kind: kinds, id: ids, after: fc.option(ids), group: ids },
    { requiredKeys: ["change", "kind", "id", "after"] },
  ),
  fc.record({ change: fc.constant("retire" as const), kind: subscribed, id: ids }),
  fc.record({ change: fc.constant("bringBack" as const), kind: subscribed, id: ids }),
);

describe("changes on top of the ward profile", () => {
  it("whatever they are and whatever the file has become, nothing is lost and nothing is there twice", () => {
    const start = catalogueOf(loadWard(writeWard(folder, plan)).profile);
    const all = (catalogue: typeof start) => ({
      groups: catalogue.groups.map(({ id }) => id),
      categories: catalogue.groups.flatMap(({ categories }) => categories.map(({ id }) => id)),
      districts: catalogue.districts.map(({ id }) => id),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const after = all(changes.reduce(changedBy, start));
        for (const [kind, before] of Object.entries(all(start))) {
          const now = after[kind as keyof typeof after];
          expect(new Set(now).size).toBe(now.length);
          expect(now).toEqual(expect.arrayContaining(before));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("the ward everybody holds is another one at once, and its version says so", () => {
    const ward = loadWard(writeWard(folder, plan));
    const { name } = ward;
    ward.become([pets, { change: "retire", kind: "categories", id: "school" }], 2);
    expect(ward.categories.map(({ id }) => id)).toEqual([
      "disaster",
      "crime",
      "traffic",
      "childcare",
      "pets",
    ]);
    expect(ward.profile.groups[1]?.categories.map(({ id }) => id)).toEqual(["childcare", "pets"]);
    expect([name("categories", "pets", "en"), name("categories", "school", "en")]).toEqual(["new", "school"]);
    expect(retiredOf(ward.catalogue)).toEqual({ categories: ["school"], districts: [] });
    expect(ward.version).toBe(2);
    // Undone is as if it had never been.
    ward.become([], 0);
    expect([ward.categories.length, ward.version, name("categories", "pets", "en")]).toEqual([5, 0, "pets"]);
  });

  it("what is retired is in no ready choice, and asks nobody for children", () => {
    const bundles = [{ id: "b", categories: ["childcare", "school"] }];
    const profile = { bundles, childrenCategories: ["childcare", "school"] };
    const ward = loadWard(writeWard(folder, { ...plan, profile }));
    ward.become([{ change: "retire", kind: "categories", id: "school" }], 1);
    expect(ward.profile.bundles).toMatchObject([{ categories: ["childcare"] }]);
    expect(ward.profile.childrenCategories).toEqual(["childcare"]);
  });

  it("a file that changed so that the two no longer make a ward is refused with the reason, and nothing is changed", () => {
    const path = writeWard(folder, plan);
    const ward = loadWard(path);
    ward.become([pets], 1);
    const retireAll = ["disaster", "crime", "traffic"].map((id): CatalogueChange => ({
      change: "retire",
      kind: "categories",
      id,
    }));
    expect(() => ward.become(retireAll, 4)).toThrow(BadWardProfile);
    expect([ward.version, ward.categories.length]).toEqual([1, 6]);

    // A further language: what was added in the console has no name in it, until the file of names gives one.
    const further = { ...plan, languages: ["ja", "en", "ko"] };
    const wider = loadWard(writeWard(folder, further));
    expect(() => wider.become([pets], 1)).toThrow("ko: no name for categories.pets");
    const file = path.replace("profile.json", "names.ko.json");
    const korean = JSON.parse(readFileSync(file, "utf8")) as { categories: Record<string, string> };
    korean.categories["pets"] = "반려동물";
    writeFileSync(file, JSON.stringify(korean));
    const named = loadWard(path);
    named.become([pets], 1);
    expect(named.name("categories", "pets", "ko")).toBe("반려동물");
    expect(named.name("categories", "pets", "en")).toBe("new");
  });
});
