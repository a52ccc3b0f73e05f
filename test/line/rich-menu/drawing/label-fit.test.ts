import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openFonts } from "../../../../src/line/rich-menu/drawing/fonts.ts";
import type { Menu } from "../../../../src/line/rich-menu/drawing/menu.ts";
import { placeCell } from "../../../../src/line/rich-menu/drawing/place-cell.ts";
import { type SetCell, setLabels } from "../../../../src/line/rich-menu/drawing/set-labels.ts";
import { textToPath } from "../../../../src/line/rich-menu/drawing/text-to-path.ts";
import { sampleMenu } from "./sample-menu.ts";

const fonts = openFonts();
const alphabets = {
  ja: "防災情報わたしのせっていカレンダーをえらぶ（）・、LINE 7",
  "zh-Hans": "灾害信息选择通知类别我的设置，（）・",
  ko: "재난정보분야고르기내설정 ",
  en: "aeilmnoprstW ",
  vi: "ằệữơđếọủnht ",
};
const language = fc.constantFrom(...(Object.keys(alphabets) as (keyof typeof alphabets)[]));
const textIn = (language: keyof typeof alphabets, maxLength: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...Array.from(alphabets[language])), minLength: 1, maxLength })
    .filter((text) => /[\p{L}\p{Nd}]/u.test(text));
/** LINE's own limit for the label of an area is 20 characters. */
const menus = fc
  .tuple(language, fc.constantFrom(1686, 843))
  .chain(([language, height]) =>
    fc
      .array(textIn(language, 20), { minLength: 6, maxLength: 6 })
      .map((labels): Menu => sampleMenu(language, labels, height)),
  );
const doesNotFit = (error: unknown): null => {
  expect(String(error)).toMatch(/does not fit/);
  return null;
};

function expectInside(set: SetCell, all: readonly SetCell[]): void {
  const { disc, label } = placeCell(set, all);
  const { card, padding, sideBySide, disc: diameter } = set.layout;
  const { ink } = set.label;
  const left = label[0] + ink.x;
  const top = label[1] + ink.y;
  const radius = diameter / 2;
  const nearly = 1e-6;
  // Cells of about one width share one place for their icons, so the padding may give way a little.
  const side = padding.x - (sideBySide ? set.layout.gutter / 2 : nearly);
  expect(left).toBeGreaterThan(sideBySide ? disc[0] + radius : card.x + side);
  expect(left + ink.width).toBeLessThan(card.x + card.width - side);
  expect(top).toBeGreaterThan(sideBySide ? card.y + padding.y - nearly : disc[1] + radius);
  // The whole last line, not only its strokes.
  expect(label[1] + set.label.height).toBeLessThan(card.y + card.height - padding.y + nearly);
  expect(disc[0] - radius).toBeGreaterThan(card.x + side);
  expect(disc[1] - radius).toBeGreaterThan(card.y);
}

describe("a label", () => {
  it("never leaves its cell, however long it is: it shrinks, wraps, or is refused", async () => {
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(menus, async (menu) => {
        const cells = await setLabels(fonts, menu).catch(doesNotFit);
        if (cells === null) return;
        drawn += 1;
        for (const set of cells) expectInside(set, cells);
      }),
      { numRuns: 40 },
    );
    // A test that only ever sees refusals would prove nothing.
    expect(drawn).toBeGreaterThan(20);
  });

  it("of up to 20 characters always fits a sixth of the large menu, in every script set in squares", async () => {
    await fc.assert(
      fc.asyncProperty(textIn("zh-Hans", 20), async (label) => {
        const cells = await setLabels(
          fonts,
          sampleMenu(
            "zh-Hans",
            Array.from({ length: 6 }, () => label),
          ),
        );
        expect(cells).toHaveLength(6);
      }),
      { numRuns: 30 },
    );
  });

  it("of three lines stays inside beside labels of one", async () => {
    const long = "おしらせを ぶんやと ちくをえらぶ";
    const cells = await setLabels(fonts, sampleMenu("ja", [long, "区", "区", "区", "区", "区"]));
    expect(cells.map(({ label }) => label.lines)).toEqual([3, 1, 1, 1, 1, 1]);
    for (const set of cells) expectInside(set, cells);
  });

  it("has the same size as the others of its menu", async () => {
    const cells = await setLabels(
      fonts,
      sampleMenu("ja", ["防災", "お問い合わせ先", "区", "ごみ", "福祉", "使い方"]),
    );
    // Seven characters in 698 pixels.
    expect(cells.map(({ label }) => label.size)).toEqual([99, 99, 99, 99, 99, 99]);
  });
});

