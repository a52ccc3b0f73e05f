import { z } from "zod";
import { idSchema } from "../../shared/ward/profile.ts";
import { hazardKinds, intensities, severities } from "../hazards/hazard.ts";

const minutes = z
  .int()
  .min(1)
  .max(7 * 24 * 60);
const level = z.int().min(1).max(5);

/** Which hazards a rule is about: everything that is given must be so. */
const whenSchema = z.strictObject({
  kinds: z.array(z.enum(hazardKinds)).min(1).optional(),
  minLevel: level.optional(),
  maxLevel: level.optional(),
  minSeverity: z.enum(severities).optional(),
  maxSeverity: z.enum(severities).optional(),
  minIntensity: z.enum(intensities).optional(),
  sources: z.array(z.enum(["jma", "inbound"])).min(1),
  /** `VXSE53` …, `cap`, `json`. */
  types: z.array(z.string().min(1).max(20)).optional(),
});

/** Whether those who were handed an alert are told what became of it. */
const tell = z.enum(["tell", "nothing"]).default("tell");

/**
 * One written rule. The first that fits a hazard decides; a hazard that no rule fits leads to nothing. Who gets it stands
 * in the template.
 */
const ruleSchema = z
  .strictObject({
    id: idSchema,
    /** The reason for the rule, shown where its decisions are. */
    why: z.strictObject({ ja: z.string().min(1), en: z.string().min(1) }),
    when: whenSchema,
    do: z.enum(["nothing", "draft", "automatic"]),
    template: idSchema.optional(),
    /** What was issued longer ago than this is never sent. */
    maxAgeMinutes: minutes.default(60),
    lowered: tell,
    lifted: tell,
  })
  .refine((rule) => rule.do === "nothing" || rule.template !== undefined, {
    message: "a rule that does something names a template",
    path: ["template"],
  });

export const rulesSchema = z
  .strictObject({
    mostAutomaticPerHour: z.int().min(0).max(60).default(6),
    mostDraftsPerHour: z.int().min(1).max(200).default(20),
    /** A clock that is wrong by more than this is not believed. */
    futureMinutes: minutes.default(5),
    followUps: z.strictObject({
      /** Liftings and corrections older than this are left to a person. */
      maxAgeMinutes: minutes.default(60),
      lowered: idSchema,
      lifted: idSchema,
      withdrawn: idSchema,
      corrected: idSchema,
      /** What a later report of an earthquake says of a tsunami; not told when it is left out. */
      aboutTsunami: idSchema.optional(),
    }),
    /** The draft that waits for a person when a telegram was not understood. */
    unknown: z.strictObject({ template: idSchema, maxAgeMinutes: minutes.default(180) }),
    /** After so long without a word a state is no longer believed: what comes then is new. By kind, or `other`. */
    forgetAfterMinutes: z.partialRecord(z.enum(hazardKinds), minutes),
    rules: z.array(ruleSchema).min(1).max(200),
  })
  .superRefine(({ rules }, context) => {
    const ids = rules.map(({ id }) => id);
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index)
        context.addIssue({ code: "custom", message: `"${id}" stands twice`, path: ["rules", index, "id"] });
  });

export type Rules = z.infer<typeof rulesSchema>;
export type Rule = Rules["rules"][number];
