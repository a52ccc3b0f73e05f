import { describe, expect, it } from "vitest";
import { type Audience, audienceProblems, audienceSchema } from "../../src/residents/audience.ts";
import { explainAudience } from "../../src/residents/explain-audience.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { mihonProfile } from "../support/wards.ts";

const ward = loadWard(mihonProfile);
const sentences = loadSentences();

describe("an audience rule as it comes in", () => {
  it.each([
    { everyone: true },
    { categories: { anyOf: ["childcare"] }, includeWithoutPreferences: true },
    { districts: { anyOf: ["chuo", "kita"] }, languages: { anyOf: ["ja"] } },
    { children: { bornFrom: "2023-04", bornTo: "2024-03" } },
  ])("is taken as it is: %j", (rule) => {
    expect(audienceSchema.parse(rule)).toEqual(rule);
  });

  it("takes a date where a month is asked and forgets the day", () => {
    const rule = { children: { bornFrom: "2023-04-02", bornTo: "2024-04-01" } };
    expect(audienceSchema.parse(rule)).toEqual({ children: { bornFrom: "2023-04", bornTo: "2024-04" } });
  });

  it.each([
    ["a part that does not exist", { categorys: { anyOf: ["childcare"] } }],
    ["everyone: false", { everyone: false }],
    ["an empty list", { categories: { anyOf: [] } }],
    ["a month that does not exist", { children: { bornFrom: "2023-13", bornTo: "2024-01" } }],
    ["a month in words", { children: { bornFrom: "April 2023", bornTo: "2024-01" } }],
    ["half a range", { children: { bornFrom: "2023-01" } }],
    ["a number for an id", { districts: { anyOf: [7] } }],
    ["a list instead of a rule", [{ everyone: true }]],
  ])("is refused: %s", (_what, rule) => {
    expect(audienceSchema.safeParse(rule).success).toBe(false);
  });
});

describe("what cannot be meant", () => {
  it("names every unknown id of every part at once, and each once", () => {
    const rule: Audience = {
      categories: { anyOf: ["childcare", "childcar", "nonsense", "nonsense"] },
      districts: { anyOf: ["atlantis"] },
      languages: { anyOf: ["tlh", "en"] },
    };
    expect(audienceProblems(rule, ward)).toEqual([
      { field: "categories.anyOf", code: "unknown_id", value: "childcar" },
      { field: "categories.anyOf", code: "unknown_id", value: "nonsense" },
      { field: "districts.anyOf", code: "unknown_id", value: "atlantis" },
      { field: "languages.anyOf", code: "unknown_id", value: "tlh" },
    ]);
  });

  it("a rule without parts is nobody's choice, with or without the undecided", () => {
    const empty = [{ field: "", code: "audience_empty" }];
    expect(audienceProblems({}, ward)).toEqual(empty);
    expect(audienceProblems({ includeWithoutPreferences: true }, ward)).toEqual(empty);
  });

  it("everyone cannot be narrowed", () => {
    expect(audienceProblems({ everyone: true, languages: { anyOf: ["en"] } }, ward)).toEqual([
      { field: "everyone", code: "audience_contradictory" },
    ]);
    expect(audienceProblems({ everyone: true, includeWithoutPreferences: true }, ward)).toEqual([]);
  });

  it("children cannot be born from later to earlier; one month alone is fine", () => {
    const born = (bornFrom: string, bornTo: string) =>
      audienceProblems({ children: { bornFrom, bornTo } }, ward);
    expect(born("2024-05", "2024-04")).toEqual([{ field: "children", code: "months_reversed" }]);
    expect(born("2024-04", "2024-04")).toEqual([]);
  });
});

describe("a rule in words", () => {
  const explain = (rule: Audience) => explainAudience(rule, ward, sentences);

  it("everyone", () => {
    expect(explain({ everyone: true })).toEqual({
      ja: "登録者全員",
      en: "Everyone who follows the account",
    });
  });

  it("all parts, joined, with names in the reader's language and languages in themselves", () => {
    const rule: Audience = {
      categories: { anyOf: ["childcare", "school"] },
      districts: { anyOf: ["chuo"] },
      children: { bornFrom: "2023-04", bornTo: "2024-03" },
      languages: { anyOf: ["en", "ko"] },
    };
    expect(explain(rule)).toEqual({
      ja: "分野「子育て」または「学校・教育」を選んだ人、かつ地区「中央」を選んだ人、かつ2023-04から2024-03までに生まれた子どもを登録した人、かつ表示する言語が「English」または「한국어」の人",
      en: "Residents who chose the category “Childcare” or “Schools”, and chose the district “Chuo”, and registered a child born from 2023-04 to 2024-03, and read “English” or “한국어”",
    });
  });

  it("says that the undecided are included, when they are and when that means something", () => {
    const includeWithoutPreferences = true;
    expect(explain({ districts: { anyOf: ["kita"] }, includeWithoutPreferences })).toEqual({
      ja: "地区「北」を選んだ人（まだ何も選んでいない人も含みます）",
      en: "Residents who chose the district “Kita” (and those who have not chosen anything yet)",
    });
    expect(explain({ languages: { anyOf: ["ja"] }, includeWithoutPreferences })).toEqual({
      ja: "表示する言語が「日本語」の人",
      en: "Residents who read “日本語”",
    });
  });
});
