import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type FillGiven, fillTemplate } from "../../src/alerts/templates/fill-template.ts";
import { type Template, templateSchema } from "../../src/alerts/templates/template.ts";
import { drillMarks, hasDrillMark } from "../../src/messages/drill-mark.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { type Ward, loadWard } from "../../src/shared/ward/ward.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createWard, mihonProfile } from "../support/wards.ts";

const sentences = loadSentences();
const ward = loadWard(mihonProfile);
const issuedAt = Date.parse("2026-11-21T12:30:00Z");
const languages = ["ja", "ja-x-easy", "en", "zh-Hans", "ko"];
const same = (words: string) => Object.fromEntries(languages.map((language) => [language, words]));

const template = (
  blanks: unknown[],
  body: string,
  { title = "題", link, texts }: { title?: string; link?: string; texts?: unknown } = {},
): Template =>
  templateSchema.parse({
    id: "t",
    group: "disaster",
    name: { ja: "t", en: "t" },
    audience: { who: "everyone", withoutDistrict: true },
    validMinutes: 60,
    blanks: blanks.map((blank) => ({ label: { ja: "b", en: "b" }, ...(blank as object) })),
    texts:
      texts ??
      Object.fromEntries(
        languages.map((language) => [
          language,
          { title, body, ...(link === undefined ? {} : { link: { label: "l", url: link } }) },
        ]),
      ),
  });

const fill = (asked: Template, given: Partial<FillGiven> = {}, of: Ward = ward) =>
  fillTemplate(
    asked,
    { blanks: {}, issuedAt, expiresAt: issuedAt + 3_600_000, mode: "live", ...given },
    { ward: of, sentences },
  );

function contentsOf(asked: Template, given: Partial<FillGiven> = {}) {
  const result = fill(asked, given);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result;
}

const bodiesOf = (asked: Template, given: Partial<FillGiven> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(contentsOf(asked, given).contents).map(([id, { body }]) => [id, body]));

const problemsOf = (asked: Template, given: Partial<FillGiven> = {}) => {
  const result = fill(asked, given);
  return "problems" in result ? result.problems : [];
};

