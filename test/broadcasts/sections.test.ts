import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Api } from "../support/api.ts";
import { hire, openSection } from "../support/sections.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, contentsInAll, openOffice } from "../support/sending.ts";
import { type World, startWorld } from "../support/world.ts";

let world: World;
/** Central staff: an author who belongs to no section, and an approver. */
let office: Office;
let childcare: { id: string; api: Api };
let welfare: { id: string; api: Api };
let sectionId: string;

beforeEach(async () => {
  world = await startWorld();
  office = await openOffice(world);
  childcare = await hire(world, "author");
  welfare = await hire(world, "author");
  sectionId = await openSection(world, "子育て支援課", ["childcare", "school", "events"], [childcare.id]);
  await openSection(world, "福祉課", ["welfare", "events"], [welfare.id]);
});
afterEach(() => world.end());

const later = "2040-01-01T09:00";
const of = (...anyOf: string[]) => ({ categories: { anyOf } });
const draftFor = (audience: object, fields: object = {}) => ({
  title: "t",
  audience,
  contents: contentsInAll,
  sendAt: later,
  ...fields,
});
const write = (api: Api, audience: object) => api.post("/broadcasts", draftFor(audience));
const idOf = async (answer: ReturnType<Api["post"]>) => {
  const { status, body } = await answer;
  expect([status, body]).toMatchObject([201, {}]);
  return String(body["id"]);
};
const outside = (categories: string[], everyone = false) => ({
  status: 403,
  code: "outside_section",
  categories,
  everyone,
});
const grant = (staffId: string, granted: boolean) =>
  world.admin.post(`/staff/${staffId}/everyone-right`, { granted });

