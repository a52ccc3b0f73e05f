import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { openSection } from "../support/sections.ts";
import { contentsInAll } from "../support/sending.ts";
import type { Visitor } from "../support/visitor.ts";

let office: StaffedConsole;
let administrator: Visitor;
beforeEach(async () => {
  office = await openConsole();
  administrator = await office.enter("administrator");
});
afterEach(() => office.world.end());

const home = "/console/sections";
const childcare = { nameJa: "子育て支援課", nameEn: "Childcare", category: ["childcare", "school"] };
const sections = async () =>
  (await office.world.admin.get("/sections")).body["sections"] as {
    id: string;
    version: number;
    nameJa: string;
    categories: string[];
    members: string[];
  }[];
const only = async () => {
  const [found, ...others] = await sections();
  if (found === undefined || others.length > 0) throw new Error("Not one section.");
  return found;
};
const notice = {
  title: "t",
  to: "chosen",
  when: "approved",
  fallback: "yes",
  "title.ja": "題",
  "body.ja": "本文",
};

describe("an administrator", () => {
  it("adds a section with its categories and members, and sees it in the list", async () => {
    expect((await administrator.get(home)).html).toContain("課はまだありません");
    const member = office.idOf("author");
    expect(await administrator.post(home, { ...childcare, member })).toMatchObject({ status: 303, to: home });
    expect(await only()).toMatchObject({ categories: ["childcare", "school"], members: [member] });
    const { html } = await administrator.get(home);
    for (const said of ["子育て支援課", "子育て", "author（作成者）"]) expect(html).toContain(said);
    expect((await (await office.enter("administrator", "en")).get(home)).html).toContain(">Childcare</a>");
  });

  it("is told each mistake, with everything typed still there", async () => {
    await openSection(office.world, "福祉課", ["welfare"], []);
    const { status, html } = await administrator.post(home, {
      nameJa: "",
      nameEn: "x".repeat(51),
      category: ["childcare", "no-such"],
      member: ["nobody", office.idOf("author")],
    });
    expect(status).toBe(422);
    for (const said of ["課の名前（日本語）を書いてください", "50文字まで", "もうないもの", "x".repeat(51)])
      expect(html).toContain(said);
    expect(html).toMatch(/value="childcare" checked/);
    const taken = await administrator.post(home, { nameJa: "福祉課", nameEn: "New" });
    expect(taken).toMatchObject({ status: 422 });
    expect(taken.html).toContain("同じ名前の課がすでにあります");
    expect(await sections()).toHaveLength(1);
  });

  it("renames and changes one; whoever is slower is told and loses nothing", async () => {
    await administrator.post(home, { ...childcare, member: office.idOf("author") });
    const { id, version } = await only();
    const form = { ...childcare, nameJa: "こども課", category: "childcare", version: String(version) };
    expect((await administrator.get(`${home}/${id}`)).html).toMatch(/value="school" checked/);
    expect(await administrator.post(`${home}/${id}`, form)).toMatchObject({ status: 303 });
    expect(await only()).toMatchObject({ nameJa: "こども課", categories: ["childcare"], members: [] });
    const late = await administrator.post(`${home}/${id}`, { ...form, nameJa: "おそい課" });
    expect(late).toMatchObject({ status: 409 });
    expect(late.html).toContain('value="おそい課"');
    expect(late.html).toContain("ほかの人が先に");
    expect((await administrator.get(`${home}/nope`)).status).toBe(404);
  });

  it("is told what removing means, and says where its members go before it is done", async () => {
    const member = office.idOf("author");
    await administrator.post(home, { ...childcare, member });
    const { id } = await only();
    const other = await openSection(office.world, "福祉課", ["welfare", "school"], []);
    const page = await administrator.get(`${home}/${id}/remove`);
    for (const said of ["author（作成者）", "福祉課に移す", "すべての分野と登録者全員に送れるように"])
      expect(page.html).toContain(said);
    expect(page.html).toMatch(/どの課も受け持たなくなります[^<]*子育て/);
    expect(page.html).not.toMatch(/どの課も受け持たなくなります[^<]*学校/);
    const unsaid = await administrator.post(`${home}/${id}/remove`);
    expect(unsaid).toMatchObject({ status: 422 });
    expect(await sections()).toHaveLength(2);
    expect(await administrator.post(`${home}/${id}/remove`, { membersTo: other })).toMatchObject({
      status: 303,
    });
    expect(await only()).toMatchObject({ id: other, members: [member] });
    expect((await administrator.post(`${home}/${other}/remove`, { membersTo: "central" })).status).toBe(303);
    expect(await sections()).toEqual([]);
  });

  it("grants and takes the right to address everybody, person by person", async () => {
    await administrator.post(home, { ...childcare, member: office.idOf("author") });
    const author = await office.enter("author");
    const everybody = () => author.post("/console/broadcasts", { ...notice, to: "everyone" });
    expect((await administrator.get(home)).html).toContain("authorさんに与える");
    expect((await everybody()).status).toBe(422);
    const staffId = office.idOf("author");
    await administrator.post(`${home}/rights`, { staffId, granted: "yes" });
    expect((await administrator.get(home)).html).toContain("authorさんから取り上げる");
    expect((await everybody()).status).toBe(303);
    await administrator.post(`${home}/rights`, { staffId, granted: "no" });
    expect((await everybody()).status).toBe(422);
    expect((await administrator.post(`${home}/rights`, { staffId: "nobody", granted: "yes" })).status).toBe(
      404,
    );
  });

  it("hostile names stay text", async () => {
    await administrator.post(home, { nameJa: "<img src=x onerror=alert(1)>", nameEn: "'\"><script>" });
    const { id } = await only();
    for (const path of [home, `${home}/${id}`, `${home}/${id}/remove`]) {
      const { html } = await administrator.get(path);
      expect(html).not.toMatch(/<img src=x|<script>/);
    }
  });
});

