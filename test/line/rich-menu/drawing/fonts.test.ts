import { describe, expect, it } from "vitest";
import { type FontRun, openFonts } from "../../../../src/line/rich-menu/drawing/fonts.ts";
import { outlineOf, shapeText } from "../../../../src/line/rich-menu/drawing/shape-text.ts";
import { sampleLabels } from "./sample-menu.ts";

const fonts = openFonts();
const runsOf = (text: string, language: string): Promise<FontRun[]> =>
  fonts.runsOf(text, { language, weight: 700 });
const familiesOf = async (text: string, language: string): Promise<string[]> =>
  (await runsOf(text, language)).map(({ text, font }) => `${text} ${font.familyName.replace(" Thin", "")}`);

describe("the font of a character", () => {
  it.each([
    ["ja", "Noto Sans JP"],
    ["ja-x-easy", "Noto Sans JP"],
    ["zh-Hans", "Noto Sans SC"],
    ["zh-CN", "Noto Sans SC"],
    ["ko", "Noto Sans KR"],
    ["vi", "Noto Sans JP"],
  ])("in %s comes from %s, for a Han character and for Latin letters", async (language, family) => {
    expect(await familiesOf("直", language)).toEqual([`直 ${family}`]);
    expect(await familiesOf("LINE", language)).toEqual([`LINE ${family}`]);
  });

  it("comes from another language's font when the own one lacks it", async () => {
    expect(await familiesOf("区 재난 区", "ja")).toEqual([
      "区 Noto Sans JP",
      "  Noto Sans JP",
      "재 Noto Sans KR",
      "난 Noto Sans KR",
      "  Noto Sans JP",
      "区 Noto Sans JP",
    ]);
  });

  it.each(Object.entries(sampleLabels))(
    "is never the empty box: every label in %s",
    async (language, labels) => {
      for (const { text, font } of await runsOf(labels.join(""), language)) {
        const glyphs = font.layout(text).glyphs;
        expect(glyphs.filter(({ id }) => id === 0)).toEqual([]);
        expect(glyphs.length).toBeGreaterThan(0);
      }
    },
  );

  it.each(["直", "骨", "返"])("has another form in Japanese than in Chinese: %s", async (character) => {
    const draw = async (language: string): Promise<string> =>
      outlineOf(await shapeText(fonts, character, { language, weight: 700 }), 0, 0, 1000);
    expect(await draw("ja-x-easy")).toBe(await draw("ja"));
    expect(await draw("zh-Hans")).not.toBe(await draw("ja"));
  });

  it("is drawn at the asked weight", async () => {
    const widthAt = async (weight: number): Promise<number> => {
      const [run] = await fonts.runsOf("W", { language: "en", weight });
      return run?.font.layout("W").advanceWidth ?? 0;
    };
    expect(await widthAt(700)).toBeGreaterThan(await widthAt(400));
  });
});

describe("a character that no font has", () => {
  it("is named with its language and with the package that would add it", async () => {
    await expect(runsOf("A नेपाली", "ne")).rejects.toThrow(
      'No installed font can draw "ने" (U+0928 U+0947), "पा" (U+092A U+093E), "ली" (U+0932 U+0940) ' +
        'for the language "ne". Installing @fontsource-variable/noto-sans-devanagari could help.',
    );
  });

  it("is found out even where a font file claims to have it", async () => {
    await expect(runsOf("A\u0007", "en")).rejects.toThrow(/U\+0007/);
  });

  it("is named without a package when there is none", async () => {
    await expect(runsOf("火事🔥", "ja")).rejects.toThrow(
      /"🔥" \(U\+1F525\) for the language "ja"\. Use other characters/,
    );
  });
});
