import { z } from "zod";
import { idSchema } from "../../shared/ward/profile.ts";

/**
 * One blank of an alert template. What comes from a list is right in every language; what is typed freely stands in the
 * other languages as it was typed, marked as untranslated.
 * - `shelters`: ids of the profile's shelters, one or more
 * - `time`: an instant, `2026-12-01T21:30` (Tokyo) or with an offset
 * - `choice`: one of `options`, whose words stand in the template for each language
 * - `hazard`: a name as its issuer wrote it, in Japanese, put into the other languages where the table of
 *   `locales/<language>/hazards.json` has it
 * - `number`, `phone`, `url`: as typed, the same in every language
 * - `text`: free; a string in the ward's language, or `{ja: …, en: …}` where somebody translated it
 */
const blankSchema = z.strictObject({
  id: idSchema,
  type: z.enum(["shelters", "time", "choice", "hazard", "number", "phone", "url", "text"]),
  required: z.boolean().default(false),
  /** By option id, its words by language. */
  options: z.record(idSchema, z.record(z.string(), z.string().min(1))).optional(),
  /** What staff read beside the field, by staff language. */
  label: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
  /** Filled in when nothing was given. */
  preset: z.string().optional(),
  maxLength: z.int().min(1).max(2_000).default(200),
});

/**
 * What residents read, for one language. `{{blank}}` stands for a blank, `{{name.official}}` for an
 * official name in Japanese with its reading, `{{districts}}` for the places, `{{issuedAt}}` and `{{expiresAt}}` for the times, `{{ward}}` for
 * the ward, `{{level}}` for 「警戒レベル４」, `{{hotline}}` for the ward's number, `{{link.hazardMap}}` for a link of the
 * profile, `{{original}}` for the title of what a follow-up follows. A line whose only blanks were left empty is left out.
 */
const textsSchema = z.strictObject({
  /** The official name first: 「警戒レベル４ 避難指示」. */
  title: z.string().min(1).max(80),
  body: z.string().min(1).max(2_000),
  link: z.strictObject({ label: z.string().min(1).max(40), url: z.string() }).optional(),
});

export const templateSchema = z.strictObject({
  id: idSchema,
  group: z.enum(["evacuation", "disaster", "safety", "lifeline", "health", "school", "relay", "followUp"]),
  /** Where it stands within its group; 1 is first. */
  place: z.int().min(1).optional(),
  /** What staff call it. */
  name: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
  /** Of the five alert levels, for rain, flood, landslide and surge only. */
  level: z.int().min(1).max(5).optional(),
  /** With one of these chosen in this blank nothing says the level: earthquakes, tsunami and fires have none. */
  levelNotFor: z.strictObject({ blank: idSchema, options: z.array(idSchema).min(1) }).optional(),
  /** Colour of the card's head when there is no level. */
  tone: z.enum(["danger", "warning", "notice", "safe"]).default("warning"),
  /** Who gets it at least; asking for fewer is said. */
  audience: z.strictObject({
    who: z.enum(["subscribers", "everyone"]),
    /** Also those without a district, when districts are given. */
    withoutDistrict: z.boolean(),
    /** Categories instead of the ward's emergency ones. */
    categories: z.array(idSchema).optional(),
  }),
  /** One person may send it alone, with a reason: for threats to life. */
  breakGlass: z.boolean().default(false),
  validMinutes: z
    .int()
    .min(10)
    .max(60 * 24 * 14),
  blanks: z.array(blankSchema).max(12),
  texts: z.record(z.string(), textsSchema),
  /** Raised by rules and by follow-ups; not offered to staff as a beginning. */
  internal: z.boolean().default(false),
});

export type Template = z.infer<typeof templateSchema>;
export type TemplateTexts = z.infer<typeof textsSchema>;
export type Blank = Template["blanks"][number];
/** What was given for the blanks, by blank id. */
export const blanksSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.array(z.string()), z.record(z.string(), z.string())]),
);
export type Blanks = z.infer<typeof blanksSchema>;
