import { describe, expect, test } from "vitest";
import { notificationText, renderNotification, senderOf } from "../../src/preview/index.ts";
import { asMessage, draw } from "./support.ts";

const notify = (message: unknown) => notificationText(asMessage(message), "en", "City");

describe("text messages", () => {
  test("keep their line breaks and link their web addresses", () => {
    const html = draw({ type: "text", text: "See\nhttps://example.com/a?b=1。終わり" });
    expect(html).toContain("See\n");
    expect(html).toContain('href="https://example.com/a?b=1"');
    expect(html).toContain("</a>。終わり");
  });

  test.each([
    ["(https://example.com/a)", "https://example.com/a"],
    ["https://example.com/a_(b)", "https://example.com/a_(b)"],
    ["https://example.com/a.", "https://example.com/a"],
    ["「https://example.com/」", "https://example.com/"],
  ])("leave punctuation around an address outside: %s", (text, link) => {
    expect(draw({ type: "text", text })).toContain(`>${link}</a>`);
  });

  test("stand an emoji in the place of its dollar sign", () => {
    const html = draw({ type: "text", text: "a$b$", emojis: [{ index: 1 }, { index: 0 }] });
    expect(html).toMatch(/a<span class="lp-emoji"[^>]*><\/span>b\$/);
  });

  test("of the second kind fill in their substitutions and undo doubled braces", () => {
    const html = draw({
      type: "textV2",
      text: "Hi {user}, {{x}} {missing}",
      substitution: { user: { type: "mention", mentionee: { type: "all" } } },
    });
    expect(html).toContain('<span class="lp-mention">@All</span>, {x} {missing}');
  });
});

describe("other messages", () => {
  test.each([
    [{ type: "sticker", packageId: "446", stickerId: "1988" }, "Sticker 446 / 1988"],
    [
      { type: "image", originalContentUrl: "https://e.com/a", previewImageUrl: "https://e.com/b" },
      'src="https://e.com/b"',
    ],
    [
      { type: "video", originalContentUrl: "https://e.com/a", previewImageUrl: "https://e.com/b" },
      "Play video",
    ],
    [{ type: "audio", originalContentUrl: "https://e.com/a", duration: 65_000 }, "1:05"],
    [
      { type: "location", title: "Ward office", address: "1-1", latitude: 35.6, longitude: 139.7 },
      "mlat=35.6",
    ],
    [{ type: "coupon", couponId: "abc" }, "abc"],
    [
      {
        type: "imagemap",
        baseUrl: "https://e.com/m",
        altText: "Map",
        baseSize: { width: 1040, height: 520 },
        actions: [],
      },
      "1040/520",
    ],
    [
      {
        type: "template",
        template: { type: "confirm", text: "Sure?", actions: [{ type: "message", label: "Yes", text: "y" }] },
      },
      "Sure?",
    ],
    [{ type: "template", template: { type: "buttons", title: "Pick", text: "one", actions: [] } }, "Pick"],
    [
      { type: "template", template: { type: "carousel", columns: [{ text: "first" }, { text: "second" }] } },
      "second",
    ],
    [
      {
        type: "template",
        template: {
          type: "image_carousel",
          columns: [{ imageUrl: "https://e.com/i", action: { type: "message", label: "Look", text: "l" } }],
        },
      },
      "Look",
    ],
  ])("%j", (message, expected) => {
    expect(draw(message)).toContain(expected);
  });

  test("a kind we do not know is said to be unknown", () => {
    expect(draw({ type: "hologram" })).toContain("cannot be shown");
  });

  test("the message's language is marked, because Han characters differ by it", () => {
    expect(draw({ type: "text", text: "骨" })).toContain('lang="ja"');
  });

  test("a picture that does not come over HTTPS is shown as missing", () => {
    const html = draw({
      type: "image",
      originalContentUrl: "http://e.com/a",
      previewImageUrl: "http://e.com/b",
    });
    expect(html).toContain("lp-broken");
    expect(html).not.toContain("<img");
  });
});

describe("the notification line", () => {
  test("is a text's own words, on one line", () => {
    expect(notify({ type: "text", text: "two\n  lines" })).toBe("two lines");
  });

  test("is the altText of what has no words", () => {
    expect(notify({ type: "flex", altText: "Alt", contents: {} })).toBe("Alt");
  });

  test("says what was sent, by whom", () => {
    expect(notify({ type: "sticker" })).toBe("City sent a sticker");
    expect(notify({ type: "image", sender: { name: "Library" } })).toBe("Library sent a photo");
  });

  test("is cut, not endless", () => {
    expect(Array.from(notify({ type: "text", text: "🎏".repeat(1000) }))).toHaveLength(401);
  });

  test("appears in a banner under the sender's name", () => {
    const html = renderNotification(asMessage({ type: "text", text: "<b>" }), "City", { language: "ja" });
    expect(html).toContain("City");
    expect(html).toContain("&lt;b");
  });

  test("a message may come under another name", () => {
    expect(senderOf(asMessage({ sender: { name: "Library", iconUrl: "https://e.com/i" } }))).toEqual({
      name: "Library",
      iconUrl: "https://e.com/i",
    });
    expect(senderOf(asMessage({ sender: 3 }))).toEqual({});
  });
});
