import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchLanguage } from "../../src/conversation/language.ts";

const offered = ["ja", "ja-x-easy", "en", "zh-Hans", "ko"];

describe("the ward's language for a LINE profile's language", () => {
  it.each([
    ["ja", "ja"],
    ["JA", "ja"],
    ["ja-JP", "ja"],
    ["ja_JP", "ja"],
    ["en", "en"],
    ["en-US", "en"],
    ["en_GB", "en"],
    ["ko-KR", "ko"],
    ["zh-CN", "zh-Hans"],
    ["zh-Hans-CN", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["zh", "zh-Hans"],
    ["ja-x-easy", "ja-x-easy"],
  ])("%s reads %s", (tag, language) => {
    expect(matchLanguage(tag, offered)).toBe(language);
  });

  it("Chinese in the other script is closer than another language", () => {
    expect(matchLanguage("zh-TW", offered)).toBe("zh-Hans");
    expect(matchLanguage("zh-HK", offered)).toBe("zh-Hans");
  });

  it("the script decides before the region when both scripts are offered", () => {
    const both = ["ja", "zh-Hans", "zh-Hant"];
    expect(matchLanguage("zh-TW", both)).toBe("zh-Hant");
    expect(matchLanguage("zh-HK", both)).toBe("zh-Hant");
    expect(matchLanguage("zh-Hant", both)).toBe("zh-Hant");
    expect(matchLanguage("zh-CN", both)).toBe("zh-Hans");
    expect(matchLanguage("zh-TW", ["ja", "zh-Hant", "zh-Hans"])).toBe("zh-Hant");
  });

  it("nobody gets やさしい日本語 for reading Japanese, even where it stands first", () => {
    expect(matchLanguage("ja-JP", ["ja-x-easy", "ja"])).toBe("ja");
    expect(matchLanguage("ja", ["ja-x-easy", "en"])).toBeUndefined();
  });

  it.each([
    undefined,
    "",
    "fr",
    "tlh",
    "und",
    "root",
    "?",
    "日本語",
    "en--",
    "x".repeat(500),
    "123",
    "__",
    "*",
  ])("%s is none of them", (tag) => {
    expect(matchLanguage(tag, offered)).toBeUndefined();
  });

  it("whatever stands in a profile, it is answered with one of the ward's languages or none", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (tag) => {
        expect([...offered, undefined]).toContain(matchLanguage(tag, offered));
      }),
    );
  });
});
