import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offered } from "../../src/conversation/intent-effects.ts";
import { type Intent, decodeIntent, encodeIntent } from "../../src/conversation/intent.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { mihonProfile } from "../support/wards.ts";

const ward = loadWard(mihonProfile);
const today = "2026-11-20";

const id = fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" }).filter((text) => text.length <= 60);
const month = fc
  .tuple(fc.integer({ min: 1900, max: 2099 }), fc.integer({ min: 1, max: 12 }))
  .map(([year, number]) => `${year}-${String(number).padStart(2, "0")}`);
const plain = fc.constantFrom<Intent>(
  { do: "askLanguage" },
  { do: "askBundle" },
  { do: "finishCategories" },
  { do: "finishDistricts" },
  { do: "finishChildren" },
  { do: "showSettings" },
  { do: "onlyEmergencies" },
  { do: "askForget" },
  { do: "forget" },
  { do: "keep" },
  { do: "showHelp" },
  { do: "showDisaster" },
  { do: "showContact" },
);
const anyIntent: fc.Arbitrary<Intent> = fc.oneof(
  plain,
  fc.record({ do: fc.constant("setLanguage" as const), to: id }),
  fc.record({ do: fc.constant("takeBundle" as const), id }),
  fc.record({ do: fc.constant("askCategories" as const), group: id }, { requiredKeys: ["do"] }),
  fc.record({ do: fc.constantFrom("setCategory" as const, "setGroup" as const), id, on: fc.boolean() }),
  fc.record(
    { do: fc.constant("setDistrict" as const), id, on: fc.boolean(), goOn: fc.boolean() },
    { requiredKeys: ["do", "id", "on"] },
  ),
  fc.record({ do: fc.constant("addChild" as const), month }, { requiredKeys: ["do"] }),
  fc.record({ do: fc.constant("removeChild" as const), month }),
);

describe("what a button carries", () => {
  it("every intent is read back from its postback data as it was written", () => {
    fc.assert(
      fc.property(anyIntent, (intent) => {
        expect(decodeIntent(encodeIntent(intent))).toEqual(intent);
      }),
      { numRuns: 500 },
    );
  });

  it("ids of a ward profile always fit into the 300 characters of a postback", () => {
    const longest = "a".repeat(40);
    expect(encodeIntent({ do: "setDistrict", id: longest, on: true, goOn: true }).length).toBeLessThan(100);
  });

  it("a date picker's date becomes a month, and its day is not even read", () => {
    expect(decodeIntent("do=addChild", "2024-04-30")).toEqual({ do: "addChild", month: "2024-04" });
  });

  it.each([
    "",
    "do",
    "do=",
    "do=dropTables",
    "do=setCategory&id=childcare",
    "do=setCategory&id=childcare&on=yes",
    "do=setCategory&id=&on=1",
    `do=setLanguage&to=${"x".repeat(61)}`,
    "do=removeChild&month=2024-13",
    "do=removeChild",
    "do=__proto__",
    "__proto__=1&do=toString",
    '{"do":"forget"}',
    "\u0000\uD800%%%=&&&==",
  ])("%j means nothing", (data) => {
    expect(decodeIntent(data)).toBeUndefined();
  });

  it("any other text is read without an error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.option(fc.string(), { nil: undefined }), (data, date) => {
        decodeIntent(data, date);
      }),
    );
  });
});

describe("what the ward offers", () => {
  const still = (intent: Intent) => offered(intent, ward, today) !== undefined;

  it("a button for something that left the profile is no intent any more", () => {
    expect(still({ do: "setCategory", id: "childcare", on: true })).toBe(true);
    expect(still({ do: "setCategory", id: "retired", on: false })).toBe(false);
    expect(still({ do: "setGroup", id: "retired", on: true })).toBe(false);
    expect(still({ do: "setDistrict", id: "retired", on: true })).toBe(false);
    expect(still({ do: "takeBundle", id: "retired" })).toBe(false);
    expect(still({ do: "setLanguage", to: "fr" })).toBe(false);
  });

  it("a birth month may be this month and up to the start of the year nineteen years ago", () => {
    const born = (month: string) => still({ do: "addChild", month });
    expect(born("2026-11")).toBe(true);
    expect(born("2026-12")).toBe(false);
    expect(born("2027-01")).toBe(false);
    expect(born("2007-01")).toBe(true);
    expect(born("2006-12")).toBe(false);
  });
});