describe("an author of a section in the console", () => {
  it("is told in words which categories are not theirs, and loses nothing typed", async () => {
    await administrator.post(home, { ...childcare, member: office.idOf("author") });
    const author = await office.enter("author");
    const refused = await author.post("/console/broadcasts", {
      ...notice,
      title: "わたしの配信",
      category: ["childcare", "welfare"],
    });
    expect(refused.status).toBe(422);
    expect(refused.html).toMatch(/あなたの課の分野ではありません：福祉/);
    expect(refused.html).toContain("わたしの配信");
    expect((await author.post("/console/broadcasts", { ...notice, category: "childcare" })).status).toBe(303);
  });

  it("neither changes nor submits, stops or cancels another section's broadcast", async () => {
    await administrator.post(home, { ...childcare, member: office.idOf("author") });
    const author = await office.enter("author");
    const { body } = await office.world.admin.post("/broadcasts", {
      title: "Welfare",
      audience: { categories: { anyOf: ["welfare"] } },
      contents: contentsInAll,
    });
    const path = `/console/broadcasts/${String(body["id"])}`;
    const { html: theirs } = await author.get(path);
    expect(theirs).toContain("Welfare");
    for (const act of ["edit", "submit", "cancel"]) expect(theirs).not.toContain(`${path}/${act}"`);
    expect((await administrator.get(path)).html).toContain(`${path}/edit"`);
    for (const [act, fields] of [
      ["edit", { ...notice, category: "childcare", version: "1" }],
      ["submit", {}],
      ["cancel", {}],
      ["stop", {}],
    ] as const) {
      const { status, html } = await author.post(`${path}/${act}`, fields);
      expect([act, [409, 422].includes(status)]).toEqual([act, true]);
      expect(html).toContain("あなたの課の分野ではありません");
    }
    expect((await office.world.admin.get(`/broadcasts/${String(body["id"])}`)).body).toMatchObject({
      state: "draft",
      version: 1,
    });
  });
});

it("only administrators see and change sections", async () => {
  for (const role of ["viewer", "author", "approver", "dutyOfficer", "auditor"]) {
    const visitor = await office.enter(role);
    expect((await visitor.get(home)).status).toBe(403);
    expect((await visitor.post(home, childcare)).status).toBe(403);
  }
  expect(await sections()).toEqual([]);
});
