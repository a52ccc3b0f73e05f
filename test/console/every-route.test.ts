import type { Router } from "express";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../db/open.ts";
import type * as Console from "../../src/console/console.ts";
import { type Role, roles } from "../../src/staff/permissions.ts";
import { openAlarm } from "../support/alarm.ts";
import type { Api } from "../support/api.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { hire, openSection } from "../support/sections.ts";
import { type Office, contentsInAll, openOffice } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";

/** Whoever comes, signed in or not. */
const anybody = "anybody";
const everybody: readonly Role[] = roles;
const writers: readonly Role[] = ["author", "administrator"];
const administrators: readonly Role[] = ["administrator"];
const raisers: readonly Role[] = ["dutyOfficer", "administrator"];
const auditors: readonly Role[] = ["auditor", "administrator"];
const feedManagers: readonly Role[] = ["dutyOfficer", "administrator"];
const alertTemplateWriters: readonly Role[] = ["dutyOfficer", "author", "administrator"];
const alertTemplateApprovers: readonly Role[] = ["approver", "dutyOfficer"];

/**
 * Every route of the staff pages, below `/console`, and who is let in. The others are refused with 403, and whoever is not
 * signed in is led to the sign-in page. A route that is missing here makes the first test fail.
 */
const table: Record<string, readonly Role[] | typeof anybody> = {
  "GET /sign-in": anybody,
  "POST /sign-in": anybody,
  "GET /sign-in/factor": anybody,
  "POST /sign-in/factor": anybody,
  "POST /sign-out": anybody,
  "POST /language": anybody,
  "GET /invitation/:link": anybody,
  "POST /invitation/:link": anybody,
  "GET /enrolment": anybody,
  "POST /enrolment": anybody,
  "GET /provider": anybody,
  "GET /provider/back": anybody,
  "GET /step-up": everybody,
  "POST /step-up": everybody,

  "GET /account": everybody,
  "GET /account/authenticator": everybody,
  "POST /account/authenticator": everybody,
  "GET /account/passkeys/new": everybody,
  "POST /account/passkeys/new": everybody,
  "POST /account/passkeys/remove": everybody,
  "GET /account/passphrase": everybody,
  "POST /account/passphrase": everybody,
  "GET /account/phone": everybody,
  "POST /account/phone": everybody,
  "POST /account/phone/remove": everybody,
  "POST /account/recovery-codes": everybody,
  "POST /account/sessions/end": everybody,

  "GET /": everybody,
  "GET /calendar": everybody,
  "GET /broadcasts": everybody,
  "GET /broadcasts/new": writers,
  "POST /broadcasts": writers,
  "GET /broadcasts/:id": everybody,
  "GET /broadcasts/:id/edit": writers,
  "POST /broadcasts/:id/edit": writers,
  "GET /broadcasts/:id/live": everybody,
  "GET /broadcasts/:id/report": everybody,
  "GET /broadcasts/:id/report/:file": everybody,
  // Which act for whom is decided below the page: see the second table.
  "POST /broadcasts/:id/:act": everybody,
  "POST /beside": everybody,
  "POST /pictures": writers,
  "POST /test-send": writers,
  "POST /working-copies": writers,
  "POST /working-copies/discard": writers,
  "GET /templates": writers,
  "POST /templates/:id/rename": writers,
  "POST /templates/:id/delete": writers,

  "GET /alerts": everybody,
  "GET /alerts/new": raisers,
  "POST /alerts/new": raisers,
  "POST /alerts/beside": raisers,
  "GET /alerts/:id": everybody,
  "GET /alerts/:id/follow-up": raisers,
  "POST /alerts/:id/follow-up": raisers,
  "POST /alerts/:id/follow-up/beside": raisers,
  // Which act for whom is decided below the page.
  "POST /alerts/:id/:act": everybody,
  "GET /drill": raisers,
  "POST /drill": raisers,
  "POST /drill/end": raisers,

  "GET /reports": everybody,
  "GET /reports/:file": everybody,
  "GET /residents": everybody,
  "GET /residents/:file": everybody,

  "GET /catalogue": administrators,
  "GET /catalogue/add/:kind": administrators,
  "POST /catalogue/add/:kind": administrators,
  "GET /catalogue/:kind/:id": administrators,
  "POST /catalogue/:kind/:id": administrators,
  "GET /catalogue/:kind/:id/retire": administrators,
  "POST /catalogue/:kind/:id/retire": administrators,
  "POST /catalogue/:kind/:id/bring-back": administrators,
  "POST /catalogue/:kind/:id/move": administrators,

  "GET /sections": administrators,
  "GET /sections/new": administrators,
  "POST /sections": administrators,
  "POST /sections/rights": administrators,
  "GET /sections/:id": administrators,
  "POST /sections/:id": administrators,
  "GET /sections/:id/remove": administrators,
  "POST /sections/:id/remove": administrators,

  "GET /staff": administrators,
  "GET /staff/invite": administrators,
  "POST /staff/invite": administrators,
  "GET /staff/:id": administrators,
  "POST /staff/:id": administrators,
  "POST /staff/:id/deactivate": administrators,
  "POST /staff/:id/reactivate": administrators,
  "POST /staff/:id/reinvite": administrators,
  "POST /staff/:id/keys": administrators,
  "POST /staff/:id/keys/revoke": administrators,
  "POST /staff/asks/:ask/confirm": administrators,
  "POST /staff/asks/:ask/decline": administrators,

  "GET /calls": everybody,
  "POST /calls/:id/seen": everybody,
  "GET /feeds": everybody,
  "POST /feeds/maintenance": feedManagers,
  "GET /feeds/rules": everybody,
  "GET /feeds/:id": everybody,

  "GET /alert-templates": everybody,
  "GET /alert-templates/:id": everybody,
  "GET /alert-templates/:id/edit": alertTemplateWriters,
  "POST /alert-templates/:id/edit": alertTemplateWriters,
  "GET /alert-templates/:id/proposals/:proposal": everybody,
  "POST /alert-templates/:id/proposals/:proposal": alertTemplateApprovers,

  "GET /audit": auditors,
  "POST /audit/export": auditors,
  "GET /audit/chain": auditors,
  "POST /audit/chain": auditors,
};

