import { describe, expect, it } from "vitest";
import { dayProblem, daysIn } from "../../src/broadcasts/dates-in-text.ts";
import { type Looked, manyInAWeek, warningsFor } from "../../src/broadcasts/warnings.ts";

const tokyo = (text: string) => Date.parse(`${text}+09:00`);
const plain: Looked = {
  audience: { everyone: true },
  contents: { ja: { title: "題", body: "本文" } },
  missingTranslations: "refuse",
  sendAt: undefined,
  repeat: undefined,
  byLanguage: { ja: 10 },
  languages: ["ja", "en"],
  sameWeek: [],
  now: tokyo("2026-11-20T10:00"),
};
const kinds = (looked: Partial<Looked>) => warningsFor({ ...plain, ...looked }).map(({ kind }) => kind);
const ofText = (body: string, title = "題") => kinds({ contents: { ja: { title, body } } });

describe("what a text says of days", () => {
  const problem = (text: string) => {
    const [named] = daysIn(text);
    return named === undefined ? "no day" : (dayProblem(named, "2026-11-20")?.kind ?? "fine");
  };

  it.each([
    // 5 December 2026 is a Saturday.
    ["12月5日（土）", "fine"],
    ["12月5日(金)に", "weekday"],
    ["12月５日（金曜日）", "weekday"],
    ["2026年12月5日（土曜日）", "fine"],
    ["12月（がつ）5日（か）（金曜日（きんようび））", "weekday"],
    ["12月5日（周六）", "fine"],
    ["12月5日（星期五）", "weekday"],
    ["12월 5일(토)", "fine"],
    ["12월 5일(금요일)", "weekday"],
    ["Saturday, December 5", "fine"],
    ["Friday, Dec. 5, 2026", "weekday"],
    ["December 5 (Fri)", "weekday"],
    ["11月19日に終わりました", "past"],
    ["11月20日", "fine"],
    ["1月10日", "fine"],
    ["2025年12月5日（金）", "past"],
    ["6月31日", "noSuchDay"],
    ["13月5日", "no day"],
    ["3月まで、5日間", "no day"],
    ["May I help you?", "no day"],
  ])("%s: %s", (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  it("does not take what stands in brackets after a day for a weekday when it is none", () => {
    expect(daysIn("12月5日（雨天中止）")[0]?.weekday).toBeUndefined();
    expect(daysIn("12月5日、日比谷公園")[0]?.weekday).toBeUndefined();
  });

  it("reads a day before thousands of spaces as fast as any other", () => {
    // Trying every way to share the spaces out takes a minute.
    const spaces = " ".repeat(4_900);
    expect(daysIn(`12月5日${spaces}です。`)[0]?.weekday).toBeUndefined();
    expect(daysIn(`12月5日${spaces}（金）です。`)[0]?.weekday).toBe(5);
  }, 10_000);

  it("looks at days as they are when it goes: what is to come today may be over by then", () => {
    const contents = { ja: { title: "題", body: "12月5日（土）に開きます。" } };
    expect(kinds({ contents, sendAt: tokyo("2026-12-04T10:00") })).toEqual([]);
    expect(kinds({ contents, sendAt: tokyo("2026-12-07T10:00") })).toEqual(["day"]);
    // A time that has passed means now.
    expect(kinds({ contents, sendAt: tokyo("2026-11-19T10:00") })).toEqual([]);
  });

  it("says a day once, however often it stands there", () => {
    expect(ofText("12月5日（金）です。12月5日（金）です。", "12月5日（金）")).toEqual(["day"]);
  });
});

describe("what is worth a second look", () => {
  it("nothing in an ordinary notice on a working day", () => {
    expect(kinds({ sendAt: tokyo("2026-11-24T10:00") })).toEqual([]);
    expect(ofText("LINEで PCR の予約ができます。https://EXAMPLE.JP")).toEqual([]);
  });

  it("readers of a language without a text, with how many they are", () => {
    expect(warningsFor({ ...plain, byLanguage: { ja: 10, en: 3, ko: 0 } })).toEqual([
      { kind: "noText", language: "en", residents: 3, fallback: false },
    ]);
    expect(warningsFor({ ...plain, byLanguage: { en: 3 }, missingTranslations: "fallback" })).toEqual([
      { kind: "noText", language: "en", residents: 3, fallback: true },
    ]);
  });

  it("a repeat that goes several times a day", () => {
    const repeat = (cron: string) => kinds({ repeat: { cron } }).includes("often");
    expect([repeat("0 9 * * *"), repeat("0 9,15 * * 1"), repeat("* * * * *")]).toEqual([false, true, true]);
  });

  it("a link that anybody on the way can read", () => {
    const link = { label: "見る", url: "http://ward.example/" };
    expect(kinds({ contents: { ja: { title: "題", body: "本文", link } } })).toEqual(["linkNotHttps"]);
    const safe = { label: "見る", url: "tel:0312345678" };
    expect(kinds({ contents: { ja: { title: "題", body: "本文", link: safe } } })).toEqual([]);
  });

  it.each([
    ["2026-11-23T10:00", ["holiday"]],
    ["2026-11-21T10:00", ["weekend"]],
    ["2026-11-24T22:00", ["night"]],
    ["2026-11-24T06:59", ["night"]],
    ["2026-11-24T07:00", []],
    ["2026-11-24T21:59", []],
    ["2026-11-22T23:00", ["weekend", "night"]],
  ])("sent at %s: %j", (at, expected) => {
    expect(kinds({ sendAt: tokyo(at) })).toEqual(expected);
  });

  it("a repeat of which one of the next times is a holiday", () => {
    expect(kinds({ repeat: { cron: "0 9 23 * *" } })).toContain("holiday");
    expect(kinds({ repeat: { cron: "not a pattern" } })).toEqual([]);
  });

  it("shouting in Latin letters, and a text nobody reads to its end", () => {
    expect(ofText("BRING YOUR UMBRELLA TODAY")).toEqual(["capitals"]);
    expect(ofText("あ".repeat(1_001))).toEqual(["veryLong"]);
  });

  it("more than five to the same people in a week; this one itself and other people's do not count twice", () => {
    const audience = { categories: { anyOf: ["childcare", "events"] } };
    const other = (id: string, anyOf: string[]) => ({ id, audience: { categories: { anyOf } } });
    const five = Array.from({ length: manyInAWeek }, (_, index) => other(String(index), ["events"]));
    expect(kinds({ audience, sameWeek: five })).toEqual(["manyThisWeek"]);
    expect(kinds({ audience, sameWeek: five, id: "0" })).toEqual([]);
    expect(kinds({ audience, sameWeek: [...five.slice(1), other("x", ["welfare"])] })).toEqual([]);
    expect(
      kinds({ audience, sameWeek: [...five.slice(1), { id: "y", audience: { everyone: true } }] }),
    ).toEqual(["manyThisWeek"]);
  });
});
