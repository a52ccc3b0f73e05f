import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BadWardProfile, loadWard } from "../../../src/shared/ward/ward.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { createWard, largestWard, mihonProfile, numbered, writeWard } from "../../support/wards.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let wards = 0;
const place = () => join(folder, `ward-${++wards}`);

/** What is said of a profile that was changed by hand. */
function complaint(change: (profile: Record<string, unknown>) => void): string {
  const path = writeWard(place(), { districts: ["north"] });
  const profile = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  change(profile);
  writeFileSync(path, JSON.stringify(profile));
  try {
    loadWard(path);
    return "";
  } catch (error) {
    if (!(error instanceof BadWardProfile)) throw error;
    return error.message;
  }
}

describe("a ward profile", () => {
  it("the sample ward: 18 categories in 5 groups, 13 districts, 5 languages, disasters an emergency", () => {
    const ward = loadWard(mihonProfile);
    expect(ward.categories).toHaveLength(18);
    expect(ward.profile.groups).toHaveLength(5);
    expect(ward.districts).toHaveLength(13);
    expect(ward.languages).toEqual(["ja", "ja-x-easy", "en", "zh-Hans", "ko"]);
    expect(ward.mainLanguage).toBe("ja");
    expect(ward.categories.filter(({ emergency }) => emergency).map(({ id }) => id)).toEqual(["disaster"]);
  });

  it("the sample ward has shelters over all its districts, named in every language, and JMA's codes for it", () => {
    const ward = loadWard(mihonProfile);
    expect(ward.shelters).toHaveLength(8);
    expect(new Set(ward.shelters.flatMap(({ districts }) => districts))).toEqual(new Set(ward.districts));
    for (const language of ward.languages)
      for (const { id } of ward.shelters) {
        expect(ward.shelter(id, language)?.name.length).toBeGreaterThan(3);
        expect(ward.shelter(id, language)?.address).toMatch(/\d-\d-\d/);
      }
    expect(ward.shelter("elementary1", "ko")?.name).toBe("Mihon 제1초등학교");
    expect(ward.shelter("constructor", "ja")).toBeUndefined();
    expect(ward.profile.jma).toMatchObject({ municipality: "1310900", tsunamiAreas: ["312"] });
    expect(ward.profile.disaster.hotline).toBe("00-0000-0119");
  });

  it("needs neither shelters nor codes nor a hotline", () => {
    const ward = createWard(place());
    expect(ward.shelters).toEqual([]);
    expect([ward.profile.jma, ward.profile.disaster.hotline]).toEqual([undefined, undefined]);
  });

  it("a shelter without a name, or near a district that is not one, is refused", () => {
    const shelter = { id: "school", districts: ["north"], latitude: 35, longitude: 139 };
    expect(complaint((profile) => void (profile["shelters"] = [shelter]))).toContain(
      "ja: no name for shelters.school",
    );
    expect(
      complaint((profile) => void (profile["shelters"] = [{ ...shelter, districts: ["mars"] }])),
    ).toContain('"mars" is not a district of this ward');
    expect(complaint((profile) => void (profile["jma"] = { municipality: "131090" }))).toContain(
      "must be 7 digits",
    );
  });

  it("a shelter near a district that was retired is near the others", () => {
    const ward = loadWard(mihonProfile);
    ward.become([{ change: "retire", kind: "districts", id: "kita" }], 1);
    expect(ward.shelters.find(({ id }) => id === "juniorHigh1")?.districts).toEqual(["sakuradai"]);
  });

  it("may have 3 to 64 categories and up to 64 districts", () => {
    expect(createWard(place(), largestWard()).categories).toHaveLength(64);
    const many = Object.fromEntries(numbered("g", 6).map((group) => [group, numbered(`${group}c`, 11)]));
    expect(() => createWard(place(), { groups: many })).toThrow("a ward has 3 to 64 categories");
    expect(() => createWard(place(), { groups: { g: ["a", "b"] } })).toThrow("a ward has 3 to 64 categories");
    expect(() => createWard(place(), { districts: numbered("d", 65) })).toThrow(/districts/);
  });

  it("what has left the profile is called by its id; a language that is gone speaks the ward's own", () => {
    const ward = loadWard(mihonProfile);
    expect(ward.name("categories", "retired", "en")).toBe("retired");
    expect(ward.name("categories", "childcare", "fr")).toBe("子育て");
  });

  it("names every missing name of every language at once", () => {
    const path = writeWard(place(), { languages: ["ja", "en"], districts: ["north"] });
    for (const language of ["ja", "en"]) {
      const file = join(path, "..", `names.${language}.json`);
      const names = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
      writeFileSync(
        file,
        JSON.stringify({ ...names, categories: { ...names["categories"], crime: "" }, districts: {} }),
      );
    }
    expect(() => loadWard(path)).toThrow(
      /ja: no name for categories\.crime\n.*ja: no name for districts\.north\n.*en: no name for categories\.crime\n.*en: no name for districts\.north/,
    );
  });

  it("a language without its folder is told by the file that is missing", () => {
    const path = writeWard(place());
    rmSync(join(path, "..", "names.ja.json"));
    expect(() => loadWard(path)).toThrow(/names\.ja\.json.*\n.*could not be read/);
    expect(() => loadWard(join(folder, "nowhere.json"))).toThrow(BadWardProfile);
  });

  it("a file that is not JSON is told as such", () => {
    const path = place();
    mkdirSync(path);
    writeFileSync(join(path, "profile.json"), "{ nearly");
    expect(() => loadWard(join(path, "profile.json"))).toThrow(/could not be read/);
  });

  it.each<[what: string, change: (profile: Record<string, unknown>) => void, said: RegExp]>([
    ["an id twice", (p) => (p["districts"] = ["north", "north"]), /"north" stands more than once/],
    [
      "a language twice",
      (p) => (p["languages"] = [{ id: "ja" }, { id: "ja" }]),
      /"ja" stands more than once/,
    ],
    [
      "a fallback nobody speaks",
      (p) => (p["languages"] = [{ id: "ja", fallback: ["fr"] }]),
      /"ja" falls back on "fr", which is not a language of this ward/,
    ],
    [
      "a bundle of nothing known",
      (p) => (p["bundles"] = [{ id: "all", categories: ["nonsense"] }]),
      /"nonsense" is not a category of this ward/,
    ],
    [
      "children of nothing known",
      (p) => (p["childrenCategories"] = ["nonsense"]),
      /"nonsense" is not a category/,
    ],
    ["an id with blanks", (p) => (p["districts"] = ["North Side"]), /ids are letters, digits and hyphens/],
    [
      "a link without https",
      (p) => (p["disaster"] = { links: [{ id: "map", url: "http://x.example" }] }),
      /disaster/,
    ],
    ["no names", (p) => (p["names"] = "names.json"), /names/],
    ["a part that does not exist", (p) => (p["colour"] = "red"), /colour/],
    ["no language at all", (p) => (p["languages"] = []), /languages/],
  ])("refuses %s and says so", (_what, change, said) => {
    const message = complaint(change);
    expect(message).toMatch(said);
    expect(message).toContain("区の設定を直してください");
  });
});
