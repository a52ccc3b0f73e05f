import { z } from "zod";
import { retiredOf } from "../shared/ward/catalogue.ts";
import type { Ward } from "../shared/ward/ward.ts";

const anyOf = z.strictObject({ anyOf: z.array(z.string()).min(1).max(200) });
const districts = anyOf.extend({
  orNone: z
    .boolean()
    .optional()
    .describe("Also residents who have none of the ward's districts: nobody knows that they are elsewhere."),
});
const month = z
  .string()
  .regex(/^(19|20)\d\d-(0[1-9]|1[0-2])(-\d\d)?$/, "must be a month such as 2024-04")
  .transform((text) => text.slice(0, 7));

/** Design section 6: `{everyone: true}`, or parts that are and-ed. */
export const audienceSchema = z
  .strictObject({
    everyone: z.literal(true).optional(),
    categories: anyOf.optional(),
    districts: districts.optional(),
    languages: anyOf.optional(),
    children: z.strictObject({ bornFrom: month, bornTo: month }).optional(),
    includeWithoutPreferences: z.boolean().optional(),
  })
  .describe("A rule over residents' preferences. The parts are and-ed; a part that is absent asks nothing.");

/**
 * A rule over preferences (配信対象). A resident is in it when every part holds for them. Residents who never chose a
 * category, district or child fail those three parts, unless `includeWithoutPreferences` lets them pass all three, or
 * `districts.orNone` the districts.
 */
export type Audience = z.infer<typeof audienceSchema>;

export interface AudienceProblem {
  field: string;
  code:
    | "audience_empty"
    | "audience_contradictory"
    | "unknown_id"
    | "retired_id"
    | "recipients_forgotten"
    | "months_reversed";
  /** The offending id, where there is one. */
  value?: string;
}

/** Everything about a rule that cannot be meant as it stands, each offending id by name. */
export function audienceProblems(audience: Audience, ward: Ward): AudienceProblem[] {
  const parts = [audience.categories, audience.districts, audience.languages, audience.children].filter(
    (part) => part !== undefined,
  );
  const problems: AudienceProblem[] = [];
  if (audience.everyone === true && parts.length > 0)
    problems.push({ field: "everyone", code: "audience_contradictory" });
  if (audience.everyone !== true && parts.length === 0) problems.push({ field: "", code: "audience_empty" });
  if (audience.children !== undefined && audience.children.bornFrom > audience.children.bornTo) {
    problems.push({ field: "children", code: "months_reversed" });
  }
  const unknown = (
    field: string,
    ids: string[] | undefined,
    known: readonly string[],
    retired: readonly string[] = [],
  ) => {
    for (const id of new Set(ids))
      if (!known.includes(id))
        problems.push({
          field: `${field}.anyOf`,
          code: retired.includes(id) ? "retired_id" : "unknown_id",
          value: id,
        });
  };
  const { categories, districts } = retiredOf(ward.catalogue);
  unknown(
    "categories",
    audience.categories?.anyOf,
    ward.categories.map((category) => category.id),
    categories,
  );
  unknown("districts", audience.districts?.anyOf, ward.districts, districts);
  unknown("languages", audience.languages?.anyOf, ward.languages);
  return problems;
}

/** `2026-04` → 202604, as children's birth months are stored and compared. */
export function monthNumber(text: string): number {
  return Number(text.slice(0, 4)) * 100 + Number(text.slice(5, 7));
}

/** 202604 → `2026-04`. */
export function monthText(number: number): string {
  return `${Math.floor(number / 100)}-${String(number % 100).padStart(2, "0")}`;
}
