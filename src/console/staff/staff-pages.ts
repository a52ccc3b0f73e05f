import { type Response, Router } from "express";
import { z } from "zod";
import type { Entrance } from "../../staff/entrance.ts";
import { type Role, roles as allRoles } from "../../staff/permissions.ts";
import { isStaffRefusal } from "../../staff/rules.ts";
import type { StaffStore } from "../../staff/store.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { type MemberForm, invitePage } from "./invite.tsx";
import { memberPage } from "./member.tsx";
import { type Once, oncePage } from "./once.tsx";
import { staffPage } from "./staff.tsx";

export interface StaffPagesDeps {
  context: Context;
  entrance: Entrance;
  staff: StaffStore;
  /** What links for people begin with. */
  baseUrl: string;
}

const home = "/console/staff";
const emailField = z.email().max(254);

/** The staff: who they are, what they may do, their keys. The rules stand in `src/staff`. */
export function createStaffPages({ context, entrance, staff, baseUrl }: StaffPagesDeps): Router {
  const { signedIn, steppedUp, refuse } = context;
  const { members, asks } = entrance;
  const router = Router();
  const linkTo = (token: string) => `${baseUrl}/console/invitation/${token}`;

  async function list(page: SignedInPage, response: Response, problem?: string): Promise<void> {
    const [people, open] = await Promise.all([members.list(), asks.list()]);
    response
      .status(problem === undefined ? 200 : 409)
      .send(staffPage({ page: { ...page, path: home }, people, asks: open, problem }));
  }

  async function show(
    page: SignedInPage,
    response: Response,
    id: string,
    said: { problem?: string; notice?: string; form?: MemberForm } = {},
  ): Promise<void> {
    const member = await members.find(id);
    if (member === undefined) return refuse(page, response, 404);
    const [keys, open] = await Promise.all([staff.keysOf(id), asks.list()]);
    const pending = open.filter(({ staffId }) => staffId === id);
    const path = `${home}/${id}`;
    response
      .status(said.problem === undefined ? 200 : 409)
      .send(memberPage({ page: { ...page, path }, member, keys, pending, ...said }));
  }

  /** After an act: back to the person's page, or the same page with why it was not done. */
  async function afterwards(
    page: SignedInPage,
    response: Response,
    id: string,
    outcome: object,
    form?: MemberForm,
  ): Promise<void> {
    if (!isStaffRefusal(outcome)) return response.redirect(303, `${home}/${id}`);
    if (outcome.refused === "not_found") return refuse(page, response, 404);
    const problem = page.say(`staff:refused.${outcome.refused}`);
    return show(page, response, id, { problem, ...(form === undefined ? {} : { form }) });
  }

  /** Shows this once what somebody is to be given. */
  async function hand(
    page: SignedInPage,
    response: Response,
    id: string,
    what: Pick<Once, "kind" | "value">,
  ): Promise<void> {
    const { name = "" } = (await members.find(id)) ?? {};
    response.send(oncePage({ ...page, path: home }, { ...what, name, asked: [], next: `${home}/${id}` }));
  }

  router.get(
    "/staff",
    signedIn("staff.manage", (page, _request, response) => list(page, response)),
  );

  router.get(
    "/staff/invite",
    signedIn("staff.manage", async (page, _request, response) => {
      response.send(invitePage(page, { name: "", email: "", roles: [] }, []));
    }),
  );
  router.post(
    "/staff/invite",
    steppedUp("staff.manage", async (page, request, response) => {
      const form = { ...readForm(request.body), email: fieldOf(request, "email").trim() };
      const problems = problemsOf(form, page);
      if (!emailField.safeParse(form.email).success) problems.push(page.say("staff:form.badEmail"));
      if (problems.length > 0) return response.status(422).send(invitePage(page, form, problems));
      const outcome = await members.invite(page.actor, form);
      if (isStaffRefusal(outcome))
        return response
          .status(409)
          .send(invitePage(page, form, [page.say(`staff:refused.${outcome.refused}`)]));
      const next = `${home}/${outcome.id}`;
      const { link, asked } = outcome;
      return response.send(
        oncePage(
          { ...page, path: home },
          { kind: "link", value: linkTo(link), name: form.name, asked, next },
        ),
      );
    }),
  );

  router.get(
    "/staff/:id",
    signedIn("staff.manage", (page, request, response) => show(page, response, String(request.params["id"]))),
  );
  router.post(
    "/staff/:id",
    steppedUp("staff.manage", async (page, request, response) => {
      const id = String(request.params["id"]);
      const form = readForm(request.body);
      const problems = problemsOf(form, page);
      if (problems.length > 0) return show(page, response, id, { problem: problems.join(" "), form });
      return afterwards(page, response, id, await members.change(page.actor, id, form), form);
    }),
  );
  for (const act of ["deactivate", "reactivate"] as const)
    router.post(
      `/staff/:id/${act}`,
      steppedUp("staff.manage", async (page, request, response) => {
        const id = String(request.params["id"]);
        await afterwards(page, response, id, await members[act](page.actor, id));
      }),
    );
  router.post(
    "/staff/:id/reinvite",
    steppedUp("staff.manage", async (page, request, response) => {
      const id = String(request.params["id"]);
      const outcome = await members.reinvite(page.actor, id);
      if ("link" in outcome) {
        await hand(page, response, id, { kind: "link", value: linkTo(outcome.link) });
      } else if (outcome.refused === "second_administrator_needed")
        await afterwards(page, response, id, await members.ask(page.actor, "invitation", id, ""));
      else await afterwards(page, response, id, outcome);
    }),
  );

  router.post(
    "/staff/:id/keys",
    steppedUp("staff.manage", async (page, request, response) => {
      const id = String(request.params["id"]);
      const label = fieldOf(request, "label").trim().slice(0, 100);
      if (label === "") return show(page, response, id, { problem: page.say("staff:keys.noLabel") });
      const outcome = await staff.issueKey(page.actor, id, label);
      if ("key" in outcome) {
        await hand(page, response, id, { kind: "key", value: outcome.key });
      } else if (outcome.refused === "second_administrator_needed")
        await afterwards(page, response, id, await members.ask(page.actor, "key", id, label));
      else await afterwards(page, response, id, outcome);
    }),
  );
  router.post(
    "/staff/:id/keys/revoke",
    steppedUp("staff.manage", async (page, request, response) => {
      const id = String(request.params["id"]);
      await staff.revokeKey(page.actor, id, fieldOf(request, "key"));
      response.redirect(303, `${home}/${id}`);
    }),
  );

  router.post(
    "/staff/asks/:ask/confirm",
    steppedUp("staff.manage", async (page, request, response) => {
      const ask = String(request.params["ask"]);
      const before = (await asks.list()).find(({ id }) => id === ask);
      const outcome = await asks.confirm(page.actor, ask);
      if (isStaffRefusal(outcome)) return list(page, response, page.say(`staff:refused.${outcome.refused}`));
      const shown = { name: before?.name ?? "", asked: [], next: home };
      switch (outcome.kind) {
        case "roles":
          return response.redirect(303, home);
        case "invitation":
          return response.send(
            oncePage({ ...page, path: home }, { kind: "link", value: linkTo(outcome.link), ...shown }),
          );
        case "key":
          return response.send(
            oncePage({ ...page, path: home }, { kind: "key", value: outcome.key, ...shown }),
          );
      }
    }),
  );
  router.post(
    "/staff/asks/:ask/decline",
    signedIn("staff.manage", async (page, request, response) => {
      const outcome = await asks.decline(page.actor, String(request.params["ask"]));
      if (isStaffRefusal(outcome)) await list(page, response, page.say(`staff:refused.${outcome.refused}`));
      else response.redirect(303, home);
    }),
  );
  return router;
}

function readForm(body: unknown): MemberForm {
  const { name, role } = Object(body) as Record<string, unknown>;
  const chosen = new Set<unknown>([role].flat());
  return {
    name: typeof name === "string" ? name.trim().slice(0, 100) : "",
    email: "",
    roles: allRoles.filter((each: Role) => chosen.has(each)),
  };
}

function problemsOf({ name, roles }: MemberForm, { say }: SignedInPage): string[] {
  return [
    ...(name === "" ? [say("staff:form.noName")] : []),
    ...(roles.length === 0 ? [say("staff:form.noRole")] : []),
  ];
}