/** The acts on a broadcast: the state it is brought to first, and who does it. `own` is an author of the section it is for. */
const acts: Record<string, { on: "draft" | "submitted" | "approved" | "stopped"; by: readonly string[] }> = {
  edit: { on: "draft", by: ["author", "administrator", "own"] },
  submit: { on: "draft", by: ["author", "administrator", "own"] },
  approve: { on: "submitted", by: ["approver"] },
  return: { on: "submitted", by: ["approver"] },
  stop: { on: "approved", by: ["author", "approver", "dutyOfficer", "administrator", "own"] },
  resume: { on: "stopped", by: ["approver", "dutyOfficer", "administrator"] },
  cancel: { on: "approved", by: ["author", "approver", "dutyOfficer", "administrator", "own"] },
};

// The router as the program composes it, to read its routes from.
const made = vi.hoisted(() => ({ routers: [] as unknown[] }));
vi.mock("../../src/console/console.ts", async (original) => {
  const real = await original<typeof Console>();
  return {
    ...real,
    createConsole: (deps: Parameters<typeof real.createConsole>[0]) => {
      const router = real.createConsole(deps);
      made.routers.push(router);
      return router;
    },
  };
});

interface Listed {
  path: string;
  methods: string[] | undefined;
  router: { listRoutes(): Listed[] } | undefined;
}

