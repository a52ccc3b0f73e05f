import type { ConfigProblem } from "./problems.ts";
import { variables } from "./variables.ts";

/** A variable that nearly has one of our names is a slip that would otherwise go unseen. */
export function misspelt(environment: Record<string, string | undefined>): ConfigProblem[] {
  const known = Object.keys(variables);
  return Object.keys(environment).flatMap((name) => {
    if (name.length < 8 || known.includes(name)) return [];
    const meant = known.find((candidate) => candidate.length >= 8 && distance(name, candidate) <= 2);
    return meant === undefined ? [] : [{ variable: name, problem: `is unknown; did you mean ${meant}?` }];
  });
}

/** How many letters have to be put in, taken away or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of a.split("").entries()) {
    row = row.reduce<number[]>((next, above, j) => {
      const left = next[j - 1];
      if (left === undefined) return [i + 1];
      const diagonal = row[j - 1] ?? 0;
      return [...next, Math.min(above + 1, left + 1, diagonal + (b[j - 1] === letter ? 0 : 1))];
    }, []);
  }
  return row.at(-1) ?? 0;
}
