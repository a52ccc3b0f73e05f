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

export type Addressees = z.infer<typeof addresseesSchema>;

export function addresseesProblems({ recipientsOf, ...audience }: Addressees, ward: Ward): AudienceProblem[] {
  if (recipientsOf === undefined) return audienceProblems(audience, ward);
  return Object.keys(audience).length === 0
    ? []
    : [{ field: "recipientsOf", code: "audience_contradictory" }];
}

/** Which of the two it is. */
export function split({
  recipientsOf,
  ...audience
}: Addressees): { recipientsOf: string } | { audience: Audience } {
  return recipientsOf === undefined ? { audience } : { recipientsOf };
}