/** `GET /broadcasts/:id` …, without files. */
function routesOf(router: { listRoutes(): Listed[] }, prefix = ""): string[] {
  return router.listRoutes().flatMap(({ path, methods, router: inner }) => {
    const at = `${prefix}${path === "/" ? "" : path}`;
    if (inner !== undefined) return at === "/assets" ? [] : routesOf(inner, at);
    return (methods ?? []).filter((each) => each !== "HEAD").map((each) => `${each} ${at === "" ? "/" : at}`);
  });
}

let staffed: StaffedConsole;
let office: Office;
let routes: string[];
let ids: Record<string, string>;

beforeAll(async () => {
  staffed = await openConsole();
  office = await openOffice(staffed.world);
  routes = routesOf(made.routers[0] as Router & { listRoutes(): Listed[] });
  ids = {
    broadcasts: await office.write(),
    alerts: String((await (await openAlarm(staffed.world)).raise())["id"]),
    sections: await openSection(staffed.world, "Any", [], []),
    // Nobody who signs in below: some of these acts end sessions.
    staff: await staffed.employ("somebody", "viewer"),
  };
  // Two sections with an author each; the broadcasts of the second table are for the first one's category.
  await openSection(staffed.world, "Welfare", ["welfare"], [await staffed.employ("own", "author")]);
  await openSection(staffed.world, "Childcare", ["childcare"], [await staffed.employ("other", "author")]);
});
afterAll(() => staffed.world.end());

/** `GET /broadcasts/:id` → the path of one that is there. */
function pathOf(route: string): string {
  const [, path = ""] = route.split(" ");
  const [, subject = ""] = path.split("/");
  return `/console${path.replace(":id", ids[subject] ?? "nope").replace(":act", "submit")}`;
}

const call = (visitor: Visitor, route: string, headers: Record<string, string> = {}) =>
  route.startsWith("GET ") ? visitor.get(pathOf(route), headers) : visitor.post(pathOf(route), {}, headers);

const names = Object.keys(table);
const signInPage = /^\/console\/sign-in(\?|$)/;
const compare = (a: string, b: string) => a.localeCompare(b);

describe("every route of the staff pages", () => {
  it("stands in the table", () => {
    expect(routes.toSorted(compare)).toEqual(names.toSorted(compare));
  });

  it.each(names)("%s", async (route) => {
    const allowed = table[route] ?? [];
    const stranger = await call(visit(staffed.world), route);
    if (allowed === anybody) expect([401, 403]).not.toContain(stranger.status);
    else expect([stranger.status, stranger.to]).toEqual([303, expect.stringMatching(signInPage)]);

    for (const role of [...roles, "other"]) {
      const { status, to } = await call(await staffed.enter(role), route);
      const isLetIn =
        allowed === anybody || allowed.some((each) => each === (role === "other" ? "author" : role));
      // Asking for the second factor is an answer with 403.
      const refusing = route.endsWith(" /step-up") ? [401] : [401, 403];
      if (isLetIn) expect([role, refusing.includes(status)]).toEqual([role, false]);
      else expect([role, status]).toEqual([role, 403]);
      if (allowed !== anybody) expect([role, signInPage.test(to ?? "")]).toEqual([role, false]);
    }
  });

  it("takes nothing that another site posts", async () => {
    const administrator = await staffed.enter("administrator");
    for (const route of names.filter((each) => each.startsWith("POST ")))
      for (const from of ["cross-site", "same-site", "none"]) {
        const { status } = await call(administrator, route, { "sec-fetch-site": from });
        expect([route, from, status]).toEqual([route, from, 403]);
      }
  });

  it("changes nothing when it is only looked at", async () => {
    ids["sections"] = await openSection(staffed.world, "Looked at", ["school"], []);
    const visitors = await Promise.all(roles.map((role) => staffed.enter(role)));
    const before = everythingKept();
    for (const visitor of visitors)
      for (const route of names.filter((each) => each.startsWith("GET "))) await call(visitor, route);
    expect(everythingKept()).toEqual(before);
  });
});