describe("filling a template", () => {
  it("districts and shelters stand there in each language, by their lists", () => {
    const asked = template([{ id: "shelters", type: "shelters" }], "{{districts}}/{{shelters}}");
    const bodies = bodiesOf(asked, {
      blanks: { shelters: ["elementary1", "gymnasium"] },
      districts: ["kita", "kawabata"],
    });
    expect(bodies["ja"]).toBe(
      "北、川端/みほん第一小学校（みほん区中央2-3-1）、みほん区総合体育館（みほん区丘の上1-5-1）",
    );
    expect(bodies["en"]).toBe(
      "Kita; Kawabata/Mihon No. 1 Elementary School (2-3-1 Chuo, Mihon Ward); Mihon Ward Gymnasium (1-5-1 Okanoue, Mihon Ward)",
    );
    expect(bodies["ko"]).toContain("기타, 가와바타");
    expect(bodies["zh-Hans"]).toContain("Mihon第一小学");
  });

  it("without districts it says that the whole ward is meant", () => {
    expect(bodiesOf(template([], "{{districts}}"))).toEqual({
      ja: "みほん区全域",
      "ja-x-easy": "みほん区（く）の ぜんぶ",
      en: "all of Mihon Ward",
      "zh-Hans": "Mihon区全域",
      ko: "Mihon구 전역",
    });
  });

  it("times are Tokyo's, written as each language writes them", () => {
    const asked = template([{ id: "at", type: "time" }], "{{at}}");
    expect(bodiesOf(asked, { blanks: { at: "2026-12-01T21:30" } })).toEqual({
      ja: "2026年12月1日（火）21時30分",
      "ja-x-easy": "2026年（ねん） 12月（がつ） 1日（ついたち） かようび 午後（ごご）9時（じ） 30分（ぷん）",
      en: "21:30, Tue 1 Dec 2026",
      "zh-Hans": "2026年12月1日（周二）21:30",
      ko: "2026년 12월 1일(화) 21:30",
    });
    expect(bodiesOf(asked, { blanks: { at: "2026-12-01T12:30:00Z" } })["en"]).toBe("21:30, Tue 1 Dec 2026");
    expect(bodiesOf(template([], "{{issuedAt}}"))["en"]).toBe("21:30, Sat 21 Nov 2026");
  });

  it("what was typed freely stands elsewhere as it is, with a mark, and is listed", () => {
    const asked = template([{ id: "note", type: "text" }], "{{note}}");
    const { contents, untranslated } = contentsOf(asked, { blanks: { note: "橋は通れません" } });
    expect(contents["ja"]?.body).toBe("橋は通れません");
    expect(contents["en"]?.body).toBe("橋は通れません [Japanese only]");
    expect(contents["ko"]?.body).toBe("橋は通れません [일본어만 제공]");
    expect(untranslated).toEqual({
      "ja-x-easy": ["note"],
      en: ["note"],
      "zh-Hans": ["note"],
      ko: ["note"],
    });
  });

  it("where somebody translated it there is no mark; others fall back in the declared order", () => {
    const asked = template([{ id: "note", type: "text" }], "{{note}}");
    const { contents, untranslated } = contentsOf(asked, { blanks: { note: { ja: "橋", en: "bridge" } } });
    expect(contents["en"]?.body).toBe("bridge");
    expect(contents["zh-Hans"]?.body).toBe("bridge （仅英语）");
    expect(contents["ja-x-easy"]?.body).toBe("橋 （ふつうの 日本語（にほんご）だけです）");
    expect(Object.keys(untranslated).toSorted()).toEqual(["ja-x-easy", "ko", "zh-Hans"]);
  });

  it("a number needs no translation", () => {
    const asked = template([{ id: "note", type: "text" }], "{{note}}");
    expect(contentsOf(asked, { blanks: { note: "03-1234" } }).untranslated).toEqual({});
  });

  it("an official name is the issuer's own, and the table's elsewhere; several stand side by side", () => {
    const asked = template([{ id: "name", type: "hazard" }], "{{name}}|{{name.official}}");
    const bodies = bodiesOf(asked, { blanks: { name: "レベル４土砂災害危険警報" } });
    expect(bodies["ja"]).toBe(
      "レベル４土砂災害危険警報|レベル４ 土砂災害危険警報（どしゃさいがいきけんけいほう）",
    );
    expect(bodies["en"]).toContain("Level 4 Urgent Warning (Landslide)|");
    expect(bodiesOf(asked, { blanks: { name: "暴風警報　波浪警報" } })["en"]).toContain(
      "Storm Warning; High Wave Warning|",
    );
    expect(bodiesOf(asked, { blanks: { name: "tsunamiWarning" } })["ja"]).toContain("津波警報|");
  });

  it("a name that is not in the table is never guessed", () => {
    const asked = template([{ id: "name", type: "hazard" }], "{{name}}");
    const { contents, untranslated } = contentsOf(asked, { blanks: { name: "レベル６大雨警報" } });
    expect(contents["en"]?.body).toBe("レベル６大雨警報 [Japanese only]");
    expect(untranslated["en"]).toEqual(["name"]);
  });

  it("a line whose blanks were all left empty is left out, with the gap it would leave", () => {
    const blanks = [
      { id: "a", type: "text" },
      { id: "b", type: "text" },
    ];
    const asked = template(blanks, "first\n\n場所：{{a}}\n\nlast\n{{a}}と{{b}}");
    expect(bodiesOf(asked)["ja"]).toBe("first\n\nlast");
    expect(bodiesOf(asked, { blanks: { b: "B" } })["ja"]).toBe("first\n\nlast\nとB");
  });

  it("a preset stands for what was not given", () => {
    const options = { one: same("一"), two: same("二") };
    const asked = template([{ id: "c", type: "choice", options, preset: "two" }], "{{c}}");
    expect(bodiesOf(asked)["en"]).toBe("二");
    expect(bodiesOf(asked, { blanks: { c: "one" } })["en"]).toBe("一");
  });

  it("a link whose address was left empty is left out, one that is filled is https or a telephone number", () => {
    const asked = template([{ id: "url", type: "url" }], "b", { link: "{{url}}" });
    expect(contentsOf(asked).contents["ja"]?.link).toBeUndefined();
    const blanks = { url: "https://ward.example/例" };
    expect(contentsOf(asked, { blanks }).contents["ja"]?.link?.url).toBe("https://ward.example/%E4%BE%8B");
    const phone = template([{ id: "phone", type: "phone" }], "b", { link: "tel:{{phone}}" });
    expect(contentsOf(phone, { blanks: { phone: "03-0000-0110" } }).contents["ja"]?.link?.url).toBe(
      "tel:03-0000-0110",
    );
    expect(contentsOf(phone).contents["ja"]?.link).toBeUndefined();
  });

  it("a link of the ward's profile and its number for disasters need no blank", () => {
    const { contents } = contentsOf(template([], "{{hotline}}", { link: "{{link.hazardMap}}" }));
    expect(contents["ja"]).toMatchObject({
      body: "00-0000-0119",
      link: { url: "https://www.mihon.example/hazard-map" },
    });
    expect(contentsOf(template([], "b", { link: "{{link.nowhere}}" })).contents["ja"]?.link).toBeUndefined();
  });

  it("only languages that the template and the ward have are filled", () => {
    const asked = template([], "", {
      texts: { ja: { title: "題", body: "本" }, vi: { title: "t", body: "b" } },
    });
    expect(Object.keys(contentsOf(asked).contents)).toEqual(["ja"]);
    const foreign = template([], "", { texts: { vi: { title: "t", body: "b" } } });
    expect(problemsOf(foreign)).toEqual([{ field: "template", code: "no_text" }]);
  });

  it("a ward without shelters, codes and hotline can still fill what asks for none", () => {
    const folder = temporaryFolder();
    const small = createWard(folder, { languages: ["ja", "en"], districts: ["a"] });
    const result = fill(template([], "{{districts}} {{hotline}}"), { districts: ["a"] }, small);
    expect(result).toMatchObject({ contents: { ja: { body: "a 03-0000-0000" } } });
    rmSync(folder, { recursive: true });
  });
});

