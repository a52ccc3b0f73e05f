import { z } from "zod";
import {
  type Audience,
  type AudienceProblem,
  audienceProblems,
  audienceSchema,
} from "../residents/audience.ts";
import type { Ward } from "../shared/ward/ward.ts";

/**
 * Whom a broadcast addresses: an audience, or exactly those who were handed an earlier broadcast and still follow,
 * whatever they have changed since (invariant 9).
 */
export const addresseesSchema = audienceSchema.extend({
  recipientsOf: z.string().optional().describe("The id of an earlier broadcast; stands alone."),
});

/** As it is kept: a rehearsal addresses the staff test group, which nobody can ask for (invariant 8). */
export const keptAddresseesSchema = addresseesSchema.extend({
  testGroup: z.literal(true).optional().describe("The staff's own phones; stands alone."),
});

export type Addressees = z.infer<typeof keptAddresseesSchema>;

export function addresseesProblems(
  { recipientsOf, testGroup, ...audience }: Addressees,
  ward: Ward,
): AudienceProblem[] {
  if (testGroup === true) return [];
  if (recipientsOf === undefined) return audienceProblems(audience, ward);
  return Object.keys(audience).length === 0
    ? []
    : [{ field: "recipientsOf", code: "audience_contradictory" }];
}

/** Which of the three it is. */
export function split({
  recipientsOf,
  testGroup,
  ...audience
}: Addressees): { testGroup: true } | { recipientsOf: string } | { audience: Audience } {
  if (testGroup === true) return { testGroup };
  return recipientsOf === undefined ? { audience } : { recipientsOf };
}
