import { expect, test } from "vitest";
import { momentInWords } from "../../src/messages/moment-in-words.ts";
import { loadSentences } from "../../src/shared/i18n.ts";

const sentences = loadSentences();
const inEasyJapanese = (tokyo: string) =>
  momentInWords(sentences, "ja-x-easy", Date.parse(`${tokyo}:00+09:00`));

test.each([
  ["2026-11-20T21:30", "11月（がつ） 20日（はつか） 午後（ごご）9時（じ） 30分（ぷん）"],
  ["2026-12-01T00:07", "12月（がつ） 1日（ついたち） 午前（ごぜん）0時（じ） 7分（ふん）"],
  ["2027-01-22T12:00", "1月（がつ） 22日（にち） 午後（ごご）0時（じ）"],
])("easy Japanese reads %s aloud as %s", (tokyo, words) => {
  expect(inEasyJapanese(tokyo)).toBe(words);
});

test("the other languages write hours as a clock does", () => {
  const instant = Date.parse("2026-12-01T21:30:00+09:00");
  const words = ["ja", "en", "zh-Hans", "ko"].map((language) => momentInWords(sentences, language, instant));
  expect(words).toEqual(["12月1日 21:30", "1 Dec, 21:30", "12月1日 21:30", "12월 1일 21:30"]);
});
