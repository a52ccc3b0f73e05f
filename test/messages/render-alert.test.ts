import { describe, expect, it } from "vitest";
import { type AlertHead, headColours, levelColours, toneColours } from "../../src/messages/alert-head.ts";
import type { Notice } from "../../src/messages/contents.ts";
import { renderAlert } from "../../src/messages/render-alert.ts";
import { renderMessage } from "../../src/preview/index.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";

const sentences = loadSentences();
const order: Notice = {
  title: "警戒レベル４ 避難指示",
  body: "危険な場所から全員避難してください。",
  link: { label: "避難所", url: "https://ward.example/避難所" },
};
const live: AlertHead = { level: 4, tone: "danger", mode: "live", kind: "alert" };
const render = (
  head: Partial<AlertHead> = {},
  content = order,
  more: { language?: string; writtenIn?: string } = {},
) => renderAlert(content, { language: "ja", sentences, ...more, head: { ...live, ...head } });
const headerOf = (message: ReturnType<typeof render>): string =>
  JSON.stringify(message.contents.type === "bubble" ? message.contents.header : undefined);

/** WCAG 2: the brighter to the darker. */
function contrast(one: string, other: string): number {
  const bright = [one, other].map((colour) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  });
  return (Math.max(...bright) + 0.05) / (Math.min(...bright) + 0.05);
}

describe("the head of an alert", () => {
  it.each([
    [5, "#0C000C", "#FFFFFF"],
    [4, "#AA00AA", "#FFFFFF"],
    [3, "#FF2800", "#000000"],
    [2, "#F2E700", "#000000"],
    [1, "#FFFFFF", "#000000"],
  ])("level %i has the official colour, and ink that can be read on it", (level, ground, ink) => {
    const header = headerOf(render({ level }, { title: "T", body: "B" }));
    expect(header).toContain(`"backgroundColor":"${ground}"`);
    expect(header).toContain(`"color":"${ink}"`);
    expect(header).toContain(`警戒レベル${String.fromCodePoint(0xff10 + level)}`);
  });

  it("every pair of colours is told apart with 4.5 to 1 at least", () => {
    for (const { ground, ink } of [...Object.values(levelColours), ...Object.values(toneColours)])
      expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
  });

  it("what has no level has a colour that is no level's, and no level in words", () => {
    const official = Object.values(levelColours).map(({ ground }) => ground);
    for (const [tone, { ground }] of Object.entries(toneColours)) {
      expect(official).not.toContain(ground);
      const header = headerOf(
        render({ level: undefined, tone: tone as AlertHead["tone"] }, { title: "津波警報", body: "B" }),
      );
      expect(header).toContain(ground);
      expect(header).not.toContain("レベル");
    }
  });

  it("the level is not said twice when the title says it", () => {
    expect(headerOf(render()).match(/レベル/g)).toHaveLength(1);
    expect(
      headerOf(render({}, { title: "気象庁：レベル４大雨危険警報", body: "B" })).match(/レベル/g),
    ).toHaveLength(1);
  });

  it("what is over is shown as safe, whatever its level was", () => {
    expect(headColours({ ...live, kind: "allClear" })).toEqual(toneColours.safe);
    expect(headColours({ ...live, kind: "update" })).toEqual(levelColours[4]);
  });
});

describe("a drill", () => {
  const drill = {
    ...order,
    title: "【訓練】警戒レベル４ 避難指示",
    body: "【訓練】 これは訓練です。\n\n避難",
  };

  it.each(["rehearsal", "publicDrill"] as const)(
    "a %s has a head that no alert has, with the mark alone on top",
    (mode) => {
      const header = headerOf(render({ mode }, drill));
      for (const { ground } of [
        ...Object.values(levelColours).filter(({ ink }) => ink === "#FFFFFF"),
        ...Object.values(toneColours),
      ])
        expect(header).not.toContain(ground);
      expect(header).toContain('"text":"【訓練】","size":"xxl"');
      expect(header).toContain('"text":"警戒レベル４ 避難指示"');
      expect(header).toContain("#0017C1");
    },
  );

  it("begins with the mark on the lock screen, once", () => {
    const { altText } = render({ mode: "publicDrill" }, drill);
    expect(altText).toBe("【訓練】警戒レベル４ 避難指示\n【訓練】 これは訓練です。\n\n避難");
  });

  it("is marked even when it was handed over without a mark", () => {
    const { altText } = render({ mode: "publicDrill" });
    expect(altText.split("\n")).toEqual([
      "【訓練】 警戒レベル４ 避難指示",
      "【訓練】 危険な場所から全員避難してください。",
    ]);
  });

  it("that falls back on another language has the mark of the text", () => {
    const message = render({ mode: "publicDrill" }, drill, { language: "en", writtenIn: "ja" });
    expect(message.altText.startsWith("【訓練】")).toBe(true);
    expect(message.altText).toContain("This notice is not available in English yet.");
  });
});

describe("on the phone", () => {
  const heads = [1, 2, 3, 4, 5, undefined].flatMap((level) =>
    (["live", "rehearsal", "publicDrill"] as const).map((mode) => ({ level, mode })),
  );
  it.each(heads)("level $level, $mode: LINE takes it and the preview draws all of it", ({ level, mode }) => {
    const message = render({ level, mode });
    expect(validateMessages([message])).toEqual({ remarks: [] });
    const html = renderMessage(message, { language: "ja", interactive: false, contentLanguage: "ja" });
    expect(html).toContain("警戒レベル４ 避難指示");
    expect(html).toContain("危険な場所から全員避難してください。");
    expect(html).toContain("避難所");
    expect(html).not.toContain("lp-unsupported");
  });

  it("the link can be exchanged for the counted one", () => {
    const message = renderAlert(order, {
      language: "ja",
      sentences,
      head: live,
      linkFor: (url) => `https://k.example/r?u=${encodeURIComponent(url)}`,
    });
    expect(JSON.stringify(message)).toContain("https://k.example/r?u=https%3A%2F%2Fward.example");
  });

  it("a live alert begins with its title and never with a drill's mark", () => {
    expect(render().altText).toBe("警戒レベル４ 避難指示\n危険な場所から全員避難してください。");
  });
});
