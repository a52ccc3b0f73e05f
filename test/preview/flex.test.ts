import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { previewFiles } from "../../src/preview/index.ts";
import { bubbleOf, classesIn, draw, drawParts } from "./support.ts";

const css = readFileSync(previewFiles.css, "utf8");
// One class is not a look but the script's mark: "shrink-to-fit" must measure.
const known = css + readFileSync(previewFiles.js, "utf8");
const spaces = ["none", "xs", "sm", "md", "lg", "xl", "xxl"];
const sizes = ["xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"];
const text = (more: object = {}) => ({ type: "text", text: "words", ...more });
const box = (more: object = {}) => ({ type: "box", layout: "vertical", contents: [text()], ...more });
const image = (more: object = {}) => ({ type: "image", url: "https://example.com/a.jpg", ...more });
const say = (label: string) => ({ type: "message", label, text: label });

describe("every keyword LINE knows has a rule in the style sheet", () => {
  const cases: Record<string, object[]> = {
    "bubble sizes": [],
    "spacing and margin": spaces.flatMap((margin) => [text(), text({ margin }), box({ spacing: margin })]),
    "margins in a row": spaces.map((spacing) =>
      box({ layout: "horizontal", spacing, contents: [text(), text()] }),
    ),
    paddings: spaces.flatMap((space) => [
      box({ paddingAll: space }),
      box({ paddingTop: space, paddingBottom: space, paddingStart: space, paddingEnd: space }),
    ]),
    corners: spaces.map((cornerRadius) => box({ cornerRadius })),
    offsets: spaces.map((space) =>
      box({
        offsetTop: space,
        offsetBottom: space,
        offsetStart: space,
        offsetEnd: space,
        position: "absolute",
      }),
    ),
    borders: ["none", "light", "normal", "medium", "semi-bold", "bold"].map((borderWidth) =>
      box({ borderWidth }),
    ),
    "text sizes": sizes.map((size) => text({ size, contents: [{ type: "span", text: "s", size }] })),
    "icon sizes": sizes.map((size) =>
      box({ layout: "baseline", contents: [{ type: "icon", url: "https://example.com/i.png", size }] }),
    ),
    "image sizes": [...sizes, "full"].map((size) => image({ size })),
    arrangement: [
      "center",
      "flex-start",
      "flex-end",
      "space-between",
      "space-around",
      "space-evenly",
    ].flatMap((value) => [box({ justifyContent: value }), box({ alignItems: value })]),
    aligns: ["start", "center", "end"].flatMap((align) => [text({ align }), image({ align })]),
    gravities: ["top", "center", "bottom"].map((gravity) => text({ gravity })),
    buttons: ["primary", "secondary", "link", "odd"].flatMap((style) => [
      { type: "button", style, action: say("a") },
      { type: "button", style, height: "sm", action: say("a") },
    ]),
    typefaces: [
      text({ weight: "bold", style: "italic", decoration: "underline", wrap: true, maxLines: 2 }),
      text({ weight: "regular", style: "normal", decoration: "line-through", adjustMode: "shrink-to-fit" }),
      text({ wrap: true, lineSpacing: "20px" }),
    ],
    others: [{ type: "separator" }, { type: "filler" }, { type: "hologram" }],
  };
  test.each(Object.entries(cases))("%s", (_, parts) => {
    const missing = [...classesIn(drawParts(parts))].filter(
      (name) => !new RegExp(`\\.${name}[^\\w-]`).test(known),
    );
    expect(missing).toEqual([]);
  });

  test.each(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"])("a bubble of size %s", (size) => {
    expect(draw(bubbleOf(box(), { size }))).toContain(`lp-size-${size}`);
    expect(css).toContain(`.lp-size-${size}`);
  });
});

