import { tokyoDate } from "../shared/tokyo.ts";

export const childAges = ["baby", "preschool", "elementary", "juniorHigh", "high"] as const;
export type ChildAge = (typeof childAges)[number];

/**
 * The birth months of children of an age today: `baby` is under three, `preschool` from three to school, the others are the
 * years of a school year that begins in April. Months touch and do not overlap.
 */
export function bornWhen(age: ChildAge, now: number): { bornFrom: string; bornTo: string } {
  const [year = 0, month = 0] = tokyoDate(now).split("-").map(Number);
  const threeYears = monthAt(year, month - 35);
  const schoolYear = month >= 4 ? year : year - 1;
  /** April of the year in which those were born who enter the first class `classes` years from now. */
  const april = (classes: number) => monthAt(schoolYear - 7 + classes, 4);
  const before = (text: string) => monthAt(Number(text.slice(0, 4)), Number(text.slice(5)) - 1);
  switch (age) {
    case "baby":
      return { bornFrom: threeYears, bornTo: monthAt(year, month) };
    case "preschool":
      return { bornFrom: april(1), bornTo: before(threeYears) };
    case "elementary":
      return { bornFrom: april(-5), bornTo: before(april(1)) };
    case "juniorHigh":
      return { bornFrom: april(-8), bornTo: before(april(-5)) };
    case "high":
      return { bornFrom: april(-11), bornTo: before(april(-8)) };
  }
}

function monthAt(year: number, month: number): string {
  return new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 7);
}