describe("an author of a section", () => {
  it("addresses its categories, narrowed as they like", async () => {
    for (const audience of [
      of("childcare"),
      of("childcare", "school", "events"),
      { ...of("school"), districts: { anyOf: ["chuo"] }, languages: { anyOf: ["en"] } },
      { ...of("childcare"), children: { bornFrom: "2024-04", bornTo: "2025-03" } },
    ])
      expect((await write(childcare.api, audience)).status).toBe(201);
  });

  it("addresses nothing else: not other categories, not everybody, not without categories", async () => {
    for (const [audience, refusal] of [
      [of("welfare"), outside(["welfare"])],
      [of("childcare", "welfare", "disaster"), outside(["welfare", "disaster"])],
      [{ everyone: true }, outside([], true)],
      [{ districts: { anyOf: ["chuo"] } }, outside([], true)],
      [{ languages: { anyOf: ["en"] } }, outside([], true)],
      [{ children: { bornFrom: "2024-04", bornTo: "2025-03" } }, outside([], true)],
      [{ ...of("childcare"), includeWithoutPreferences: true }, outside([], true)],
      [{ ...of("welfare"), includeWithoutPreferences: true }, outside(["welfare"], true)],
    ] as const)
      expect((await write(childcare.api, audience)).body).toMatchObject(refusal);
    expect((await childcare.api.get("/broadcasts")).body["broadcasts"]).toEqual([]);
  });

  it("cannot widen a draft of theirs by changing it", async () => {
    const id = await idOf(write(childcare.api, of("childcare")));
    for (const audience of [of("welfare"), of("childcare", "welfare"), { everyone: true }])
      expect((await childcare.api.patch(`/broadcasts/${id}`, { audience })).body).toMatchObject({
        code: "outside_section",
      });
    expect(await office.read(id)).toMatchObject({ audience: of("childcare"), version: 1 });
    expect((await childcare.api.patch(`/broadcasts/${id}`, { audience: of("school") })).status).toBe(200);
  });

  it("reads what others write, and changes, submits, stops, resumes and cancels none of it", async () => {
    const draft = await office.write({ audience: of("welfare"), sendAt: later });
    const approved = await office.send({ audience: of("welfare", "childcare"), sendAt: later });
    const stopped = await office.send({ audience: { everyone: true }, sendAt: later });
    await office.author.post(`/broadcasts/${stopped}/stop`);
    const { api } = childcare;
    for (const id of [draft, approved, stopped]) {
      expect((await api.get(`/broadcasts/${id}`)).status).toBe(200);
      for (const attempt of [
        api.patch(`/broadcasts/${id}`, { title: "mine" }),
        api.patch(`/broadcasts/${id}`, { audience: of("childcare") }),
        api.post(`/broadcasts/${id}/submit`),
        api.post(`/broadcasts/${id}/stop`),
        api.post(`/broadcasts/${id}/resume`),
        api.post(`/broadcasts/${id}/cancel`),
      ])
        expect((await attempt).body).toMatchObject({ status: 403, code: "outside_section" });
    }
    expect([
      (await office.read(draft))["state"],
      (await office.read(approved))["state"],
      (await office.read(stopped))["state"],
    ]).toEqual(["draft", "approved", "stopped"]);
  });

  it("shares what is addressed to a category that several sections own", async () => {
    const id = await idOf(write(childcare.api, of("events")));
    expect((await welfare.api.patch(`/broadcasts/${id}`, { title: "ours" })).status).toBe(200);
    const mixed = await idOf(write(childcare.api, of("events", "school")));
    expect((await welfare.api.patch(`/broadcasts/${mixed}`, { title: "no" })).body).toMatchObject(
      outside(["school"]),
    );
  });

  it("stops and resumes what is theirs", async () => {
    const id = await idOf(write(childcare.api, of("childcare")));
    await childcare.api.post(`/broadcasts/${id}/submit`);
    expect((await office.approver.post(`/broadcasts/${id}/approve`)).status).toBe(200);
    for (const act of ["stop", "resume", "cancel"])
      expect((await childcare.api.post(`/broadcasts/${id}/${act}`)).status).toBe(200);
  });

  it("follows up what they might have written, and nothing else, however long the chain", async () => {
    await seedResidents(world.config, world.line, 40);
    const sent = async (audience: object) => {
      const id = await office.send({ audience });
      await office.sent(id);
      return id;
    };
    const mine = await sent(of("childcare"));
    const theirs = await sent(of("welfare"));
    const all = await sent({ everyone: true });
    const chain = await sent({ recipientsOf: theirs });
    expect((await write(childcare.api, { recipientsOf: mine })).status).toBe(201);
    expect((await write(childcare.api, { recipientsOf: theirs })).body).toMatchObject(outside(["welfare"]));
    expect((await write(childcare.api, { recipientsOf: chain })).body).toMatchObject(outside(["welfare"]));
    expect((await write(childcare.api, { recipientsOf: all })).body).toMatchObject(outside([], true));
    const followUp = await office.write({ audience: { recipientsOf: chain }, sendAt: later });
    expect((await childcare.api.patch(`/broadcasts/${followUp}`, { title: "x" })).body).toMatchObject(
      outside(["welfare"]),
    );
  });

  it("is held by the sections of now: moved, an older draft is no longer theirs to hand in, resume or stop", async () => {
    const draft = await idOf(write(childcare.api, of("childcare")));
    const series = await idOf(
      childcare.api.post(
        "/broadcasts",
        draftFor(of("school"), { sendAt: null, repeat: { cron: "0 9 * * *" } }),
      ),
    );
    await childcare.api.post(`/broadcasts/${series}/submit`);
    await office.approver.post(`/broadcasts/${series}/approve`);
    expect((await childcare.api.post(`/broadcasts/${series}/stop`)).status).toBe(200);
    const submitted = await idOf(write(childcare.api, of("school")));
    await childcare.api.post(`/broadcasts/${submitted}/submit`);
    await world.admin.patch(`/sections/${sectionId}`, { categories: ["youth"] });
    for (const [id, act] of [
      [draft, "submit"],
      [draft, "cancel"],
      [submitted, "return"],
      [series, "resume"],
      [series, "cancel"],
    ])
      expect((await childcare.api.post(`/broadcasts/${id}/${act}`)).body).toMatchObject({
        code: "outside_section",
      });
    expect((await office.author.post(`/broadcasts/${draft}/submit`)).status).toBe(200);
  });

  it("of a section that owns nothing addresses nothing", async () => {
    const { id, api } = await hire(world, "author");
    await openSection(world, "新しい課", [], [id]);
    for (const audience of [of("childcare"), { everyone: true }])
      expect((await write(api, audience)).body).toMatchObject({ code: "outside_section" });
  });

  it("of two sections addresses the categories of both", async () => {
    const { id, api } = await hire(world, "author");
    await openSection(world, "甲", ["health"], [id]);
    await openSection(world, "乙", ["seniors"], [id]);
    expect((await write(api, of("health", "seniors"))).status).toBe(201);
    expect((await write(api, of("health", "childcare"))).body).toMatchObject(outside(["childcare"]));
  });
});

