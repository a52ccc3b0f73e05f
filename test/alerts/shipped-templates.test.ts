import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type FillGiven, fillTemplate } from "../../src/alerts/templates/fill-template.ts";
import { fitBlanks } from "../../src/alerts/hazards/fit-blanks.ts";
import type { Hazard, Telegram } from "../../src/alerts/hazards/hazard.ts";
import { builtIns, placeholdersIn } from "../../src/alerts/templates/placeholders.ts";
import { followUpBlanks, tsunamiBlanks } from "../../src/alerts/rules/relay-blanks.ts";
import type { HazardState } from "../../src/alerts/rules/state.ts";
import type { Blank, Blanks, Template } from "../../src/alerts/templates/template.ts";
import { readTemplateFiles } from "../../src/alerts/templates/template-files.ts";
import { contentProblems } from "../../src/messages/contents.ts";
import { drillMark } from "../../src/messages/drill-mark.ts";
import { lineLimits } from "../../src/messages/flex.ts";
import { renderAlert } from "../../src/messages/render-alert.ts";
import { bubbleBytes } from "../../src/messages/render-notice.ts";
import { sizeProblems } from "../../src/messages/size-problems.ts";
import { type Mode, modes } from "../../src/outbox/order.ts";
import { projectPath } from "../../src/shared/project-root.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";
import { mihonProfile } from "../support/wards.ts";

const sentences = loadSentences();
const ward = loadWard(mihonProfile);
const templates = readTemplateFiles();
const all = templates.map((template) => ({ id: template.id, template }));
const now = Date.parse("2026-11-21T12:30:00Z");

/** What makes texts long, odd or dangerous. */
const nasty = [
  "長".repeat(2_000),
  "{{ward}} {{districts}} {{__proto__}} }}{{",
  "a\u0000b\u001B[31mc\u202Ed\uD83D",
  "\n\n\n\n\n",
  "👨‍👩‍👧‍👦".repeat(400),
  '"\\<b>&amp;【訓練】',
];

function given(blanks: Blanks, mode: Mode, more: Partial<FillGiven> = {}): FillGiven {
  return { blanks, issuedAt: now, expiresAt: now + 3_600_000, mode, ...more };
}

/** What a follow-up follows, as it was sent. */
function originalIn(mode: Mode): NonNullable<FillGiven["original"]> {
  const contents = Object.fromEntries(
    ward.languages.map((language) => [
      language,
      { title: mode === "live" ? "元の配信" : `${drillMark(language, sentences)}元の配信`, body: "b" },
    ]),
  );
  return { contents };
}

/** The most that the form takes, whatever it says. */
function valueFor(blank: Blank, text: string): Blanks[string] {
  switch (blank.type) {
    case "shelters":
      return ward.shelters.map(({ id }) => id);
    case "choice":
      return Object.keys(blank.options ?? {}).at(-1) ?? "";
    case "time":
      return "2026-12-31T23:59";
    case "number":
      return 123_456_789;
    case "phone":
      return "03-0000-0110";
    case "url":
      return `https://ward.example/${"a".repeat(900)}`;
    case "hazard":
      return text === "" ? "レベル４大雨危険警報" : text.slice(0, blank.maxLength);
    case "text":
      return (text === "" ? "本" : text).slice(0, blank.maxLength);
  }
}

const fullBlanks = ({ blanks }: Template, text = "") =>
  Object.fromEntries(blanks.map((blank) => [blank.id, valueFor(blank, text)]));
const neededBlanks = ({ blanks }: Template) =>
  Object.fromEntries(
    blanks.filter(({ required }) => required).map((blank) => [blank.id, valueFor(blank, "")]),
  );

function filled(template: Template, ask: FillGiven) {
  const result = fillTemplate(template, ask, { ward, sentences });
  if ("problems" in result) throw new Error(`${template.id}: ${JSON.stringify(result.problems)}`);
  return result;
}