describe("a drill says so first (invariant 8)", () => {
  it.each(["rehearsal", "publicDrill"] as const)("a %s in title and body of every language", (mode) => {
    const { contents, title } = contentsOf(template([], "本文"), { mode });
    expect(title).toBe("【訓練】題");
    for (const [language, { title: heading, body }] of Object.entries(contents)) {
      expect(hasDrillMark(heading, language, sentences)).toBe(true);
      expect(hasDrillMark(body, language, sentences)).toBe(true);
      expect(body.endsWith("\n\n本文")).toBe(true);
    }
    expect(contents["en"]?.body.split("\n")[0]).toContain("This is a drill");
  });

  it("what is meant has no mark, and no language shares its mark with the beginning of a real text", () => {
    const { contents } = contentsOf(template([], "本文"));
    for (const [language, { title, body }] of Object.entries(contents)) {
      expect(hasDrillMark(title, language, sentences)).toBe(false);
      expect(hasDrillMark(body, language, sentences)).toBe(false);
    }
    expect(drillMarks(sentences, languages)).toEqual([
      "【訓練】",
      "【訓練（くんれん）】",
      "【DRILL】",
      "【演练】",
      "【훈련】",
    ]);
  });

  it("the longest title keeps its mark and is cut behind it", () => {
    const asked = template([{ id: "n", type: "text" }], "b", { title: "{{n}}" });
    const { contents } = contentsOf(asked, { mode: "publicDrill", blanks: { n: "長".repeat(200) } });
    expect(contents["ja"]?.title).toMatch(/^【訓練】長+…$/);
    expect(contents["ja"]?.title.length).toBeLessThanOrEqual(100);
  });
});

describe("follow-ups", () => {
  const original = {
    contents: { ja: { title: "【訓練】避難指示", body: "b" }, en: { title: "【DRILL】Order", body: "b" } },
  };

  it("name the original in each language, with one mark only", () => {
    const asked = template([], "{{original}}", { title: "【解除】{{original}}" });
    const { contents } = contentsOf(asked, { original, mode: "publicDrill" });
    expect(contents["ja"]?.title).toBe("【訓練】【解除】避難指示");
    expect(contents["en"]?.title).toBe("【DRILL】【解除】Order");
    expect(contents["ko"]?.title).toBe("【훈련】【解除】Order");
  });

  it("the original said anew is marked as an update", () => {
    expect(contentsOf(template([], "b"), { original }).contents["en"]?.title).toBe("【UPDATE】題");
  });
});

