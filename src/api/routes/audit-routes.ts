import { z } from "zod";
import type { Auditing } from "../../audit/auditing.ts";
import { ApiProblem } from "../problem.ts";
import { type Route, route } from "../route.ts";

/** The record of who did what, for auditors and administrators. */
export function auditRoutes(auditing: Auditing): Route[] {
  return [
    route({
      method: "get",
      path: "/audit/verify",
      summary:
        "Check the chain of the whole record: whole, or the number of the first entry that does not fit",
      status: 200,
      answer: z.strictObject({
        whole: z.boolean(),
        brokenAt: z.int().nullable(),
        entries: z.int().nullable().describe("How many entries were checked, when all of them fit."),
        last: z.strictObject({ seq: z.int(), hash: z.string() }).nullable(),
      }),
      problems: ["not_authenticated", "role_missing"],
      handle: async ({ actor }) => {
        const result = await auditing.verify(actor);
        if ("refused" in result) throw new ApiProblem(result.refused);
        if (!result.whole) return { whole: false, brokenAt: result.brokenAt, entries: null, last: null };
        return { whole: true, brokenAt: null, entries: result.entries, last: result.last };
      },
    }),
  ];
}
