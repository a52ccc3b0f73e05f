import { z } from "zod";
import { may, roles } from "../../staff/permissions.ts";
import { type StaffRefusal, isStaffRefusal } from "../../staff/rules.ts";
import type { StaffMember, StaffStore } from "../../staff/store.ts";
import { ApiProblem, type ProblemCode } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { iso } from "./present.ts";

const memberAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(roles)),
  createdAt: z.iso.datetime(),
});

function present(member: StaffMember): z.input<typeof memberAnswer> {
  return { ...member, createdAt: iso(member.createdAt) };
}

function orRefuse<T extends object>(outcome: T | StaffRefusal): T {
  if (!isStaffRefusal(outcome)) return outcome;
  const code: ProblemCode =
    outcome.refused === "role_missing" ||
    outcome.refused === "email_taken" ||
    outcome.refused === "second_administrator_needed"
      ? outcome.refused
      : "not_found";
  throw new ApiProblem(code);
}

export function staffRoutes(staff: StaffStore): Route[] {
  return [
    route({
      method: "post",
      path: "/staff",
      summary: "Add somebody to the staff",
      body: z.strictObject({
        name: z.string().trim().min(1).max(100),
        email: z.email().max(254),
        roles: z
          .array(z.enum(roles))
          .min(1)
          .transform((given) => [...new Set(given)]),
      }),
      status: 201,
      answer: memberAnswer,
      problems: [
        "not_authenticated",
        "role_missing",
        "email_taken",
        "second_administrator_needed",
        "invalid",
      ],
      handle: async ({ actor, body, newId }) => {
        return present(orRefuse(await staff.create(actor, body, newId)));
      },
    }),
    route({
      method: "get",
      path: "/staff",
      summary: "The staff, newest first",
      status: 200,
      answer: z.strictObject({ staff: z.array(memberAnswer) }),
      problems: ["not_authenticated", "role_missing"],
      handle: async ({ actor }) => {
        if (!may(actor, "staff.manage")) throw new ApiProblem("role_missing");
        return { staff: (await staff.list()).map(present) };
      },
    }),
    route({
      method: "post",
      path: "/staff/{id}/api-keys",
      summary: "Issue a key by which another system acts for somebody; it is shown this once",
      params: z.strictObject({ id: z.string() }),
      body: z.strictObject({ label: z.string().trim().min(1).max(100) }),
      status: 201,
      answer: z.strictObject({ id: z.string(), key: z.string() }),
      problems: ["not_authenticated", "role_missing", "not_found", "second_administrator_needed", "invalid"],
      handle: async ({ actor, params, body }) => {
        return orRefuse(await staff.issueKey(actor, params.id, body.label));
      },
    }),
  ];
}
