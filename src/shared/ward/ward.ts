import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { type WardProfile, wardProfileSchema } from "./profile.ts";

/** What a language must name, as `{ ward: "…", categories: { childcare: "…" }, … }`. */
const namesSchema = z.strictObject({
  ward: z.string().min(1),
  groups: z.record(z.string(), z.string()),
  categories: z.record(z.string(), z.string()),
  districts: z.record(z.string(), z.string()),
  bundles: z.record(z.string(), z.string()),
  links: z.record(z.string(), z.string()),
  contact: z.strictObject({ name: z.string(), hours: z.string(), address: z.string() }),
});

type Names = z.infer<typeof namesSchema>;
type NamedKind = "groups" | "categories" | "districts" | "bundles" | "links";

export interface Category {
  id: string;
  group: string;
  emergency: boolean;
}

export interface Ward {
  id: string;
  languages: string[];
  /** The ward's own language: the first of the profile. */
  mainLanguage: string;
  categories: Category[];
  districts: string[];
  profile: WardProfile;
  /** The ward's own name. */
  wardName(language: string): string;
  /** What `id` is called in `language`; an id that has left the profile is called by itself. */
  name(kind: NamedKind, id: string, language: string): string;
  contact(language: string): Names["contact"];
  /** The languages to try, in order, when a text in `language` is missing; `language` itself is the first. */
  fallbacks(language: string): string[];
}

export class BadWardProfile extends Error {
  override name = "BadWardProfile";
  constructor(path: string, problems: string[]) {
    super(
      [
        `The ward profile ${path} needs mending / 区の設定を直してください:`,
        ...problems.map((problem) => `  ${problem}`),
      ].join("\n"),
    );
  }
}

/** @throws BadWardProfile with every problem at once, missing names included */
export function loadWard(path: string): Ward {
  const profile = checked(path, wardProfileSchema, readJson(path));
  const names = new Map(
    profile.languages.map(({ id }) => {
      const file = join(dirname(path), profile.names.replaceAll("{language}", id));
      return [id, checked(file, namesSchema, readJson(file))];
    }),
  );
  const missing = missingNames(profile, names);
  if (missing.length > 0) throw new BadWardProfile(path, missing);
  return createWard(profile, names);
}

function createWard(profile: WardProfile, names: Map<string, Names>): Ward {
  const languages = profile.languages.map((language) => language.id);
  const mainLanguage = languages[0] ?? "ja";
  const namesIn = (language: string): Names => {
    const found = names.get(language) ?? names.get(mainLanguage);
    if (found === undefined) throw new Error(`The ward has no names in "${mainLanguage}".`);
    return found;
  };
  return {
    id: profile.id,
    languages,
    mainLanguage,
    categories: profile.groups.flatMap((group) =>
      group.categories.map((category) => ({ ...category, group: group.id })),
    ),
    districts: profile.districts,
    profile,
    wardName: (language) => namesIn(language).ward,
    name: (kind, id, language) => namesIn(language)[kind][id] ?? id,
    contact: (language) => namesIn(language).contact,
    fallbacks: (language) => {
      const declared = profile.languages.find((each) => each.id === language)?.fallback ?? [];
      return [...new Set([language, ...declared, ...languages])];
    },
  };
}

function missingNames(profile: WardProfile, names: Map<string, Names>): string[] {
  const needed: [NamedKind, string[]][] = [
    ["groups", profile.groups.map((group) => group.id)],
    ["categories", profile.groups.flatMap((group) => group.categories.map((category) => category.id))],
    ["districts", profile.districts],
    ["bundles", profile.bundles.map((bundle) => bundle.id)],
    ["links", [...profile.disaster.links, ...profile.contact.links].map((link) => link.id)],
  ];
  return [...names].flatMap(([language, given]) =>
    needed.flatMap(([kind, ids]) =>
      ids.filter((id) => !given[kind][id]).map((id) => `${language}: no name for ${kind}.${id}`),
    ),
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new BadWardProfile(path, [
      `could not be read: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
}

function checked<T>(path: string, schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new BadWardProfile(
    path,
    result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`),
  );
}
