import { describe, expect, it } from "vitest";
import { contentProblems } from "../../src/messages/contents.ts";
import { createPictureFor, isOwnPicture, ownPicture } from "../../src/messages/own-picture.ts";
import { renderNotice } from "../../src/messages/render-notice.ts";
import { readImageUrl } from "../../src/preview/url.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";

const ours = ownPicture("a".repeat(43));
const sentences = loadSentences();
const notice = { title: "題", body: "本文", image: { url: ours, alt: "絵" } };
const drawn = (publicUrl: string | undefined, lineIsLocal = false) =>
  renderNotice(notice, { language: "ja", sentences, pictureFor: createPictureFor(publicUrl, lineIsLocal) });

describe("a picture of ours", () => {
  it("is named by its path alone, and by nothing that only looks like it", () => {
    expect(contentProblems({ ja: notice }, ["ja"])).toEqual([]);
    for (const url of [
      `${ours}?x`,
      `/pictures/../${"a".repeat(43)}.jpg`,
      "/pictures/x.jpg",
      `//evil.example${ours}`,
    ]) {
      expect(isOwnPicture(url)).toBe(false);
      expect(contentProblems({ ja: { ...notice, image: { url, alt: "絵" } } }, ["ja"])).toHaveLength(1);
    }
  });

  it("is sent from the public address, and left out where LINE could not fetch it", () => {
    expect(JSON.stringify(drawn("https://ward.example"))).toContain(`"url":"https://ward.example${ours}"`);
    expect(validateMessages([drawn("https://ward.example")])).toEqual({ remarks: [] });
    for (const message of [drawn(undefined), drawn("http://ward.example")]) {
      expect(JSON.stringify(message)).not.toContain("/pictures/");
      expect(validateMessages([message])).toEqual({ remarks: [] });
    }
  });

  it("of this machine is taken by the local LINE only when it is told to be that mild", () => {
    const message = drawn("http://127.0.0.1:3000", true);
    expect(validateMessages([message]).refusal?.details[0]?.message).toBe("invalid uri scheme");
    expect(validateMessages([message], true)).toEqual({ remarks: [] });
    const elsewhere = drawn("http://ward.example", true);
    expect(validateMessages([elsewhere], true).refusal).toBeDefined();
  });

  it("is drawn by the preview, as is what comes from this machine, and no other plain http", () => {
    expect(readImageUrl(ours)).toBe(ours);
    expect(readImageUrl("http://127.0.0.1:3000/a.jpg")).toBe("http://127.0.0.1:3000/a.jpg");
    for (const url of [
      "http://127.0.0.1.evil.example/a.jpg",
      "http://ward.example/a.jpg",
      "/etc/passwd",
      "javascript:1",
    ])
      expect(readImageUrl(url)).toBeUndefined();
  });
});
