import { z } from "zod";

/**
 * The shape of a ward profile (区の設定): data, not code. Ids are what the API, the database and postbacks use; what
 * people read stands in the files that `names` points to, one per language, so that a further language is one folder
 * and one line here.
 */
export const idSchema = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, "ids are letters, digits and hyphens, beginning with a small letter");
const id = idSchema;
const languageId = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, "must be a language tag such as ja, en or zh-Hans");
const link = z.strictObject({ id, url: z.url({ protocol: /^https$/ }).max(1000) });
const phone = z.string().regex(/^\+?[0-9-]{6,20}$/);
const code = (digits: number) =>
  z.string().regex(new RegExp(`^[0-9]{${digits}}$`), `must be ${digits} digits`);

/** The codes by which the Meteorological Agency's telegrams mean this ward (fact sheet, section 2). */
const jma = z.strictObject({
  /** 市町村等: seven digits. */
  municipality: code(7),
  /** 細分区域 of earthquakes, such as 350 東京都２３区. */
  earthquakeArea: code(3).optional(),
  /** 津波予報区; none for a ward that the sea does not reach. */
  tsunamiAreas: z.array(code(3)).max(6).default([]),
  /** 一次細分区域, such as 130010 東京地方. */
  forecastAreas: z.array(code(6)).max(6).default([]),
  prefecture: code(6).optional(),
  /** As telegrams without codes begin their titles: 「東京都」. */
  prefectureName: z.string().min(1).max(20).optional(),
  /** 指定河川洪水予報区間 whose floods reach the ward. */
  rivers: z
    .array(z.union([code(12), code(10)]))
    .max(20)
    .default([]),
});

const shelter = z.strictObject({
  id,
  /** Whom it is near; none: everybody. */
  districts: z.array(id).default([]),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** What LINE's screens and the residents' masks have room for. */
export const wardLimits = {
  fewestCategories: 3,
  mostCategories: 64,
  /** A group is one bubble; more rows would not fit into LINE's limits. */
  categoriesInGroup: 12,
  mostDistricts: 64,
  mostShelters: 200,
} as const;

export const wardProfileSchema = z
  .strictObject({
    id,
    /** Where the names are: a path relative to the profile, `{language}` standing for each language. */
    names: z.string().includes("{language}"),
    /** The first is the ward's own; `fallback` says what to send, in order, when a text is missing (invariant 12). */
    languages: z
      .array(z.strictObject({ id: languageId, fallback: z.array(languageId).default([]) }))
      .min(1)
      .max(12),
    groups: z
      .array(
        z.strictObject({
          id,
          categories: z
            .array(z.strictObject({ id, emergency: z.boolean().default(false) }))
            .min(1)
            .max(wardLimits.categoriesInGroup),
        }),
      )
      .min(1)
      .max(10),
    districts: z.array(id).max(wardLimits.mostDistricts),
    /** Ready choices for somebody in a hurry. */
    bundles: z
      .array(
        z.strictObject({
          id,
          categories: z.union([z.literal("all"), z.array(id).min(1)]),
          asksDistrict: z.boolean().default(false),
        }),
      )
      .max(4),
    /** Who chose one of these is asked for children's birth months. */
    childrenCategories: z.array(id).default([]),
    /** `hotline`: called in a disaster; without one, the contact's phone. */
    disaster: z.strictObject({ links: z.array(link).max(6), hotline: phone.optional() }),
    shelters: z.array(shelter).max(wardLimits.mostShelters).default([]),
    /** Without them nothing of the Meteorological Agency's concerns this ward. */
    jma: jma.optional(),
    /** The rules by which feeds raise or prepare alerts: a path relative to the profile; absent: those that are shipped. */
    alertRules: z.string().min(1).optional(),
    contact: z.strictObject({
      phone,
      links: z.array(link).max(4).default([]),
    }),
    /** After this many days without the ward, what a resident chose is erased (invariant 10). */
    eraseAfterDays: z.int().min(0).max(365).default(30),
    /** How late a routine broadcast may go when its time passed unnoticed. */
    graceMinutes: z.int().min(0).max(1440).default(30),
  })
  .superRefine((profile, context) => {
    const complain = (message: string, path: (string | number)[]) =>
      context.addIssue({ code: "custom", message, path });
    const categories = profile.groups.flatMap((group) => group.categories.map((category) => category.id));
    const languages = profile.languages.map((language) => language.id);
    for (const [what, ids] of Object.entries({
      groups: profile.groups.map((g) => g.id),
      categories,
      districts: profile.districts,
      shelters: profile.shelters.map((s) => s.id),
      languages,
    })) {
      for (const twice of repeated(ids)) complain(`the id "${twice}" stands more than once`, [what]);
    }
    if (categories.length < wardLimits.fewestCategories || categories.length > wardLimits.mostCategories)
      complain("a ward has 3 to 64 categories", ["groups"]);
    for (const language of profile.languages) {
      for (const other of language.fallback) {
        if (!languages.includes(other))
          complain(`"${language.id}" falls back on "${other}", which is not a language of this ward`, [
            "languages",
          ]);
      }
    }
    const named = [
      ...profile.bundles.flatMap((b) => (b.categories === "all" ? [] : b.categories)),
      ...profile.childrenCategories,
    ];
    for (const name of named)
      if (!categories.includes(name)) complain(`"${name}" is not a category of this ward`, ["groups"]);
    for (const name of profile.shelters.flatMap((s) => s.districts))
      if (!profile.districts.includes(name))
        complain(`"${name}" is not a district of this ward`, ["shelters"]);
  });

export type WardProfile = z.infer<typeof wardProfileSchema>;

function repeated(ids: string[]): string[] {
  return [...new Set(ids.filter((each, index) => ids.indexOf(each) !== index))];
}
