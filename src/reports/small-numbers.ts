/** Fewer than so many people are not said as a number where two things about them meet, such as district and language. */
export const smallestShown = 10;

/** `hidden`: fewer than ten. `withheld`: not few, but a total and the others would tell the number that is hidden. */
export type Guarded = number | "hidden" | "withheld";

/**
 * Hides small numbers of a row whose total is known elsewhere. When exactly one is hidden it could be reckoned from the
 * total; then the smallest of the others is withheld as well.
 */
export function guardRow(counts: readonly number[]): Guarded[] {
  const guarded: Guarded[] = counts.map((count) => (count < smallestShown ? "hidden" : count));
  if (guarded.filter((each) => each === "hidden").length !== 1) return guarded;
  const shown = guarded.filter((each) => typeof each === "number");
  const smallest = shown.indexOf(Math.min(...shown)) === -1 ? -1 : guarded.indexOf(Math.min(...shown));
  return guarded.map((each, index) => (index === smallest ? "withheld" : each));
}
