import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bubble,
  byteLength,
  carousels,
  colours,
  fitLabel,
  flex,
  graphemes,
  paragraph,
  shorten,
  withQuickReplies,
} from "../../src/messages/flex.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";

const anyText = fc.string({ unit: "grapheme", maxLength: 120 });

describe("texts that must fit", () => {
  it("a label is counted in graphemes: a family is one letter, and nothing is cut through", () => {
    expect(fitLabel("x".repeat(40), 40)).toBe("x".repeat(40));
    expect(fitLabel("x".repeat(41), 40)).toBe(`${"x".repeat(39)}…`);
    const family = "👨‍👩‍👧‍👦";
    expect(fitLabel(family.repeat(20), 20)).toBe(family.repeat(20));
    expect(fitLabel(family.repeat(21), 20)).toBe(`${family.repeat(19)}…`);
  });

  it("whatever the text, a fitted label is at most as long as asked and begins as the text does", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const fitted = fitLabel(text, limit);
        expect(graphemes(fitted).length).toBeLessThanOrEqual(limit);
        expect(text.startsWith(fitted.replace(/…$/, ""))).toBe(true);
      }),
    );
  });

  it("a text of any length is cut up where it would be in one go, and without holding anything up", () => {
    const inOneGo = (text: string) =>
      Array.from(new Intl.Segmenter("ja", { granularity: "grapheme" }).segment(text), (part) => part.segment);
    for (const letters of ["👨‍👩‍👧‍👦", "👍🏽", "🇯🇵", "が", "각", "\r\n", "a"])
      for (const before of ["", "x", "xy", "xyz", "xyzx"]) {
        const text = before + letters.repeat(700);
        expect(graphemes(text)).toEqual(inOneGo(text));
      }
    // In one go: minutes.
    expect(graphemes("a".repeat(300_000))).toHaveLength(300_000);
    expect(shorten("あ".repeat(900_000), 1_500)).toHaveLength(1_500);
    expect(fitLabel("あ".repeat(900_000), 40)).toBe(`${"あ".repeat(39)}…`);
    expect(shorten(`${"x".repeat(7)}👍🏽👍🏽`, 10)).toBe(`${"x".repeat(7)}…`);
  }, 20_000);

  it("an alternative text ends at 1,500 UTF-16 units, never in the middle of a character", () => {
    const alt = (text: string) => flex(text, bubble({ body: [paragraph("x")] })).altText;
    expect(alt("あ".repeat(1_500))).toHaveLength(1_500);
    expect(alt("あ".repeat(1_501))).toBe(`${"あ".repeat(1_499)}…`);
    const cut = alt(`a${"🏥".repeat(800)}`);
    expect(cut).toBe(`a${"🏥".repeat(749)}…`);
    expect(cut.length).toBe(1_500);
  });

  it("whatever the text, what is shortened is short enough and whole", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const short = shorten(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(Buffer.from(short).toString()).toBe(short);
      }),
    );
  });
});

describe("carousels", () => {
  it("hold at most twelve bubbles, in their order", () => {
    const bubbles = Array.from({ length: 25 }, (_, index) => bubble({ body: [paragraph(`${index}`)] }));
    const messages = carousels("alt", bubbles);
    expect(messages.map(({ contents }) => contents.type === "carousel" && contents.contents.length)).toEqual([
      12, 12, 1,
    ]);
    expect(
      messages.flatMap(({ contents }) => (contents.type === "carousel" ? contents.contents : [])),
    ).toEqual(bubbles);
  });

  it("stay under LINE's 50,000 bytes whatever the bubbles weigh", () => {
    const weight = fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(weight, (weights) => {
        const messages = carousels(
          "alt",
          weights.map((size) => bubble({ body: [paragraph("あ".repeat(size))] })),
        );
        for (const { contents } of messages) expect(byteLength(contents)).toBeLessThanOrEqual(50_000);
      }),
      { numRuns: 40 },
    );
  });
});

describe("quick replies", () => {
  const action = (label: string) => ({ type: "message" as const, label, text: label });

  it("stand under the last message only, at most thirteen of them", () => {
    const messages = withQuickReplies(
      [
        { type: "text", text: "one" },
        { type: "text", text: "two" },
      ],
      Array.from({ length: 15 }, (_, index) => action(String(index))),
    );
    expect(messages[0]).toEqual({ type: "text", text: "one" });
    expect(messages[1]?.quickReply?.items).toHaveLength(13);
    expect(validateMessages(messages).refusal).toBeUndefined();
  });

  it("without any, the message stays as it is", () => {
    expect(withQuickReplies([{ type: "text", text: "one" }], [])).toEqual([{ type: "text", text: "one" }]);
    expect(withQuickReplies([], [action("a")])).toEqual([]);
  });
});

describe("colours", () => {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  it.each([
    ["ink", "#FFFFFF"],
    ["ink", colours.chosenGround],
    ["ink", colours.plainGround],
    ["quiet", "#FFFFFF"],
    ["quiet", colours.plainGround],
    ["accent", "#FFFFFF"],
    ["accent", colours.chosenGround],
    ["danger", "#FFFFFF"],
  ] as const)("%s on %s is read with a contrast of at least 4.5 to 1", (colour, ground) => {
    expect(contrast(colours[colour], ground)).toBeGreaterThanOrEqual(4.5);
  });
});