function expectSendable(template: Template, ask: FillGiven): void {
  const needs = JSON.stringify(template.texts).includes("{{original}}");
  const { contents, level } = filled(template, needs ? { ...ask, original: originalIn(ask.mode) } : ask);
  expect(Object.keys(contents)).toEqual(ward.languages);
  expect(contentProblems(contents, ward.languages)).toEqual([]);
  expect(sizeProblems(contents, sentences)).toEqual([]);
  for (const [language, content] of Object.entries(contents)) {
    expect([content.title, content.body, content.link?.url].join("\n")).not.toMatch(
      /\{\{|\}\}|undefined|\[object/,
    );
    const head = { level, tone: template.tone, mode: ask.mode, kind: "alert" as const };
    const message = renderAlert(content, { language, sentences, head });
    expect(validateMessages([message])).toEqual({ remarks: [] });
    expect(bubbleBytes(message)).toBeLessThan(lineLimits.bubbleBytes);
    const mark = drillMark(language, sentences);
    for (const text of [content.title, content.body, message.altText])
      expect(text.startsWith(mark), `${language}: ${text}`).toBe(ask.mode !== "live");
  }
}

describe("the templates that are shipped", () => {
  it("there is one for everything a duty officer may have to say", () => {
    const offered = templates.filter(({ internal }) => !internal).map(({ id }) => id);
    const evacuation = "evacuationLevel3 evacuationLevel4 evacuationLevel5 shelterOpened";
    const disasters = "landslide flood stormSurge tsunami earthquake fire heat";
    const others = "missingPerson suspiciousPerson fraud waterFailure powerFailure schoolClosing";
    expect(offered.toSorted()).toEqual(`${evacuation} ${disasters} ${others}`.split(" ").toSorted());
    const followUps = templates.filter(({ group }) => group === "followUp");
    expect(followUps.map(({ id }) => id)).toEqual(["update", "correction", "allClear"]);
    expect(followUps.every(({ internal }) => internal)).toBe(true);
  });

  it.each(all)("$id has a text in every language, and asks for two things at most", ({ template }) => {
    expect(Object.keys(template.texts)).toEqual(ward.languages);
    expect(
      template.blanks.filter(({ required, preset }) => required && preset === undefined).length,
    ).toBeLessThan(3);
  });

  it.each(all)("$id names categories that the sample ward has", ({ template }) => {
    for (const id of template.audience.categories ?? [])
      expect(ward.categories.map((category) => category.id)).toContain(id);
  });

  const cases = all.flatMap((each) => modes.map((mode) => ({ ...each, mode })));
  it.each(cases)(
    "$id as $mode fits into LINE, with as little and as much as can be filled in",
    ({ template, mode }) => {
      expectSendable(template, given(neededBlanks(template), mode));
      expectSendable(template, given(fullBlanks(template), mode, { districts: ward.districts }));
      // The drills of the public are the longest: they stand for the others.
      for (const text of mode === "publicDrill" ? nasty : [])
        expectSendable(template, given({ ...fullBlanks(template), ...textsOf(template, text) }, mode));
    },
  );

  it.each(all)("$id takes whatever is typed", ({ template }) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.constantFrom(...modes), (text, mode) => {
        const blanks = {
          ...fullBlanks(template),
          ...textsOf(template, text.trim() === "" ? "x" : `x${text}`),
        };
        expectSendable(template, given(blanks, mode));
      }),
      { numRuns: 3 },
    );
  });

  it("every template that a shipped rule names is there, and takes what rules fill in", () => {
    const rules = readFileSync(projectPath("seeds", "alert-rules.json"), "utf8");
    const named = new Set([...rules.matchAll(/"(relay\w+)"/g)].map(([, id]) => id));
    expect(named.size).toBeGreaterThan(8);
    const about = {
      telegram: { headline: "見出し", publisher: "気象庁", reportedAt: now, title: "標題" } as Telegram,
      hazard: {
        kind: "heavyRain",
        name: "レベル４大雨危険警報",
        area: { code: "1", name: "みほん区" },
      } as Hazard,
    };
    const before = { ...about.hazard, name: "レベル５大雨特別警報" } as unknown as HazardState;
    for (const id of named) {
      const template = templates.find((each) => each.id === id);
      if (template === undefined) throw new Error(`${String(id)} is not shipped`);
      expect(template.internal).toBe(true);
      const blanks = fitBlanks(
        {
          ...followUpBlanks(before, about.hazard, about.telegram),
          ...tsunamiBlanks({ ...about.hazard, tsunami: "tsunamiNone" }, about.telegram),
        },
        template,
        ward.languages,
      );
      expectSendable(template, given(blanks, "live"));
      const { contents } = filled(template, { ...given(blanks, "live"), original: originalIn("live") });
      expect(contents["ja"]?.body).toContain("気象庁");
    }
  });

  it("threats to life can be sent by one person, everything else cannot", () => {
    const alone = templates.filter(({ breakGlass }) => breakGlass).map(({ id }) => id);
    expect(alone.toSorted()).toEqual(
      [
        "evacuationLevel4",
        "evacuationLevel5",
        "landslide",
        "flood",
        "stormSurge",
        "tsunami",
        "earthquake",
        "fire",
      ].toSorted(),
    );
  });

  it("level 4 and above and tsunami reach everyone, those without a district too", () => {
    for (const { level = 0, id, audience } of templates)
      if (level >= 4 || id === "tsunami")
        expect(audience).toEqual({ who: "everyone", withoutDistrict: true });
    expect(templates.find(({ id }) => id === "evacuationLevel3")?.audience.who).toBe("subscribers");
  });
});

