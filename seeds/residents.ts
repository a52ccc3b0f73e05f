import type { SeededResident } from "../src/residents/seed-store.ts";
import type { Ward } from "../src/shared/ward/ward.ts";

/** Synthetic ids are numbered, so that a local LINE can be told of all of them as one range. */
export function syntheticUserId(number: number): string {
  return `${syntheticPrefix}${number.toString(16).padStart(28, "0")}`;
}

/** All synthetic ids begin with this. */
export const syntheticPrefix = "U5eed";

/** The number a synthetic id was made of. */
export function syntheticNumber(lineUserId: string): number {
  return Number.parseInt(lineUserId.slice(syntheticPrefix.length), 16);
}

/** Half of a real ward's friends never chose anything; this is the share here. */
const shareWithoutChoice = 0.45;

/**
 * Makes the resident of a number, skewed as real ones are. Languages and districts follow a steep curve, categories a gentle one; `random` must
 * be seeded for the same result each time.
 */
export function syntheticResident(
  number: number,
  ward: Ward,
  languages: readonly string[],
  random: () => number,
): SeededResident {
  const lineUserId = syntheticUserId(number);
  const language = skewed(languages, 0.22, random);
  if (random() < shareWithoutChoice)
    return { lineUserId, language, categories: [], districts: [], childrenBirthMonths: [], chose: false };
  const categories = ward.categories
    .map((category) => category.id)
    .filter((_, index) => random() < 0.75 / (1 + index * 0.22));
  const districts = random() < 0.7 ? [skewed(ward.districts, 0.8, random)] : [];
  const asksChildren = categories.some((id) => ward.profile.childrenCategories.includes(id));
  const childrenBirthMonths = asksChildren && random() < 0.6 ? birthMonths(random) : [];
  return { lineUserId, language, categories, districts, childrenBirthMonths, chose: true };
}

function skewed(items: readonly string[], ratio: number, random: () => number): string {
  let index = 0;
  while (index < items.length - 1 && random() < ratio) index++;
  return items[index] ?? "";
}

function birthMonths(random: () => number): string[] {
  const count = 1 + Math.floor(random() * 2.4);
  return Array.from(
    { length: count },
    () => `${2008 + Math.floor(random() * 18)}-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}`,
  );
}

/** A small seeded generator (mulberry32): the same residents on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
