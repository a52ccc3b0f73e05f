import { describe, expect, it } from "vitest";
import { momentInFull, momentInWords } from "../../src/messages/moment-in-words.ts";
import { loadSentences } from "../../src/shared/i18n.ts";

const sentences = loadSentences();

/** An instant of Tokyo in each language. */
function everywhere(write: typeof momentInFull, local: string): Record<string, string> {
  const instant = Date.parse(`${local}+09:00`);
  return Object.fromEntries(
    sentences.languages.map((language) => [language, write(sentences, language, instant)]),
  );
}

describe("a moment in words", () => {
  it("has the month, the day as it is read, and the time", () => {
    expect(everywhere(momentInWords, "2026-11-01T09:05")).toEqual({
      ja: "11月1日 9:05",
      "ja-x-easy": "11月（がつ） 1日（ついたち） 午前（ごぜん）9時（じ） 5分（ふん）",
      en: "1 Nov, 9:05",
      "zh-Hans": "11月1日 9:05",
      ko: "11월 1일 9:05",
    });
    expect(everywhere(momentInWords, "2026-11-21T21:30")).toMatchObject({
      ja: "11月21日 21:30",
      "ja-x-easy": "11月（がつ） 21日（にち） 午後（ごご）9時（じ） 30分（ぷん）",
    });
  });

  it("in full has also the year and the day of the week; minutes before ten have a 0 where that is usual", () => {
    expect(everywhere(momentInFull, "2026-11-08T09:05")).toEqual({
      ja: "2026年11月8日（日）9時05分",
      "ja-x-easy": "2026年（ねん） 11月（がつ） 8日（ようか） にちようび 午前（ごぜん）9時（じ） 5分（ふん）",
      en: "9:05, Sun 8 Nov 2026",
      "zh-Hans": "2026年11月8日（周日）9:05",
      ko: "2026년 11월 8일(일) 9:05",
    });
  });

  it.each([
    ["00:00", "午前（ごぜん）0時（じ）"],
    ["12:00", "午後（ごご）0時（じ）"],
    ["12:03", "午後（ごご）0時（じ） 3分（ぷん）"],
    ["23:10", "午後（ごご）11時（じ） 10分（ぷん）"],
    ["23:59", "午後（ごご）11時（じ） 59分（ふん）"],
  ])("%s has its readings in easy Japanese", (time, words) => {
    const easy = everywhere(momentInFull, `2026-12-24T${time}`)["ja-x-easy"] ?? "";
    expect(easy).toBe(`2026年（ねん） 12月（がつ） 24日（にじゅうよっか） もくようび ${words}`);
  });

  it("a full hour has its two zeros everywhere else", () => {
    const { ja, en, ko } = everywhere(momentInFull, "2027-01-01T00:00");
    expect([ja, en, ko]).toEqual([
      "2027年1月1日（金）0時00分",
      "0:00, Fri 1 Jan 2027",
      "2027년 1월 1일(금) 0:00",
    ]);
  });
});
