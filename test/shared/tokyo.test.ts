import { describe, expect, it } from "vitest";
import { tokyoDate } from "../../src/shared/tokyo.ts";

describe("invariant 13: the date in Tokyo", () => {
  it.each([
    ["2026-11-20T14:59:59.999Z", "2026-11-20"],
    ["2026-11-20T15:00:00.000Z", "2026-11-21"],
    ["2026-12-31T15:00:00.000Z", "2027-01-01"],
    ["2028-02-28T15:00:00.000Z", "2028-02-29"],
  ])("at %s it is %s there", (instant, date) => {
    expect(tokyoDate(Date.parse(instant))).toBe(date);
  });
});
