import { describe, expect, test } from "vitest";
import { renderQuickReplies, renderRichMenu } from "../../src/preview/index.ts";
import { asMessage, bubbleOf, draw, drawParts } from "./support.ts";

const postback = { type: "postback", label: "Choose", data: "c=1", displayText: "I choose", secret: "x" };
const options = { language: "en", interactive: true };
const text = (words: string, more: object = {}) => ({ type: "text", text: words, ...more });

/** The action of each button, in order. */
function actionsIn(html: string): unknown[] {
  return [...html.matchAll(/data-line-action="([^"]*)"/g)].map(([, json]) =>
    JSON.parse((json ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&")),
  );
}

/** Whether a button or link ever opens inside another. */
function nestsButtons(html: string): boolean {
  let open = 0;
  for (const [tag] of html.matchAll(/<\/?(button|a)\b/g)) {
    open += tag.startsWith("</") ? -1 : 1;
    if (open > 1) return true;
  }
  return false;
}

describe("what can be tapped", () => {
  test("a button carries its action, and only the fields that LINE defines", () => {
    const { secret: _, ...known } = postback;
    expect(actionsIn(drawParts([{ type: "button", action: postback }]))).toEqual([known]);
  });

  test("a web address is a link that gives nothing away", () => {
    const action = { type: "uri", label: "Open", uri: "https://example.com/?a=1&b=2" };
    expect(drawParts([{ type: "button", action }])).toMatch(
      /<a [^>]*href="https:\/\/example\.com\/\?a=1&amp;b=2" target="_blank" rel="noopener noreferrer"/,
    );
  });

  test.each(["tel:09012345678", "line://nv/location", "http://example.com/"])("%s is a link", (uri) => {
    expect(drawParts([{ type: "button", action: { type: "uri", label: "x", uri } }])).toContain(
      `href="${uri}"`,
    );
  });

  test.each([
    "javascript:alert(1)",
    "java\nscript:alert(1)",
    " JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "//x",
    "",
  ])("%j is not", (uri) => {
    const html = drawParts([{ type: "button", action: { type: "uri", label: "x", uri } }]);
    expect(html).not.toContain("href");
    expect(html).toContain(">x<");
  });

  test("a tappable box is one button named by the words in it", () => {
    const html = drawParts([
      {
        type: "box",
        layout: "vertical",
        contents: [text("Childcare")],
        action: { type: "message", text: "x" },
      },
    ]);
    expect(html).toMatch(/<button class="lp-box[^>]*>.*Childcare.*<\/button>/);
    expect(html).not.toContain("aria-label");
  });

  test("a tappable box with a button in it is covered, so that no button stands in a button", () => {
    const inner = { type: "button", action: { type: "message", label: "Inner", text: "inner" } };
    const html = drawParts([
      {
        type: "box",
        layout: "vertical",
        contents: [text("Outer"), inner],
        action: { type: "message", text: "outer" },
      },
    ]);
    expect(nestsButtons(html)).toBe(false);
    expect(html).toContain('aria-label="Outer Inner"');
    expect(actionsIn(html)).toHaveLength(2);
  });

  test("a tappable bubble keeps its own buttons", () => {
    const body = { type: "box", layout: "vertical", contents: [{ type: "button", action: postback }] };
    const html = draw(bubbleOf(body, { action: { type: "message", label: "All", text: "all" } }));
    expect(nestsButtons(html)).toBe(false);
    expect(html).toContain('aria-label="All"');
    expect(actionsIn(html)).toHaveLength(2);
  });

  test("a box without words is named by its action", () => {
    const html = drawParts([
      { type: "box", layout: "vertical", contents: [], action: { type: "message", text: "Go" } },
    ]);
    expect(html).toContain('aria-label="Go"');
  });

  test("an incomplete action is drawn but cannot be tapped", () => {
    expect(drawParts([{ type: "button", action: { type: "postback", label: "x" } }])).not.toContain(
      "<button",
    );
  });

  test("without interaction there is nothing to tap at all", () => {
    const body = {
      type: "box",
      layout: "vertical",
      contents: [{ type: "button", action: postback }],
      action: postback,
    };
    const html = draw(bubbleOf(body, { action: postback }), false);
    expect(html).not.toMatch(/<button|<a |data-line-action/);
  });
});

describe("quick replies", () => {
  const item = (action: unknown) => ({ type: "action", action });
  const message = (items: unknown[]) => asMessage({ type: "text", text: "?", quickReply: { items } });

  test("are chips in their order", () => {
    const html = renderQuickReplies(
      message([item(postback), item({ type: "location", label: "Where" })]),
      options,
    );
    expect(html.match(/lp-chip"/g)).toHaveLength(2);
    expect(actionsIn(html)).toHaveLength(2);
  });

  test("are at most thirteen", () => {
    const html = renderQuickReplies(message(Array.from({ length: 20 }, () => item(postback))), options);
    expect(actionsIn(html)).toHaveLength(13);
  });

  test("are nothing when there are none", () => {
    expect(renderQuickReplies(asMessage({ type: "text", text: "x" }), options)).toBe("");
  });
});

describe("the rich menu", () => {
  const area = (x: number, action: object) => ({ bounds: { x, y: 0, width: 1250, height: 843 }, action });
  const menu = {
    size: { width: 2500, height: 1686 },
    selected: true,
    name: "m",
    chatBarText: "Menu",
    areas: [
      area(0, { type: "message", label: "Help", text: "help" }),
      area(1250, { type: "postback", data: "x" }),
    ],
  };
  const html = renderRichMenu(menu as Parameters<typeof renderRichMenu>[0], "/menu.png", options);

  test("has its areas as buttons at their places", () => {
    expect(actionsIn(html)).toHaveLength(2);
    expect(html).toContain('data-css="left:50.000%;top:0.000%;width:50.000%;height:50.000%"');
  });

  test("names each area for those who cannot see the picture", () => {
    expect(html).toContain('aria-label="Help"');
    expect(html).toContain('aria-label="Menu 2"');
  });
});