describe("a text", () => {
  it("keeps within the size, the width, the height and the lines it is given", async () => {
    const rooms = fc.record({
      maxWidth: fc.integer({ min: 100, max: 1200 }),
      maxHeight: fc.integer({ min: 60, max: 500 }),
      maxLines: fc.integer({ min: 1, max: 3 }),
      align: fc.constantFrom("start" as const, "center" as const),
    });
    const cases = language.chain((language) => fc.tuple(fc.constant(language), textIn(language, 30), rooms));
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(cases, async ([language, text, room]) => {
        const size = { min: 40, max: 110 };
        const path = await textToPath(fonts, text, { ...room, language, weight: 700, size }).catch(
          doesNotFit,
        );
        if (path === null) return;
        drawn += 1;
        expect(path.size).toBeGreaterThanOrEqual(size.min);
        expect(path.size).toBeLessThanOrEqual(size.max);
        expect(path.lines).toBeLessThanOrEqual(room.maxLines);
        expect(path.height).toBeLessThanOrEqual(room.maxHeight + 1e-6);
        expect(path.ink.x).toBeGreaterThanOrEqual(-1e-6);
        expect(path.ink.x + path.ink.width).toBeLessThanOrEqual(room.maxWidth + 1e-6);
        expect(path.ink.y).toBeGreaterThanOrEqual(-1e-6);
        expect(path.ink.y + path.ink.height).toBeLessThanOrEqual(path.height + 1e-6);
        // The measured box is the drawn one. One pixel for points of curves that lie just outside of their curve.
        const numbers = path.d.match(/-?\d+(?:\.\d+)?(?:e-\d+)?/g)?.map(Number) ?? [];
        const xs = numbers.filter((_, index) => index % 2 === 0);
        const ys = numbers.filter((_, index) => index % 2 === 1);
        expect(Math.min(...xs)).toBeGreaterThan(path.ink.x - 1);
        expect(Math.max(...xs)).toBeLessThan(path.ink.x + path.ink.width + 1);
        expect(Math.min(...ys)).toBeGreaterThan(path.ink.y - 1);
        expect(Math.max(...ys)).toBeLessThan(path.ink.y + path.ink.height + 1);
      }),
      { numRuns: 100 },
    );
    expect(drawn).toBeGreaterThan(30);
  });

  it("is centred by its strokes, not by the empty half of a bracket", async () => {
    const { ink } = await textToPath(fonts, "（災害", {
      language: "ja",
      weight: 700,
      size: { min: 100, max: 100 },
      maxWidth: 1000,
      maxLines: 1,
      align: "center",
    });
    expect(ink.x + ink.width / 2).toBeCloseTo(500, 6);
  });

  it("stays on one line at nearly its largest size rather than taking two", async () => {
    const options = {
      language: "ja",
      weight: 700,
      size: { min: 72, max: 112 },
      maxLines: 3,
      align: "center",
    } as const;
    const roomy = await textToPath(fonts, "お問い合わせ", { ...options, maxWidth: 6 * 100 });
    expect([roomy.lines, roomy.size]).toEqual([1, 100]);
    const tight = await textToPath(fonts, "分野をえらぶ", { ...options, maxWidth: 6 * 90 });
    expect([tight.lines, tight.size]).toEqual([2, 112]);
  });
});
