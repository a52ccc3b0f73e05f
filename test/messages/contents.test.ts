import { describe, expect, it } from "vitest";
import { type Notice, contentLimits, contentProblems, contentsSchema } from "../../src/messages/contents.ts";
import { sizeProblems } from "../../src/messages/size-problems.ts";
import { loadSentences } from "../../src/shared/i18n.ts";

const sentences = loadSentences();
const languages = ["ja", "en"];
const fine: Notice = { title: "健診", body: "4月の健診です。" };
const problems = (notice: Partial<Notice>) => contentProblems({ ja: { ...fine, ...notice } }, languages);
const link = (url: string, label = "くわしく") => problems({ link: { label, url } });
const image = (url: string, alt = "母子手帳") => problems({ image: { url, alt } });

describe("what staff wrote, against LINE's limits", () => {
  it("contents need at least one language, and only languages of the ward", () => {
    expect(contentProblems({}, languages)).toEqual([{ field: "contents", code: "no_contents" }]);
    expect(contentProblems({ ja: fine, tlh: fine }, languages)).toEqual([
      { field: "contents.tlh", code: "unknown_language" },
    ]);
  });

  it("title and body are asked for, and white space is nothing", () => {
    expect(problems({ title: " \n　", body: "" })).toEqual([
      { field: "contents.ja.title", code: "empty" },
      { field: "contents.ja.body", code: "empty" },
    ]);
  });

  it.each([
    ["title", 100, (text: string) => problems({ title: text })],
    ["body", 5_000, (text: string) => problems({ body: text })],
    ["image.alt", 300, (text: string) => image("https://ward.example/a.png", text)],
    ["link.label", 40, (text: string) => link("https://ward.example/", text)],
    ["place.name", 100, (text: string) => problems({ place: { name: text, latitude: 35, longitude: 139 } })],
    [
      "place.address",
      200,
      (text: string) => problems({ place: { name: "区役所", address: text, latitude: 35, longitude: 139 } }),
    ],
  ] as const)(
    "%s may have %i characters, and one more is said with limit and length",
    (field, limit, check) => {
      expect(check("あ".repeat(limit))).toEqual([]);
      expect(check("あ".repeat(limit + 1))).toEqual([
        { field: `contents.ja.${field}`, code: "too_long", limit, actual: limit + 1 },
      ]);
    },
  );

  it("characters are UTF-16 units, as LINE counts them; those of a label are graphemes", () => {
    expect(problems({ title: "🏥".repeat(51) })).toEqual([
      { field: "contents.ja.title", code: "too_long", limit: 100, actual: 102 },
    ]);
    const family = "👨‍👩‍👧‍👦";
    expect(link("https://ward.example/", family.repeat(40))).toEqual([]);
    expect(link("https://ward.example/", family.repeat(41))).toEqual([
      { field: "contents.ja.link.label", code: "too_long", limit: 40, actual: 41 },
    ]);
  });

  it("an address is measured as it is sent: percent-encoded", () => {
    const path = (count: number) => `https://ward.example/${"健".repeat(count)}`;
    const sent = (count: number) => "https://ward.example/".length + 9 * count;
    expect(link(path(108))).toEqual([]);
    expect(link(path(109))).toEqual([
      { field: "contents.ja.link.url", code: "too_long", limit: contentLimits.linkUrl, actual: sent(109) },
    ]);
    expect(image(path(219))).toEqual([]);
    expect(image(path(220))).toEqual([
      { field: "contents.ja.image.url", code: "too_long", limit: contentLimits.imageUrl, actual: sent(220) },
    ]);
  });

  it.each([
    "https://ward.example/健診?月=4#場所",
    "https://例え.jp/",
    "http://ward.example/",
    "tel:0312345678",
    "tel:+81-3-1234-5678",
    "https://ward.example/%E5%81%A5?a=1&b=[2]",
  ])("a link may lead to %s", (url) => {
    expect(link(url)).toEqual([]);
  });

  it.each([
    "",
    "ward.example",
    "/relative",
    "javascript:alert(1)",
    "data:text/html,hello",
    "file:///etc/passwd",
    "line://app/1",
    "https://ward.example/a b",
    "https://ward.example/<script>",
    'https://ward.example/"',
    "https://",
    "tel: 03 1234",
  ])("a link may not lead to %j", (url) => {
    expect(link(url)).toEqual([{ field: "contents.ja.link.url", code: "bad_url" }]);
  });

  it("a picture comes by https only", () => {
    expect(image("http://ward.example/a.png")).toEqual([{ field: "contents.ja.image.url", code: "bad_url" }]);
    expect(image("tel:119")).toEqual([{ field: "contents.ja.image.url", code: "bad_url" }]);
  });

  it("what a picture shows and where a link leads must be said", () => {
    expect(image("https://ward.example/a.png", " ")).toEqual([
      { field: "contents.ja.image.alt", code: "empty" },
    ]);
    expect(link("https://ward.example/", "")).toEqual([{ field: "contents.ja.link.label", code: "empty" }]);
  });

  it("every problem of every language is told at once", () => {
    const bad = { title: "", body: "x".repeat(5_001), link: { label: "", url: "nowhere" } };
    expect(contentProblems({ ja: bad, en: bad, ko: fine }, languages)).toHaveLength(9);
  });

  it("the shape is refused before the lengths are looked at: unknown fields, places off the globe", () => {
    const shaped = (notice: object) => contentsSchema.safeParse({ ja: notice }).success;
    expect(shaped(fine)).toBe(true);
    expect(shaped({ ...fine, subtitle: "x" })).toBe(false);
    expect(shaped({ ...fine, title: 7 })).toBe(false);
    expect(shaped({ title: "no body" })).toBe(false);
    expect(shaped({ ...fine, place: { name: "x", latitude: 90.1, longitude: 0 } })).toBe(false);
    expect(shaped({ ...fine, place: { name: "x", latitude: 0, longitude: -180.1 } })).toBe(false);
  });
});

describe("the bytes of a whole bubble", () => {
  it("a body of 5,000 Japanese characters fits; 5,000 that JSON must escape do not", () => {
    expect(sizeProblems({ ja: { ...fine, body: "あ".repeat(5_000) } }, sentences)).toEqual([]);
    const [problem, ...others] = sizeProblems({ en: { ...fine, body: "\u0001".repeat(5_000) } }, sentences);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ field: "contents.en", code: "too_long", limit: 28_500 });
    expect(problem?.actual).toBeGreaterThan(30_000);
  });
});