describe("the right to address everybody", () => {
  it("opens everybody and whole districts, but no other section's categories; taking it closes them again", async () => {
    expect((await grant(childcare.id, true)).body).toEqual({ granted: true });
    for (const audience of [
      { everyone: true },
      { districts: { anyOf: ["chuo"] } },
      { ...of("childcare"), includeWithoutPreferences: true },
    ])
      expect((await write(childcare.api, audience)).status).toBe(201);
    expect((await write(childcare.api, of("welfare"))).body).toMatchObject(outside(["welfare"]));
    const id = await idOf(write(childcare.api, { everyone: true }));
    await grant(childcare.id, false);
    expect((await write(childcare.api, { everyone: true })).body).toMatchObject(outside([], true));
    expect((await childcare.api.post(`/broadcasts/${id}/submit`)).body).toMatchObject(outside([], true));
  });

  it("opens nobody else's notices for everybody", async () => {
    await grant(childcare.id, true);
    await grant(welfare.id, true);
    const central = await office.write({ sendAt: later });
    const theirs = await idOf(write(welfare.api, { everyone: true }));
    for (const id of [central, theirs])
      for (const act of ["submit", "cancel"])
        expect((await childcare.api.post(`/broadcasts/${id}/${act}`)).body).toMatchObject(outside([], true));
    const colleague = await hire(world, "author");
    await world.admin.patch(`/sections/${sectionId}`, { members: [childcare.id, colleague.id] });
    await grant(colleague.id, true);
    const ours = await idOf(write(childcare.api, { everyone: true }));
    expect((await colleague.api.patch(`/broadcasts/${ours}`, { title: "ours" })).status).toBe(200);
  });

  it("is granted by administrators only, to somebody there is, and put on record", async () => {
    for (const api of [childcare.api, office.approver])
      expect((await api.post(`/staff/${childcare.id}/everyone-right`, { granted: true })).status).toBe(403);
    expect((await grant("nobody", true)).status).toBe(404);
  });
});

describe("who is not bound by sections", () => {
  it("central authors and administrators write for everything; approvers and duty officers stop everything", async () => {
    const id = await idOf(write(childcare.api, of("childcare")));
    expect((await office.author.patch(`/broadcasts/${id}`, { audience: of("welfare") })).status).toBe(200);
    expect((await world.admin.patch(`/broadcasts/${id}`, { audience: { everyone: true } })).status).toBe(200);
    for (const role of ["approver", "dutyOfficer", "administrator"]) {
      const { id: staffId, api } = await hire(world, role);
      await openSection(world, role, ["garbage"], [staffId]);
      const sent = await office.send({ audience: of("welfare"), sendAt: later });
      for (const act of ["stop", "resume", "cancel"])
        expect((await api.post(`/broadcasts/${sent}/${act}`)).status).toBe(200);
    }
  });

  it("whoever belongs to a section writes within it, administrators too; approving is of the whole ward", async () => {
    const both = await hire(world, "author", "administrator", "approver");
    await openSection(world, "情報", ["housing"], [both.id]);
    expect((await write(both.api, of("welfare"))).body).toMatchObject(outside(["welfare"]));
    const id = await office.submit({ audience: of("welfare"), sendAt: later });
    expect((await both.api.post(`/broadcasts/${id}/approve`)).status).toBe(200);
  });
});
