import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BreakQuality, piecesOf } from "../../../../src/line/rich-menu/drawing/line-breaks.ts";

const qualities: BreakQuality[] = ["space", "phrase", "character"];
const cut = (text: string, language: string, worst: BreakQuality): string =>
  piecesOf(text, language, worst)
    .map(({ text }) => text)
    .join("|");

describe("a line", () => {
  it.each([
    ["分野をえらぶ", "分野を|えらぶ"],
    ["わたしの設定", "わたしの|設定"],
    ["ごみの出し方", "ごみの|出し|方"],
    ["お知らせを受け取る", "お知らせを|受け取る"],
    ["防災センターへのお問い合わせ", "防災|センターへの|お問い合わせ"],
    ["避難所（地図）", "避難所|（地図）"],
    ["LINE公式アカウント", "LINE|公式|アカウント"],
    ["18歳まで", "18歳まで"],
  ])("of Japanese ends after a phrase: %s", (text, pieces) => {
    expect(cut(text, "ja", "phrase")).toBe(pieces);
  });

  it("of Korean ends at a space, and inside a word only when nothing else fits", () => {
    expect(cut("재난 정보", "ko", "phrase")).toBe("재난|정보");
    expect(cut("재난 정보", "ko", "character")).toBe("재|난|정|보");
  });

  it("drops the interpunct or the space at which it ends", () => {
    expect(piecesOf("ことば・Language", "ja", "space")).toEqual([
      { text: "ことば", gap: "・" },
      { text: "Language", gap: "" },
    ]);
    expect(piecesOf("A\u200BB C", "en", "space").map(({ gap }) => gap)).toEqual(["", " ", ""]);
  });

  it("never begins with a small kana, a long mark or a closing bracket, nor ends with an opening one", () => {
    expect(cut("「じょうほう」センター、ね", "ja", "character")).toBe("「じょ|う|ほ|う」|セ|ン|ター、|ね");
  });

  const letters = fc.constantFrom(...Array.from("aZé区ターっ가、（）・ /\u00A0-'"));
  const texts = fc.string({ unit: letters, minLength: 1, maxLength: 24 });

  it("never ends inside a Latin word, whatever stands around it", () => {
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom("ja", "en", "zh-Hans", "ko"),
        fc.constantFrom(...qualities),
        (text, language, worst) => {
          const pieces = piecesOf(text, language, worst);
          const tight = pieces.slice(0, -1).filter(({ gap }) => gap === "");
          const cuts = tight.map((piece) => `${piece.text}|${pieces[pieces.indexOf(piece) + 1]?.text}`);
          expect(cuts.filter((cut) => /[a-zé]\|[a-zé]/iu.test(cut))).toEqual([]);
        },
      ),
    );
  });

  it("loses no character but what it may drop at its end", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...qualities), (text, worst) => {
        const joined = piecesOf(text, "ja", worst).map(({ text, gap }) => text + gap);
        expect(joined.join("")).toBe(text.trim());
      }),
    );
  });
});
