import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";
import { type Catalogue, type CatalogueChange, catalogueOf, changedBy, profileWith } from "./catalogue.ts";
import { type WardProfile, wardProfileSchema } from "./profile.ts";

/** What a language must name, as `{ ward: "…", categories: { childcare: "…" }, … }`. */
const namesSchema = z.strictObject({
  ward: z.string().min(1),
  groups: z.record(z.string(), z.string()),
  categories: z.record(z.string(), z.string()),
  districts: z.record(z.string(), z.string()),
  bundles: z.record(z.string(), z.string()),
  links: z.record(z.string(), z.string()),
  shelters: z
    .record(z.string(), z.strictObject({ name: z.string().min(1).max(60), address: z.string().max(100) }))
    .default({}),
  contact: z.strictObject({ name: z.string(), hours: z.string(), address: z.string() }),
});

type Names = z.infer<typeof namesSchema>;
type NamedKind = "groups" | "categories" | "districts" | "bundles" | "links";
export type Shelter = WardProfile["shelters"][number];

export interface Category {
  id: string;
  group: string;
  emergency: boolean;
}

/**
 * The ward as it is now. Whoever holds it sees each change at once: read its lists when they are needed, and keep no copy
 * of them; what is worked out from them is worked out anew when `version` has grown.
 */
export interface Ward {
  readonly id: string;
  readonly languages: string[];
  /** The ward's own language: the first of the profile. */
  readonly mainLanguage: string;
  /** What is offered; what is retired is not among them. */
  readonly categories: Category[];
  readonly districts: string[];
  readonly profile: WardProfile;
  /** Grows with every change that was made in the console; 0 is the profile's file alone. */
  readonly version: number;
  /** What is offered and what was, with the names given in the console. */
  readonly catalogue: Catalogue;
  /** The ward's own name. */
  wardName(language: string): string;
  /** What `id` is called in `language`, retired or not; an id that has left the profile is called by itself. */
  name(kind: NamedKind, id: string, language: string): string;
  contact(language: string): Names["contact"];
  readonly shelters: Shelter[];
  /** A shelter's name and address; undefined for an id that is not one of this ward. */
  shelter(id: string, language: string): { name: string; address: string } | undefined;
  /** The languages to try, in order, when a text in `language` is missing; `language` itself is the first. */
  fallbacks(language: string): string[];
}

/** The one that is handed to whoever keeps the changes; all other rooms see a {@link Ward}. */
export interface ChangingWard extends Ward {
  /**
   * Makes the ward what the profile's file and these changes say.
   * @throws BadWardProfile when the two do not make a ward, as after an unlucky change of the file; nothing is changed then
   */
  become(changes: readonly CatalogueChange[], version: number): void;
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
export function loadWard(path: string): ChangingWard {
  const profile = checked(path, wardProfileSchema, readJson(path));
  const names = new Map(
    profile.languages.map(({ id }) => {
      const file = resolve(dirname(path), profile.names.replaceAll("{language}", id));
      return [id, checked(file, namesSchema, readJson(file))];
    }),
  );
  const missing = missingNames(profile, (kind, id, language) => named(names.get(language), kind, id));
  if (missing.length > 0) throw new BadWardProfile(path, missing);
  return createWard(path, profile, names);
}

function createWard(path: string, file: WardProfile, names: Map<string, Names>): ChangingWard {
  const languages = file.languages.map((language) => language.id);
  const mainLanguage = languages[0] ?? "ja";
  const namesIn = (language: string): Names => {
    const found = names.get(language) ?? names.get(mainLanguage);
    if (found === undefined) throw new Error(`The ward has no names in "${mainLanguage}".`);
    return found;
  };
  let now = { ...offeredBy(file), catalogue: catalogueOf(file), version: 0 };
  const givenName = (
    { names: given }: Catalogue,
    kind: NamedKind | "shelters",
    id: string,
    language: string,
  ) =>
    kind === "bundles" || kind === "links" || kind === "shelters" ? undefined : given[kind][id]?.[language];
  return {
    id: file.id,
    languages,
    mainLanguage,
    get categories() {
      return now.categories;
    },
    get districts() {
      return now.profile.districts;
    },
    get profile() {
      return now.profile;
    },
    get version() {
      return now.version;
    },
    get catalogue() {
      return now.catalogue;
    },
    wardName: (language) => namesIn(language).ward,
    name: (kind, id, language) =>
      givenName(now.catalogue, kind, id, names.has(language) ? language : mainLanguage) ??
      namesIn(language)[kind][id] ??
      id,
    contact: (language) => namesIn(language).contact,
    get shelters() {
      return now.profile.shelters;
    },
    shelter: (id, language) =>
      file.shelters.some((each) => each.id === id) ? namesIn(language).shelters[id] : undefined,
    fallbacks: (language) => {
      const declared = file.languages.find((each) => each.id === language)?.fallback ?? [];
      return [...new Set([language, ...declared, ...languages])];
    },
    become: (changes, version) => {
      const catalogue = changes.reduce(changedBy, catalogueOf(file));
      const profile = checked(path, wardProfileSchema, profileWith(file, catalogue));
      const missing = missingNames(
        profile,
        (kind, id, language) =>
          givenName(catalogue, kind, id, language) ?? named(names.get(language), kind, id),
      );
      if (missing.length > 0) throw new BadWardProfile(path, missing);
      now = { ...offeredBy(profile), catalogue, version };
    },
  };
}

function offeredBy(profile: WardProfile): { profile: WardProfile; categories: Category[] } {
  const categories = profile.groups.flatMap((group) =>
    group.categories.map((category) => ({ ...category, group: group.id })),
  );
  return { profile, categories };
}

function named(names: Names | undefined, kind: NamedKind | "shelters", id: string): string | undefined {
  return kind === "shelters" ? names?.shelters[id]?.name : names?.[kind][id];
}

function missingNames(
  profile: WardProfile,
  nameOf: (kind: NamedKind | "shelters", id: string, language: string) => string | undefined,
): string[] {
  const needed: [NamedKind | "shelters", string[]][] = [
    ["groups", profile.groups.map((group) => group.id)],
    ["categories", profile.groups.flatMap((group) => group.categories.map((category) => category.id))],
    ["districts", profile.districts],
    ["bundles", profile.bundles.map((bundle) => bundle.id)],
    ["links", [...profile.disaster.links, ...profile.contact.links].map((link) => link.id)],
    ["shelters", profile.shelters.map((shelter) => shelter.id)],
  ];
  return profile.languages.flatMap(({ id: language }) =>
    needed.flatMap(([kind, ids]) =>
      ids.filter((id) => !nameOf(kind, id, language)).map((id) => `${language}: no name for ${kind}.${id}`),
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