describe("what cannot be filled is said by its field", () => {
  const options = { one: same("一") };
  it.each([
    ["required", { id: "b", type: "text", required: true }, " \n "],
    ["required", { id: "b", type: "shelters", required: true }, []],
    ["unknown_id", { id: "b", type: "shelters" }, ["elementary1", "nowhere"]],
    ["unknown_id", { id: "b", type: "shelters" }, "__proto__"],
    ["unknown_id", { id: "b", type: "choice", options }, "constructor"],
    ["unknown_id", { id: "b", type: "text" }, { vi: "x" }],
    ["bad_time", { id: "b", type: "time" }, "2026-02-30T10:00"],
    ["bad_time", { id: "b", type: "time" }, "tomorrow"],
    ["bad_number", { id: "b", type: "number" }, "1e9"],
    ["bad_number", { id: "b", type: "number" }, Infinity],
    ["bad_url", { id: "b", type: "url" }, "http://ward.example/"],
    ["bad_url", { id: "b", type: "url" }, "javascript:alert(1)"],
    ["bad_url", { id: "b", type: "url" }, "https://ward.example/{{ward}}"],
    ["bad_phone", { id: "b", type: "phone" }, "03 1234"],
    ["wrong_type", { id: "b", type: "time" }, 5],
    ["wrong_type", { id: "b", type: "text" }, ["x"]],
    ["wrong_type", { id: "b", type: "phone" }, { ja: "03" }],
  ] as const)("%s: %o as %o", (code, blank, value) => {
    expect(problemsOf(template([blank], "{{b}}"), { blanks: { b: value as never } })).toEqual([
      expect.objectContaining({ field: "blanks.b", code }),
    ]);
  });

  it("too long, with limit and length", () => {
    const asked = template([{ id: "b", type: "text", maxLength: 10 }], "{{b}}");
    expect(problemsOf(asked, { blanks: { b: "x".repeat(11) } })).toEqual([
      { field: "blanks.b", code: "too_long", limit: 10, actual: 11 },
    ]);
  });

  it("a blank that is not there, whatever it is called", () => {
    const blanks = JSON.parse('{"x":"1","__proto__":"2","toString":"3"}') as Record<string, string>;
    expect(problemsOf(template([], "b"), { blanks }).map(({ field, code }) => [field, code])).toEqual([
      ["blanks.x", "unknown_blank"],
      ["blanks.__proto__", "unknown_blank"],
      ["blanks.toString", "unknown_blank"],
    ]);
  });

  it("districts that are unknown, retired, or none at all: nowhere is not everywhere", () => {
    const changing = loadWard(mihonProfile);
    changing.become([{ change: "retire", kind: "districts", id: "kita" }], 1);
    const result = fill(template([], "{{districts}}"), { districts: ["kita", "mars"] }, changing);
    expect(result).toEqual({
      problems: [
        { field: "districts", code: "retired_id", value: "kita" },
        { field: "districts", code: "unknown_id", value: "mars" },
      ],
    });
    expect(problemsOf(template([], "b"), { districts: [] })).toEqual([
      { field: "districts", code: "required" },
    ]);
  });
});

describe("hostile text", () => {
  const asked = template([{ id: "b", type: "text" }], "{{b}} {{ward}}");

  it("a placeholder within a blank is not filled, and leaves no braces", () => {
    expect(bodiesOf(asked, { blanks: { b: "{{ward}} $t(x) $& {{" } })["ja"]).toBe(
      "｛｛ward｝｝ $t(x) $& ｛｛ みほん区",
    );
  });

  it("control characters, turned writing and half characters do not get through", () => {
    expect(bodiesOf(asked, { blanks: { b: "a\u0000b\u202Ec\uD83Dd\r\ne" } })["ja"]).toBe("a bcd\ne みほん区");
  });
});
