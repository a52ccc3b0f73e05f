import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Notice, contentProblems } from "../../src/messages/contents.ts";
import { bubbleBytes, contentFor, renderNotice } from "../../src/messages/render-notice.ts";
import { sizeProblems } from "../../src/messages/size-problems.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";
import { mihonProfile } from "../support/wards.ts";

const sentences = loadSentences();
const ward = loadWard(mihonProfile);
const render = (content: Notice, writtenIn?: string, language = "en") =>
  renderNotice(content, { language, sentences, ...(writtenIn === undefined ? {} : { writtenIn }) });

const full: Notice = {
  title: "Health check",
  body: "Bring the handbook.",
  image: { url: "https://ward.example/写真.png", alt: "A handbook" },
  link: { label: "More", url: "https://例え.jp/健診?月=4" },
  place: { name: "Ward office", address: "1-1 Chuo", latitude: 35.5, longitude: 139.25 },
};

describe("one content as one bubble", () => {
  it("addresses with Japanese letters are percent-encoded wherever they are sent, the picture's too", () => {
    const wire = JSON.stringify(render(full));
    expect(wire).toContain('"url":"https://ward.example/%E5%86%99%E7%9C%9F.png"');
    expect(wire).toContain('"uri":"https://ward.example/%E5%86%99%E7%9C%9F.png"');
    expect(wire).toContain('"uri":"https://xn--r8jz45g.jp/%E5%81%A5%E8%A8%BA?%E6%9C%88=4"');
    expect(validateMessages([render(full)])).toEqual({ remarks: [] });
  });

  it("the alternative text says all that the bubble says, title first", () => {
    expect(render(full).altText).toBe("Health check\nBring the handbook.\nWard office 1-1 Chuo\nA handbook");
    expect(render({ title: "T", body: "B" }).altText).toBe("T\nB");
  });

  it("a text in another language says so first, in the reader's own language", () => {
    const note = "This notice is not available in English yet. Here it is in 日本語.";
    const { altText, contents } = render(full, "ja");
    expect(altText.split("\n").slice(0, 2)).toEqual(["Health check", note]);
    const body = contents.type === "bubble" ? contents.body?.contents : [];
    expect(body?.[0]).toMatchObject({ type: "text", text: note });
    expect(body?.[2]).toMatchObject({ type: "text", text: "Health check" });
  });

  it.each(ward.languages)("the note and the map button are there in %s", (language) => {
    const wire = JSON.stringify(render(full, language === "ja" ? "en" : "ja", language));
    expect(wire).toContain(sentences.say(language, "messages:map"));
    expect(wire).toContain(
      sentences.say(language, "messages:fallbackNote", {
        language: language === "ja" ? "English" : "日本語",
      }),
    );
  });

  it("a link can be exchanged for the counted one, and only the link", () => {
    const wire = JSON.stringify(
      renderNotice(full, {
        language: "en",
        sentences,
        linkFor: (url) => `https://go.example/?${url.length}`,
      }),
    );
    expect(wire).toContain('"uri":"https://go.example/?53"');
    expect(wire).not.toContain("xn--r8jz45g");
    expect(wire).toContain("https://ward.example/%E5%86%99");
  });

  it("the map opens at the place", () => {
    expect(JSON.stringify(render(full))).toContain(
      "https://www.google.com/maps/search/?api=1&query=35.5%2C139.25",
    );
  });

  it("braces and dollar signs of staff are text, not placeholders", () => {
    const { altText } = render({ title: "{{ward}} $t(map)", body: "{{language}} $t(messages:map)" }, "ja");
    expect(altText).toContain("{{ward}} $t(map)");
    expect(altText).toContain("{{language}} $t(messages:map)");
  });

  it("a picture's address that is too long for a button is shown without one", () => {
    const url = `https://ward.example/${"a".repeat(1_500)}.png`;
    const message = render({ ...full, image: { url, alt: "A handbook" } });
    expect(message.contents).toMatchObject({ hero: { url } });
    expect(message.contents).not.toHaveProperty("hero.action");
    expect(validateMessages([message])).toEqual({ remarks: [] });
  });

  it("whatever passes our checks is taken by LINE, in every language, translated or not", () => {
    const text = (max: number) => fc.string({ unit: "grapheme", minLength: 1, maxLength: max });
    const pathPart = fc.string({ unit: "grapheme", maxLength: 40 });
    const notice: fc.Arbitrary<Notice> = fc.record(
      {
        title: text(60),
        body: fc.oneof(
          text(80),
          fc.integer({ min: 1, max: 5_000 }).map((count) => "\n".repeat(count) + "。"),
        ),
        image: fc.record({ url: pathPart.map((part) => `https://ward.example/${part}`), alt: text(60) }),
        link: fc.record({
          label: text(40),
          url: fc.oneof(
            pathPart.map((part) => `https://ward.example/?${part}`),
            pathPart,
          ),
        }),
        place: fc.record(
          {
            name: text(60),
            address: text(80),
            latitude: fc.double({ min: -90, max: 90, noNaN: true }),
            longitude: fc.double({ min: -180, max: 180, noNaN: true }),
          },
          { requiredKeys: ["name", "latitude", "longitude"] },
        ),
      },
      { requiredKeys: ["title", "body"] },
    );
    let taken = 0;
    fc.assert(
      fc.property(notice, fc.constantFrom(...ward.languages), fc.boolean(), (content, language, foreign) => {
        const contents = { [language]: content };
        if (contentProblems(contents, ward.languages).length > 0) return;
        if (sizeProblems(contents, sentences).length > 0) return;
        taken += 1;
        const message = render(content, foreign ? "ja" : undefined, language);
        expect(validateMessages([message])).toEqual({ remarks: [] });
        expect(bubbleBytes(message)).toBeLessThanOrEqual(30_000);
      }),
      { numRuns: 300 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

describe("which text a reader gets (invariant 12)", () => {
  const ja = { title: "ja", body: "ja" };
  const easy = { title: "easy", body: "easy" };

  it("their own language first, then in the order that the ward declares", () => {
    const order = (language: string) => ward.fallbacks(language);
    expect(order("zh-Hans")).toEqual(["zh-Hans", "en", "ja-x-easy", "ja", "ko"]);
    expect(contentFor({ ja, "ja-x-easy": easy }, order("ko"))).toEqual({
      content: easy,
      writtenIn: "ja-x-easy",
    });
    expect(contentFor({ ja }, order("en"))).toEqual({ content: ja, writtenIn: "ja" });
    expect(contentFor({ ja, en: easy }, order("en"))).toEqual({ content: easy, writtenIn: "en" });
    expect(contentFor({}, order("en"))).toBeUndefined();
  });

  it("a reader of a language the ward has given up gets the ward's languages in their order", () => {
    expect(ward.fallbacks("fr")).toEqual(["fr", ...ward.languages]);
  });
});