/** All rows of all tables, but for when somebody was last seen. */
function everythingKept(): Record<string, unknown> {
  const db = openDatabase(staffed.world.config.databaseUrl);
  const tables = db.sqlite
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('staff_sessions')`,
    )
    .all();
  const rows = tables.map(({ name }) => [name, db.sqlite.prepare(`SELECT * FROM "${name}"`).all()]);
  db.close();
  return Object.fromEntries(rows) as Record<string, unknown>;
}

describe("every act on a broadcast", () => {
  const audience = { categories: { anyOf: ["welfare"] } };

  /** A broadcast for the section's category, in the state asked for. */
  async function make(state: string): Promise<string> {
    const sendAt = "2040-01-01T09:00";
    if (state === "draft") return office.write({ audience, sendAt });
    if (state === "submitted") return office.submit({ audience, sendAt });
    const id = await office.send({ audience, sendAt });
    if (state === "stopped") await staffed.world.admin.post(`/broadcasts/${id}/stop`);
    return id;
  }

  const form = {
    title: "t",
    to: "chosen",
    category: "welfare",
    when: "approved",
    fallback: "yes",
    "title.ja": "題",
    "body.ja": "本文",
  };

  /** Whether the act was done: then there is a new version. */
  async function isDone(who: Visitor, act: string, on: string): Promise<boolean> {
    const id = await make(on);
    const version = String((await office.read(id))["version"]);
    await who.post(`/console/broadcasts/${id}/${act}`, { ...form, version });
    return String((await office.read(id))["version"]) !== version;
  }

  it.each(Object.entries(acts))("%s", async (act, { on, by }) => {
    expect(await isDone(visit(staffed.world), act, on)).toBe(false);
    for (const who of [...roles, "own", "other"]) {
      const done = await isDone(await staffed.enter(who), act, on);
      expect([who, done]).toEqual([who, by.includes(who)]);
    }
  });
});

describe("every act on a broadcast through the API", () => {
  /** What an author of another section tries, and what stands in the way. */
  const tries: Record<string, (api: Api, id: string) => Promise<{ status: number; body: unknown }>> = {
    "make one like it": (api) =>
      api.post("/broadcasts", {
        title: "t",
        audience: { categories: { anyOf: ["welfare"] } },
        contents: contentsInAll,
      }),
    "follow it up": (api, id) =>
      api.post("/broadcasts", { title: "t", audience: { recipientsOf: id }, contents: contentsInAll }),
    "change its words": (api, id) => api.patch(`/broadcasts/${id}`, { title: "t" }),
    "take it over": (api, id) =>
      api.patch(`/broadcasts/${id}`, { audience: { categories: { anyOf: ["childcare"] } } }),
    submit: (api, id) => api.post(`/broadcasts/${id}/submit`),
    approve: (api, id) => api.post(`/broadcasts/${id}/approve`),
    return: (api, id) => api.post(`/broadcasts/${id}/return`),
    stop: (api, id) => api.post(`/broadcasts/${id}/stop`),
    resume: (api, id) => api.post(`/broadcasts/${id}/resume`),
    cancel: (api, id) => api.post(`/broadcasts/${id}/cancel`),
    decide: (api, id) => api.post(`/broadcasts/${id}/undetermined`, { decision: "accepted" }),
  };

  it.each(Object.entries(tries))("an author of another section cannot %s", async (name, attempt) => {
    const { id: staffId, api } = await hire(staffed.world, "author");
    await openSection(staffed.world, `Childcare, to ${name}`, ["childcare"], [staffId]);
    const id = await office.send({ audience: { categories: { anyOf: ["welfare"] } } });
    await office.sent(id);
    const before = await office.read(id);
    const { status, body } = await attempt(api, id);
    const code = ["approve", "return", "decide"].includes(name) ? "role_missing" : "outside_section";
    expect([status, body]).toMatchObject([403, { code }]);
    expect(await office.read(id)).toEqual(before);
  });
});
