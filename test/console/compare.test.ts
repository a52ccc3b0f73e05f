import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts } from "../../src/console/broadcasts/compare.ts";

const joined = (before: string, after: string, kind: "gone" | "new") =>
  compareTexts(before, after)
    .filter((stretch) => stretch.kind === "same" || stretch.kind === kind)
    .map(({ text }) => text)
    .join("");

describe("comparing two texts", () => {
  it("says what is gone and what is new, and no more than that", () => {
    expect(compareTexts("9時から", "10時から")).toEqual([
      { kind: "gone", text: "9" },
      { kind: "new", text: "10" },
      { kind: "same", text: "時から" },
    ]);
    expect(compareTexts("a\nb\nc\n", "a\nc\nd\n")).toEqual([
      { kind: "same", text: "a\n" },
      { kind: "gone", text: "b\n" },
      { kind: "same", text: "c\n" },
      { kind: "new", text: "d\n" },
    ]);
    expect(compareTexts("", "")).toEqual([]);
  });

  it("never cuts a character in two", () => {
    expect(compareTexts("が", "か\u3099い")).toEqual([
      { kind: "gone", text: "が" },
      { kind: "new", text: "か\u3099い" },
    ]);
    expect(compareTexts("x👨‍👩‍👧", "y👨‍👦‍👧")).toEqual([
      { kind: "gone", text: "x👨‍👩‍👧" },
      { kind: "new", text: "y👨‍👦‍👧" },
    ]);
    expect(compareTexts("👨‍👩‍👧", "👨‍👩‍👦")).toEqual([
      { kind: "gone", text: "👨‍👩‍👧" },
      { kind: "new", text: "👨‍👩‍👦" },
    ]);
  });

  it("keeps both texts whole, whatever they are", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "あ", "\n", "\n\n", "👩‍👧"), { maxLength: 40 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        expect([joined(before, after, "gone"), joined(before, after, "new")]).toEqual([before, after]);
      }),
    );
  });

  it("is done at once, also with texts far longer than are sent", () => {
    const before = Array.from({ length: 20_000 }, (_, index) => `${index}\n`).join("");
    const after = Array.from({ length: 20_000 }, (_, index) => `${index * 2 + 1}\n`).join("");
    expect(joined(before, after, "new")).toBe(after);
  }, 10_000);
});
