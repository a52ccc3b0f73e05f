import { describe, expect, it } from "vitest";
import { nextDates, repeatProblem, repeatSchema } from "../../src/broadcasts/schedule.ts";

const at = (text: string) => Date.parse(`${text}+09:00`);
const written = (instants: number[]) =>
  instants.map((each) => new Date(each + 9 * 3_600_000).toISOString().slice(0, 16));

describe("the dates of a repeat", () => {
  const newsletter = { cron: "0 9 1,11,21 * *", except: ["2027-08-11"] };

  it("the newsletter goes on the 1st, 11th and 21st at nine in Tokyo, but not on 11 August 2027", () => {
    expect(written(nextDates(newsletter, at("2027-07-21T09:00"), 5))).toEqual([
      "2027-08-01T09:00",
      "2027-08-21T09:00",
      "2027-09-01T09:00",
      "2027-09-11T09:00",
      "2027-09-21T09:00",
    ]);
  });

  it("a date is over the moment it comes, and not a millisecond before", () => {
    expect(written(nextDates(newsletter, at("2027-08-01T09:00") - 1, 1))).toEqual(["2027-08-01T09:00"]);
    expect(written(nextDates(newsletter, at("2027-08-01T09:00"), 1))).toEqual(["2027-08-21T09:00"]);
  });

  it("ends with its last day, that day included", () => {
    const ending = { ...newsletter, until: "2027-09-11" };
    expect(written(nextDates(ending, at("2027-08-21T09:00"), 5))).toEqual([
      "2027-09-01T09:00",
      "2027-09-11T09:00",
    ]);
  });

  it("days are days in Tokyo: early mornings there are the evening before elsewhere", () => {
    expect(written(nextDates({ cron: "30 0 * * 1" }, at("2026-11-22T12:00"), 2))).toEqual([
      "2026-11-23T00:30",
      "2026-11-30T00:30",
    ]);
    const early = { cron: "30 0 * * *", except: ["2026-11-23"] };
    expect(written(nextDates(early, at("2026-11-22T12:00"), 1))).toEqual(["2026-11-24T00:30"]);
  });

  it("knows leap days, and the ends of months", () => {
    expect(written(nextDates({ cron: "0 9 29 2 *" }, at("2026-11-20T00:00"), 1))).toEqual([
      "2028-02-29T09:00",
    ]);
    expect(written(nextDates({ cron: "0 9 31 * *" }, at("2026-11-01T00:00"), 2))).toEqual([
      "2026-12-31T09:00",
      "2027-01-31T09:00",
    ]);
  });

  it.each([
    ["* * * *", "bad_cron"],
    ["0 9 1 * * *", "bad_cron"],
    ["61 9 * * *", "bad_cron"],
    ["", "bad_cron"],
    ["@daily; rm -rf /", "bad_cron"],
    ["0 9 30 2 *", "never"],
  ])("%j cannot be used: %s", (cron, problem) => {
    expect(repeatProblem({ cron }, at("2026-11-20T00:00"))).toBe(problem);
  });

  it("a repeat whose last day is over, or whose every day is excepted, never comes", () => {
    expect(repeatProblem({ ...newsletter, until: "2026-11-01" }, at("2026-11-20T00:00"))).toBe("never");
    const once = { cron: "0 9 1 1 *", until: "2027-12-31", except: ["2027-01-01"] };
    expect(repeatProblem(once, at("2026-11-20T00:00"))).toBe("never");
  });

  it.each(["2027-02-30", "2027-13-01", "27-01-01", "tomorrow"])("%j is no day to except", (day) => {
    expect(repeatSchema.safeParse({ cron: "0 9 * * *", except: [day] }).success).toBe(false);
  });
});
