import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { projectPath } from "../../src/shared/project-root.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { mihonProfile } from "../support/wards.ts";

const folders = readdirSync(projectPath("locales"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const filesOf = (language: string) => readdirSync(projectPath("locales", language)).sort();
const read = (language: string, file: string): unknown =>
  JSON.parse(readFileSync(projectPath("locales", language, file), "utf8"));

/** What residents read stands in every language; what staff and developers read, in Japanese and English. */
const forResidents = [
  "alert-texts.json",
  "conversation.json",
  "hazards.json",
  "messages.json",
  "mihon.json",
  "now.json",
  "times.json",
];

/** `a.b.c` → the sentence. A list counts as one entry: languages may have more or fewer words for a command. */
function sentencesOf(value: unknown, path = ""): [key: string, text: string | string[]][] {
  if (typeof value === "string") return [[path, value]];
  if (Array.isArray(value)) return [[path, value.map(String)]];
  if (typeof value !== "object" || value === null)
    throw new Error(`${path} is neither a sentence nor a list.`);
  return Object.entries(value).flatMap(([key, inner]) =>
    sentencesOf(inner, path === "" ? key : `${path}.${key}`),
  );
}

function placeholdersOf(text: string | string[]): string[] {
  return [...new Set([text].flat().flatMap((each) => each.match(/\{\{[^}]*\}\}/g) ?? []))].sort();
}

describe("invariant 12: every sentence in every language", () => {
  it("each language of the sample ward has a folder, and each folder is one of its languages", () => {
    expect(folders.sort()).toEqual(loadWard(mihonProfile).languages.toSorted());
  });

  it("each language has the files that residents read; Japanese and English have all", () => {
    for (const language of folders) expect(filesOf(language)).toEqual(expect.arrayContaining(forResidents));
    expect(filesOf("en")).toEqual(filesOf("ja"));
  });

  it.each(
    filesOf("ja").flatMap((file) =>
      folders.filter((language) => filesOf(language).includes(file)).map((language) => ({ file, language })),
    ),
  )(
    "$language/$file has the keys and placeholders of ja/$file, and no empty sentence",
    ({ file, language }) => {
      const japanese = new Map(sentencesOf(read("ja", file)));
      const theirs = new Map(sentencesOf(read(language, file)));
      expect([...theirs.keys()].sort()).toEqual([...japanese.keys()].sort());
      for (const [key, text] of theirs) {
        expect(placeholdersOf(text), key).toEqual(placeholdersOf(japanese.get(key) ?? ""));
        expect([text].flat().every((each) => each.trim() !== "") && text.length > 0, key).toBe(true);
      }
    },
  );

  it("no placeholder is misspelt or half open", () => {
    for (const language of folders)
      for (const file of filesOf(language))
        for (const [key, text] of sentencesOf(read(language, file)))
          for (const each of [text].flat()) {
            const bare = each.replaceAll(/\{\{[a-zA-Z]+\}\}/g, "");
            expect(/\{\{|\}\}/.test(bare), `${language}/${file} ${key}`).toBe(false);
          }
  });

  it.each(folders)("within %s, what can be pressed on one screen is told apart by its words", (language) => {
    const say = new Map(sentencesOf(read(language, "conversation.json")));
    const screens = [
      ["menu.settings", "menu.categories", "menu.language", "menu.disaster", "menu.contact", "menu.help"],
      [
        "settings.changeCategories",
        "settings.changeLanguage",
        "settings.changeDistricts",
        "settings.changeChildren",
        "settings.onlyEmergencies",
        "settings.forget",
      ],
      ["forget.yes", "forget.no"],
      ["categories.on", "categories.off"],
      ["categories.all", "categories.none", "categories.done"],
      ["districts.on", "districts.off", "districts.skip"],
      ["children.add", "children.skip"],
      ["children.addAnother", "children.remove", "children.done"],
    ];
    for (const keys of screens) {
      const labels = keys.map((key) => say.get(key));
      expect(new Set(labels).size, keys.join()).toBe(keys.length);
    }
  });

  it.each(folders)("within %s, no two categories, districts or languages share a name", (language) => {
    const names = read(language, "mihon.json") as Record<string, Record<string, string>>;
    for (const kind of ["groups", "categories", "districts", "bundles", "links"]) {
      const all = Object.values(names[kind] ?? {});
      expect(new Set(all).size, kind).toBe(all.length);
    }
    const own = folders.map((each) =>
      new Map(sentencesOf(read(each, "conversation.json"))).get("language.ownName"),
    );
    expect(new Set(own).size).toBe(folders.length);
  });
});
