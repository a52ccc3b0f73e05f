import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  notificationText,
  renderNotification,
  renderQuickReplies,
  renderRichMenu,
} from "../../src/preview/index.ts";
import { asMessage, bubbleOf, draw, drawParts, tagsIn } from "./support.ts";

const options = { language: "en", interactive: true };
const script = `<script>alert(1)</script>"'><img src=x onerror=alert(1)>`;

const elements = new Set("a br button circle code div img path rect span svg time".split(" "));
const attributes = new Set(
  "class lang dir href target rel src alt type role tabindex decoding referrerpolicy viewbox cx cy r d fill stroke stroke-width stroke-linecap focusable".split(
    " ",
  ),
);

/** Nothing may appear but what we draw with, no link but LINE's four kinds, no style but plain values. */
function expectHarmless(html: string) {
  const tags = tagsIn(html);
  expect(html.match(/<[a-z]/gi) ?? []).toHaveLength(tags.length);
  expect(tags.filter((tag) => !elements.has(tag.name))).toEqual([]);
  const all = tags.flatMap((tag) => [...tag.attributes]);
  expect(all.filter(([name, value]) => !isHarmless(name, value))).toEqual([]);
}

function isHarmless(name: string, value: string): boolean {
  if (name === "href" || name === "src") return /^(https?:|tel:|line:)/.test(value);
  if (name === "data-css") return /^[-\w:#.%,;()/ ]*$/.test(value) && !value.includes("url");
  return attributes.has(name) || /^(aria|data)-/.test(name);
}

const keys = [
  "type", "text", "altText", "contents", "layout", "action", "uri", "label", "data", "url", "size", "color", "flex",
  "margin", "spacing", "hero", "body", "footer", "header", "styles", "background", "angle", "startColor", "template",
  "columns", "actions", "emojis", "substitution", "quickReply", "items", "sender", "width", "paddingAll", "wrap",
  "maxLines", "aspectRatio", "baseSize", "bounds", "areas", "direction", "position", "offsetTop", "latitude",
]; // prettier-ignore
const words = [
  "bubble", "carousel", "box", "text", "span", "button", "image", "icon", "separator", "filler", "video", "flex",
  "template", "buttons", "imagemap", "message", "postback", "uri", "javascript:alert(1)", "md", "20px", "50%", "#ff0000",
  "constructor", "__proto__", "linearGradient", "1:1", "horizontal", "url(x)", "1px;position:fixed", "https://e.com/",
  script,
]; // prettier-ignore

const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...words),
    fc.string(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 8 }),
  ),
}));
const message = fc
  .tuple(fc.constantFrom("text", "textV2", "flex", "template", "imagemap", "image", "location"), tree)
  .map(([type, rest]) =>
    typeof rest === "object" && rest !== null
      ? { ...(rest as Record<string, unknown>), type }
      : { type, text: rest, contents: rest },
  );

describe("foreign messages", () => {
  test("of any shape are drawn without throwing and without anything that could run", () => {
    fc.assert(
      fc.property(fc.oneof(tree, message), (value) => {
        expectHarmless(draw(value));
        expectHarmless(draw(bubbleOf(value, { hero: value, footer: value })));
        expectHarmless(drawParts([value]));
        const any = asMessage(value);
        expectHarmless(renderQuickReplies(any, options));
        expectHarmless(renderNotification(any, "City", options));
        expectHarmless(
          renderRichMenu(value as Parameters<typeof renderRichMenu>[0], "https://e.com/", options),
        );
        expect(notificationText(any, "en", "City")).toBeTypeOf("string");
      }),
      { numRuns: 400 },
    );
  });

  test("have their words escaped", () => {
    for (const html of [
      draw({ type: "text", text: script }),
      drawParts([
        { type: "text", text: script },
        { type: "button", action: { type: "message", label: script, text: script } },
      ]),
      draw({ type: script }),
      draw({ type: "template", template: { type: "buttons", title: script, text: script } }),
    ]) {
      expectHarmless(html);
      expect(html).toContain("&lt;script");
    }
  });

  test.each([
    ["color", "red;background:url(x)"],
    ["color", "#ff00001"],
    ["size", "expression(1)"],
    ["size", "99999px"],
    ["lineSpacing", "1px;color:red"],
    ["margin", "-5px"],
    ["offsetTop", "calc(1px)"],
  ])("cannot set %s to %s", (property, value) => {
    expect(drawParts([{ type: "text", text: "x", wrap: true, [property]: value }])).not.toContain(value);
  });

  test("that nest boxes without end are cut, and say so", () => {
    let deep: unknown = { type: "text", text: "bottom" };
    for (let level = 0; level < 5000; level += 1)
      deep = { type: "box", layout: "vertical", contents: [deep] };
    const html = draw(bubbleOf(deep));
    expect(html).toContain("Part that cannot be shown");
    expect(html).not.toContain("bottom");
  });

  test("cannot smuggle a keyword in from JavaScript's own objects", () => {
    expect(drawParts([{ type: "text", text: "x", margin: "constructor", size: "toString" }])).not.toMatch(
      /constructor|toString/,
    );
  });
});
