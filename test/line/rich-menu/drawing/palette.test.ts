import { describe, expect, it } from "vitest";
import { checkPalette, civicPalette, contrast } from "../../../../src/line/rich-menu/drawing/palette.ts";

const withPlain = (change: object): typeof civicPalette => ({
  ...civicPalette,
  tones: { ...civicPalette.tones, plain: { ...civicPalette.tones.plain, ...change } },
});

describe("the colours", () => {
  it("of our own palette pass", () => {
    expect(() => checkPalette(civicPalette)).not.toThrow();
  });

  it("are compared as WCAG does", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 6);
    expect(contrast("#767676", "#ffffff")).toBeCloseTo(4.54, 2);
  });

  it("are refused when a label or an icon would be hard to see, naming it", () => {
    expect(() => checkPalette(withPlain({ label: "#777777" }))).toThrow(
      /the label of a plain cell needs at least 4.5/,
    );
    expect(() => checkPalette(withPlain({ icon: "#9db7f9" }))).toThrow(
      /the icon of a plain cell needs at least 3/,
    );
  });

  it("are refused when they are not #rrggbb, so that nothing else gets into the SVG", () => {
    expect(() => checkPalette(withPlain({ line: '#fff"/>' }))).toThrow("is not a colour of the form #rrggbb");
  });
});
