import { addMonths } from "../shared/tokyo.ts";

/** Groups of children's ages, in completed years. Only birth months are known, so an age is exact to the month. */
const ageGroups = [
  { id: "0-2", from: 0, to: 2 },
  { id: "3-5", from: 3, to: 5 },
  { id: "6-11", from: 6, to: 11 },
  { id: "12-14", from: 12, to: 14 },
  { id: "15-17", from: 15, to: 17 },
] as const;

/** The birth months of each group on a date of Tokyo. */
export function agesOn(date: string): { id: string; bornFrom: string; bornTo: string }[] {
  const month = date.slice(0, 7);
  return ageGroups.map(({ id, from, to }) => ({
    id,
    bornFrom: addMonths(month, -(to + 1) * 12 + 1),
    bornTo: addMonths(month, -from * 12),
  }));
}
