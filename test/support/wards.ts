import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { projectPath } from "../../src/shared/project-root.ts";
import type { wardProfileSchema } from "../../src/shared/ward/profile.ts";
import { type Ward, loadWard } from "../../src/shared/ward/ward.ts";

/** The fictional ward of the demo, as the program ships it. */
export const mihonProfile = projectPath("seeds", "wards", "mihon", "profile.json");

export interface WardPlan {
  languages?: string[];
  /** Groups by id, each with its categories. The first category of the first group is an emergency. */
  groups?: Record<string, string[]>;
  districts?: string[];
  /** What something is called in a language. */
  name?: (id: string, language: string) => string;
  /** Further parts of the profile, or other ones than usual. */
  profile?: Partial<
    Pick<
      z.input<typeof wardProfileSchema>,
      "bundles" | "childrenCategories" | "disaster" | "contact" | "eraseAfterDays"
    >
  >;
}

/** Writes the profile of a ward that exists only for a test, with its names, and returns the path of the profile. */
export function writeWard(
  folder: string,
  {
    languages = ["ja"],
    groups = { safety: ["disaster", "crime", "traffic"] },
    districts = [],
    name = (id) => id,
    profile = {},
  }: WardPlan = {},
): string {
  mkdirSync(folder, { recursive: true });
  const named = (ids: string[], language: string) =>
    Object.fromEntries(ids.map((id) => [id, name(id, language)]));
  const first = Object.values(groups)[0]?.[0];
  const whole: z.input<typeof wardProfileSchema> = {
    id: "test-ward",
    names: "names.{language}.json",
    languages: languages.map((id) => ({ id })),
    groups: Object.entries(groups).map(([id, categories]) => ({
      id,
      categories: categories.map((each) => ({ id: each, emergency: each === first })),
    })),
    districts,
    bundles: [{ id: "all", categories: "all" }],
    disaster: { links: [{ id: "map", url: "https://ward.example/map" }] },
    contact: { phone: "03-0000-0000" },
    ...profile,
  };
  for (const language of languages) {
    const names = {
      ward: name("ward", language),
      groups: named(Object.keys(groups), language),
      categories: named(Object.values(groups).flat(), language),
      districts: named(districts, language),
      bundles: named(idsOf(whole.bundles), language),
      links: named(idsOf([...whole.disaster.links, ...(whole.contact.links ?? [])]), language),
      contact: { name: "office", hours: "9-17", address: "1-1" },
    };
    writeFileSync(join(folder, `names.${language}.json`), JSON.stringify(names));
  }
  const path = join(folder, "profile.json");
  writeFileSync(path, JSON.stringify(whole));
  return path;
}

export function createWard(folder: string, plan: WardPlan = {}): Ward {
  return loadWard(writeWard(folder, plan));
}

/** `a1`, `a2`, … */
export function numbered(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

/** As large as a profile may be: 64 categories in ten groups, 64 districts. */
export function largestWard(): Required<Pick<WardPlan, "groups" | "districts">> {
  const categories = numbered("c", 64);
  const sizes = [12, 12, 12, 12, 11, 1, 1, 1, 1, 1];
  let taken = 0;
  const groups = Object.fromEntries(
    sizes.map((size, index) => {
      const part = categories.slice(taken, taken + size);
      taken += size;
      return [`g${index + 1}`, part];
    }),
  );
  return { groups, districts: numbered("d", 64) };
}

function idsOf(things: { id: string }[]): string[] {
  return things.map(({ id }) => id);
}