/** Free texts with something in them that is not only space. */
function textsOf({ blanks }: Template, text: string): Blanks {
  return Object.fromEntries(
    blanks
      .filter(({ type }) => type === "text" || type === "hazard")
      .map(({ id, maxLength }) => [id, `あ${text}`.slice(0, maxLength)]),
  );
}

const officialNames: Record<string, [title: string, action: string][]> = {
  ja: [
    ["警戒レベル３ 高齢者等避難", "危険な場所から高齢者等は避難"],
    ["警戒レベル４ 避難指示", "危険な場所から全員避難"],
    ["警戒レベル５ 緊急安全確保", "命の危険　直ちに安全確保！"],
  ],
  "ja-x-easy": [
    ["警戒（けいかい）レベル３ 高齢者等避難（こうれいしゃとう ひなん）", "避難（ひなん）"],
    ["警戒（けいかい）レベル４ 避難指示（ひなんしじ）", "全員（ぜんいん） 避難（ひなん）"],
    ["警戒（けいかい）レベル５ 緊急安全確保（きんきゅう あんぜん かくほ）", "いのちが あぶないです"],
  ],
  en: [
    ["Alert Level 3 Evacuation of the elderly, etc.", "leave dangerous areas now"],
    ["Alert Level 4 Evacuation Order", "Everyone: leave dangerous areas now"],
    ["Alert Level 5 Emergency Safety Measures", "Protect yourself at once"],
  ],
  "zh-Hans": [
    ["警戒等级3 老年人等进行避难", "老年人等"],
    ["警戒等级4 避难指示", "所有人"],
    ["警戒等级5 紧急确保安全", "立即确保安全"],
  ],
  ko: [
    ["경계 레벨 3 고령자 등의 대피", "대피하세요"],
    ["경보 레벨 4 대피 지시", "모두"],
    ["경보 레벨 5 긴급 안전 확보", "안전을 확보하세요"],
  ],
};

describe("evacuation information is called what the law calls it (fact sheet, sections 3 and 5)", () => {
  const byLevel = [3, 4, 5].flatMap((level, index) =>
    ward.languages.map((language) => ({ level, index, language })),
  );
  it.each(byLevel)("level $level in $language", ({ level, index, language }) => {
    const template = templates.find((each) => each.id === `evacuationLevel${level}`);
    if (template === undefined) throw new Error("not there");
    const result = filled(template, given({ cause: "flood" }, "live"));
    const [title = "", action = ""] = officialNames[language]?.[index] ?? [];
    expect(result.level).toBe(level);
    expect(result.contents[language]?.title).toBe(title);
    expect(result.contents[language]?.body).toContain(action);
  });

  it.each(["tsunami", "earthquake", "fire"])(
    "an order because of %s has no level, in no language",
    (cause) => {
      const template = templates.find(({ id }) => id === "evacuationLevel4");
      if (template === undefined) throw new Error("not there");
      const { level, contents } = filled(template, given({ cause }, "live"));
      expect(level).toBeUndefined();
      expect(contents["ja"]?.title).toBe("避難指示");
      expect(contents["en"]?.title).toBe("Evacuation Order");
      for (const { title, body } of Object.values(contents))
        expect(`${title}${body}`.normalize("NFKC")).not.toMatch(/レベル|Level|等级|레벨/);
    },
  );

  it("each says the Japanese name with its reading, whatever the language", () => {
    const readings = { 3: "こうれいしゃとうひなん", 4: "ひなんしじ", 5: "きんきゅうあんぜんかくほ" };
    for (const [level, reading] of Object.entries(readings)) {
      const texts = templates.find(({ id }) => id === `evacuationLevel${level}`)?.texts ?? {};
      for (const [language, { title, body }] of Object.entries(texts)) {
        const said = `${title}${body}`.replaceAll(" ", "");
        if (language === "en") expect(said).toMatch(/[(]\w/);
        else expect(said).toContain(reading);
      }
    }
  });

  it("no relay of the agency's calls itself an order or names a level of its own", () => {
    for (const { group, level, texts, blanks } of templates.filter((each) => each.group === "relay")) {
      expect([group, level]).toEqual(["relay", undefined]);
      for (const { title, body } of Object.values(texts))
        expect(placeholdersIn(`${title}${body}`)).not.toContain("level");
      expect(blanks.every(({ id }) => id === "issuedAt" || !builtIns.some((name) => name === id))).toBe(true);
    }
  });
});
