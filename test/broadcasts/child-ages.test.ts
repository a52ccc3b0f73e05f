import { expect, it } from "vitest";
import { bornWhen, childAges } from "../../src/broadcasts/child-ages.ts";

const at = (date: string) => Date.parse(`${date}T10:00:00+09:00`);
const next = (month: string) => {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
};

it("a child's age in words is the birth months of this school year", () => {
  const in2026 = Object.fromEntries(childAges.map((age) => [age, bornWhen(age, at("2026-11-21"))]));
  expect(in2026).toEqual({
    baby: { bornFrom: "2023-12", bornTo: "2026-11" },
    preschool: { bornFrom: "2020-04", bornTo: "2023-11" },
    elementary: { bornFrom: "2014-04", bornTo: "2020-03" },
    juniorHigh: { bornFrom: "2011-04", bornTo: "2014-03" },
    high: { bornFrom: "2008-04", bornTo: "2011-03" },
  });
});

it.each(["2026-03-31", "2026-04-01", "2026-12-31", "2028-02-29"])(
  "on %s the ages touch and do not overlap",
  (date) => {
    const ages = childAges.map((age) => bornWhen(age, at(date)));
    for (const [index, older] of ages.slice(1).entries())
      expect(next(older.bornTo)).toBe(ages[index]?.bornFrom);
  },
);

it("a school year begins in April", () => {
  expect(bornWhen("elementary", at("2027-03-31"))).toEqual(bornWhen("elementary", at("2026-04-01")));
  expect(bornWhen("elementary", at("2027-04-01")).bornFrom).toBe("2015-04");
});
