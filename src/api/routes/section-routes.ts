import { z } from "zod";
import type { Section } from "../../staff/section-store.ts";
import { type SectionOutcome, type Sections, isSectionRefusal } from "../../staff/sections.ts";
import { ApiProblem, type ProblemCode } from "../problem.ts";
import { type Route, route } from "../route.ts";

const sectionAnswer = z.strictObject({
  id: z.string(),
  nameJa: z.string(),
  nameEn: z.string(),
  version: z.int().describe("Send it as If-Match to be told when somebody was faster."),
  categories: z.array(z.string()).describe("Ids of the categories it owns."),
  members: z.array(z.string()).describe("Ids of the staff who belong to it."),
});

const name = z.string().max(1_000);
const idList = z.array(z.string()).max(2_000);
const params = z.strictObject({ id: z.string() });
const usual: ProblemCode[] = ["not_authenticated", "role_missing", "invalid"];

function present({
  id,
  nameJa,
  nameEn,
  version,
  categories,
  members,
}: Section): z.input<typeof sectionAnswer> {
  return { id, nameJa, nameEn, version, categories, members };
}

function orRefuse<T extends object>(outcome: SectionOutcome<T>): T {
  if (!isSectionRefusal(outcome)) return outcome;
  if (outcome.refused === "invalid") throw new ApiProblem("invalid", { errors: outcome.problems });
  throw new ApiProblem(outcome.refused);
}

/** Sections of the ward, for administrators. */
export function sectionRoutes(sections: Sections): Route[] {
  return [
    route({
      method: "get",
      path: "/sections",
      summary: "The sections, the categories they own and who belongs to them",
      status: 200,
      answer: z.strictObject({ sections: z.array(sectionAnswer) }),
      problems: ["not_authenticated", "role_missing"],
      handle: async ({ actor }) => ({
        sections: orRefuse(await sections.list(actor)).sections.map(present),
      }),
    }),
    route({
      method: "post",
      path: "/sections",
      summary: "Add a section; its members may from then on address only its categories",
      body: z.strictObject({
        nameJa: name,
        nameEn: name,
        categories: idList.default([]),
        members: idList.default([]),
      }),
      status: 201,
      answer: sectionAnswer,
      problems: usual,
      handle: async ({ actor, body, newId }) => present(orRefuse(await sections.create(actor, body, newId))),
    }),
    route({
      method: "patch",
      path: "/sections/{id}",
      summary: "Change a section; absent fields stay as they are, lists are given whole",
      params,
      body: z.strictObject({
        nameJa: name.optional(),
        nameEn: name.optional(),
        categories: idList.optional(),
        members: idList.optional(),
      }),
      status: 200,
      answer: sectionAnswer,
      problems: [...usual, "not_found", "changed_meanwhile"],
      handle: async ({ actor, params: { id }, body, seenVersion }) => {
        const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
        return present(orRefuse(await sections.change(actor, id, given, seenVersion)));
      },
    }),
    route({
      method: "post",
      path: "/sections/{id}/remove",
      summary: "Remove a section, and say where those go who belong to no other",
      params,
      body: z.strictObject({
        membersTo: z
          .string()
          .optional()
          .describe("The id of another section, or `central`: central staff may address everything."),
      }),
      bodyOptional: true,
      status: 200,
      answer: z.strictObject({ removed: z.string() }),
      problems: [...usual, "not_found", "members_need_a_place"],
      handle: async ({ actor, params: { id }, body }) =>
        orRefuse(await sections.remove(actor, id, body.membersTo)),
    }),
    route({
      method: "post",
      path: "/staff/{id}/everyone-right",
      summary: "Grant or take the right of somebody of a section to address everybody",
      params,
      body: z.strictObject({ granted: z.boolean() }),
      status: 200,
      answer: z.strictObject({ granted: z.boolean() }),
      problems: [...usual, "not_found"],
      handle: async ({ actor, params: { id }, body }) =>
        orRefuse(await sections.setEveryoneRight(actor, id, body.granted)),
    }),
  ];
}