describe("layout follows LINE's rules", () => {
  test("in a row children share the width, in a column they keep their height", () => {
    expect(drawParts([text()], { layout: "horizontal" })).toContain("lp-text lp-in-row ");
    expect(drawParts([text()])).toContain("lp-text lp-in-column ");
  });

  test("flex 0 in a row takes its own width, and a larger flex a larger share", () => {
    expect(drawParts([text({ flex: 0 })], { layout: "horizontal" })).toContain("lp-in-row-fixed");
    expect(drawParts([text({ flex: 3 })], { layout: "horizontal" })).toContain('data-css="flex-grow:3"');
  });

  test("a box with a width of its own in a row takes exactly that, whatever its flex", () => {
    const html = drawParts([box({ width: "40px", flex: 2 })], { layout: "horizontal" });
    expect(html).toContain("lp-in-row-fixed");
    expect(html).toContain("width:40px");
    expect(html).not.toContain("flex-grow");
  });

  test("spacing stands between children, a child's own margin replaces it, and a filler has none", () => {
    const html = drawParts([text(), text(), text({ margin: "xxl" }), { type: "filler" }], { spacing: "md" });
    expect(html.match(/lp-margin-top-md/g)).toHaveLength(1);
    expect(html.match(/lp-margin-top-xxl/g)).toHaveLength(1);
    expect(html).toContain('class="lp-filler lp-in-column"');
  });

  test("the first child's own margin counts", () => {
    expect(drawParts([text({ margin: "lg" })], { spacing: "md" })).toContain("lp-margin-top-lg");
  });

  test("the padding of one side wins over paddingAll, in any unit", () => {
    const html = drawParts([box({ paddingAll: "80px", paddingTop: "md", paddingStart: "5%" })]);
    expect(html).toContain("lp-padding-top-md");
    expect(html).toContain("padding-bottom:80px;padding-inline-start:5%;padding-inline-end:80px");
    expect(html).not.toContain("padding-top:80px");
  });

  test("text keeps to one line unless it wraps, and shows at most maxLines", () => {
    expect(drawParts([text()])).toContain("lp-one-line");
    expect(drawParts([text({ wrap: true, maxLines: 3 })])).toContain("-webkit-line-clamp:3");
  });

  test("spans replace the text", () => {
    const html = drawParts([text({ contents: [{ type: "span", text: "span", color: "#FF0000" }] })]);
    expect(html).toContain('data-css="color:#ff0000">span<');
    expect(html).not.toContain("words");
  });

  test("a linear gradient keeps its angle, colours and centre", () => {
    const background = {
      type: "linearGradient",
      angle: "23.5deg",
      startColor: "#ff0000",
      centerColor: "#00ff0080",
      centerPosition: "10%",
      endColor: "#0000ff",
    };
    expect(drawParts([box({ background })])).toContain(
      "background-image:linear-gradient(23.5deg,#ff0000,#00ff0080 10%,#0000ff)",
    );
  });

  test("a bubble for right-to-left languages says so", () => {
    expect(draw(bubbleOf(box(), { direction: "rtl" }))).toContain('dir="rtl"');
  });

  test("a block's separator stands above it, but not above the first block", () => {
    const styles = { body: { separator: true }, footer: { separator: true, separatorColor: "#123456" } };
    const html = draw(bubbleOf(box(), { footer: box(), styles }));
    expect(html.match(/lp-block-separator/g)).toHaveLength(1);
    expect(html).toContain("background-color:#123456");
  });

  test("blocks come in LINE's order, whatever their order in the JSON", () => {
    const html = draw(bubbleOf(box(), { footer: box(), hero: image(), header: box() }));
    expect([...html.matchAll(/lp-block-(\w+)/g)].map(([, name]) => name)).toEqual([
      "header",
      "hero",
      "body",
      "footer",
    ]);
  });

  test("a carousel holds its bubbles side by side and can be scrolled from the keyboard", () => {
    const bubble = { type: "bubble", body: box() };
    const html = draw({
      type: "flex",
      altText: "a",
      contents: { type: "carousel", contents: [bubble, bubble] },
    });
    expect(html).toContain('tabindex="0"');
    expect(html.match(/lp-bubble/g)).toHaveLength(2);
  });

  test("a video hero shows its preview and opens the film", () => {
    const hero = {
      type: "video",
      url: "https://example.com/v.mp4",
      previewUrl: "https://example.com/p.jpg",
      altContent: image(),
      aspectRatio: "20:13",
    };
    const html = draw(bubbleOf(undefined, { hero }));
    expect(html).toContain('href="https://example.com/v.mp4"');
    expect(html).toContain("aspect-ratio:20/13");
  });

  test("an unknown component says what it is, in its place", () => {
    expect(drawParts([{ type: "hologram" }])).toContain("Part that cannot be shown (hologram)");
  });
});
