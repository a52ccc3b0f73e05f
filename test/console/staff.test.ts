import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createApi } from "../support/api.ts";
import { createMovableClock } from "../support/sending.ts";
import { type Colleague, employ, enrol, nextCode, signInAgain } from "../support/staff-office.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const day = 24 * 60 * 60_000;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let first: Colleague;
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  first = await employ(world, clock, "first@example.jp", "administrator");
});
afterEach(async () => {
  await world.end();
});

const onceIn = (html: string): string => /<code class="once">([^<]*)</.exec(html)?.[1] ?? "";
const pathOf = (link: string): string => new URL(link).pathname;
const asksIn = (html: string): string[] => [
  ...new Set([...html.matchAll(/asks\/([0-9A-Z]{26})\/decline/g)].map(([, id = ""]) => id)),
];

async function invite(
  by: Visitor,
  email: string,
  role: string[],
): Promise<{ id: string; html: string; path: string }> {
  const { status, html } = await by.post("/console/staff/invite", { name: email, email, role });
  expect(status).toBe(200);
  const id = /href="\/console\/staff\/([0-9A-Z]{26})"/.exec(html)?.[1] ?? "";
  return { id, html, path: pathOf(onceIn(html)) };
}

/** Whether somebody is on the list with exactly these roles, as the page names them. */
async function personOf(email: string): Promise<{ id: string; roles: string[] } | undefined> {
  const { body } = await world.admin.get("/staff");
  const everybody = body["staff"] as { id: string; email: string; roles: string[] }[];
  return everybody.find((each) => each.email === email);
}

async function rolesOf(email: string): Promise<unknown> {
  return (await personOf(email))?.roles;
}

describe("an administrator", () => {
  it("invites somebody, who is then in; the link is shown once", async () => {
    const { id, path, html } = await invite(first.visitor, "new@example.jp", ["author"]);
    expect(html).toContain("48時間以内に一度だけ");
    expect((await first.visitor.get(`/console/staff/${id}`)).html).not.toContain(path);
    expect((await first.visitor.get("/console/staff")).html).toContain("招待中");
    const { visitor } = await enrol(world, clock, path);
    expect((await visitor.get("/console/broadcasts/new")).status).toBe(200);
    expect((await visitor.get("/console/staff")).status).toBe(403);
    expect(
      (await visitor.post("/console/staff/invite", { name: "x", email: "x@x.jp", role: "author" })).status,
    ).toBe(403);
  });

  it("is told what is wrong with an invitation, with what was typed still there", async () => {
    const { status, html } = await first.visitor.post("/console/staff/invite", { name: "", email: "<no>" });
    expect(status).toBe(422);
    for (const said of ["名前を入力", "役割をひとつ以上", "メールアドレスを確かめ", "&lt;no>"])
      expect(html).toContain(said);
    const taken = { name: "x", email: "FIRST@example.jp", role: "author" };
    expect((await first.visitor.post("/console/staff/invite", taken)).html).toContain("すでにいます");
  });

  it("needs a fresh factor for people, roles and keys", async () => {
    clock.advance(6 * 60_000);
    const { id } = first;
    for (const path of [
      "invite",
      id,
      `${id}/keys`,
      `${id}/keys/revoke`,
      `${id}/deactivate`,
      `${id}/reinvite`,
    ])
      expect((await first.visitor.post(`/console/staff/${path}`, { name: "x" })).html).toContain(
        "もう一度、本人の確認",
      );
  });

  it("alone cannot stop being one, nor be deactivated", async () => {
    const { id, visitor } = first;
    expect((await visitor.post(`/console/staff/${id}`, { name: "x", role: "author" })).html).toContain(
      "最後の管理者",
    );
    expect((await visitor.post(`/console/staff/${id}/deactivate`)).html).toContain("最後の管理者");
    // One made by the API who has never signed in does not count.
    await world.staffWith("administrator");
    expect((await visitor.post(`/console/staff/${id}/deactivate`)).status).toBe(409);
    const second = await employ(world, clock, "second@example.jp", "administrator");
    expect(await visitor.post(`/console/staff/${id}/deactivate`)).toMatchObject({ status: 303 });
    expect((await visitor.get("/console")).status).toBe(303);
    expect((await second.visitor.post(`/console/staff/${second.id}/deactivate`)).status).toBe(409);
  });

  it("deactivates somebody: no session, key, passphrase or link of theirs works, until they are let in again", async () => {
    const author = await employ(world, clock, "author@example.jp", "author");
    const page = `/console/staff/${author.id}`;
    const key = onceIn((await first.visitor.post(`${page}/keys`, { label: "site" })).html);
    const api = createApi(() => world.kairan.url, key);
    expect((await api.get("/ward")).status).toBe(200);
    const link = pathOf(onceIn((await first.visitor.post(`${page}/reinvite`)).html));
    const again = await signInAgain(world, clock, author);
    await first.visitor.post(`${page}/deactivate`);
    expect((await again.get("/console")).status).toBe(303);
    expect((await api.get("/ward")).status).toBe(401);
    expect((await visit(world).get(link)).status).toBe(404);
    const fields = { email: author.email, passphrase: author.passphrase };
    expect((await visit(world).post("/console/sign-in", fields)).status).toBe(401);
    expect((await first.visitor.post(`${page}/reinvite`)).html).toContain("利用が止まっている");
    expect((await first.visitor.post(`${page}/keys`, { label: "x" })).status).toBe(409);

    await first.visitor.post(`${page}/reactivate`);
    await signInAgain(world, clock, author);
    expect((await api.get("/ward")).status).toBe(200);
  });

  it("gives a fresh link to who lost their factor; the old ones end when it is used", async () => {
    const author = await employ(world, clock, "author@example.jp", "author");
    const { html } = await first.visitor.post(`/console/staff/${author.id}/reinvite`);
    expect((await author.visitor.get("/console")).status).toBe(303);
    const renewed = await enrol(world, clock, pathOf(onceIn(html)), "another Kettle 93 mountain");
    expect((await renewed.visitor.get("/console")).status).toBe(200);
    const old = { email: author.email, passphrase: author.passphrase };
    expect((await visit(world).post("/console/sign-in", old)).status).toBe(401);
    const visitor = visit(world);
    await visitor.post("/console/sign-in", { email: author.email, passphrase: renewed.passphrase });
    const lost = { code: nextCode(clock, author.totpSecret) };
    expect((await visitor.post("/console/sign-in/factor", lost)).status).toBe(401);
    const code = { recoveryCode: author.recoveryCodes[0] ?? "" };
    expect((await visitor.post("/console/sign-in/factor", code)).status).toBe(401);
  });

  it("makes keys that are shown once and revokes them", async () => {
    const { body } = await world.admin.post("/staff", {
      name: "site",
      email: "s@example.jp",
      roles: ["author"],
    });
    const page = `/console/staff/${String(body["id"])}`;
    const key = onceIn((await first.visitor.post(`${page}/keys`, { label: "<b>site" })).html);
    expect(key).toMatch(/^kairan_[\w-]{43}$/);
    const api = createApi(() => world.kairan.url, key);
    expect((await api.get("/ward")).status).toBe(200);
    const { html } = await first.visitor.get(page);
    expect(html).toContain("&lt;b>site");
    expect(html).not.toContain(key);
    const id = /name="key" value="([0-9A-Z]{26})"/.exec(html)?.[1] ?? "";
    await first.visitor.post(`/console/staff/${first.id}/keys/revoke`, { key: id });
    expect((await api.get("/ward")).status).toBe(200);
    await first.visitor.post(`${page}/keys/revoke`, { key: id });
    expect((await api.get("/ward")).status).toBe(401);
    expect((await first.visitor.post(`${page}/keys`, { label: " " })).html).toContain("用途を入力");
  });
});

describe("weighty roles", () => {
  it("nobody makes a key that acts as the installation, which needs no second administrator", async () => {
    for (const id of ["bootstrap", "system"]) {
      const made = await first.visitor.post(`/console/staff/${id}/keys`, { label: "mine" });
      expect([id, made.status, onceIn(made.html)]).toEqual([id, 404, ""]);
    }
  });

  it("the only administrator gives them directly", async () => {
    await invite(first.visitor, "a@example.jp", ["author", "approver"]);
    expect(await rolesOf("a@example.jp")).toEqual(["author", "approver"]);
  });

  it("with two administrators, one asks and the other confirms; nobody confirms their own ask", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    const { html } = await invite(first.visitor, "a@example.jp", ["author", "approver"]);
    expect(html).toContain("承認者");
    expect(await rolesOf("a@example.jp")).toEqual(["author"]);
    const [ask = ""] = asksIn((await second.visitor.get("/console/staff")).html);
    const confirm = (by: Visitor) => by.post(`/console/staff/asks/${ask}/confirm`);
    const own = await confirm(first.visitor);
    expect(own.status).toBe(409);
    expect(own.html).toContain("ご自分が頼んだことは確認できません");
    expect(await rolesOf("a@example.jp")).toEqual(["author"]);
    clock.advance(6 * 60_000);
    expect((await confirm(second.visitor)).html).toContain("もう一度、本人の確認");
    const fresh = await signInAgain(world, clock, second);
    expect((await confirm(fresh)).status).toBe(303);
    expect(await rolesOf("a@example.jp")).toEqual(["author", "approver"]);
    expect((await confirm(fresh)).status).toBe(409);
  });

  it("are taken away by one administrator, and given again only by two", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    const person = await employ(world, clock, "a@example.jp", "author", "dutyOfficer");
    const page = `/console/staff/${person.id}`;
    await first.visitor.post(page, { name: "a", role: ["author"] });
    expect(await rolesOf("a@example.jp")).toEqual(["author"]);
    await first.visitor.post(page, { name: "a", role: ["author", "viewer", "dutyOfficer", "administrator"] });
    expect(await rolesOf("a@example.jp")).toEqual(["viewer", "author"]);
    expect((await first.visitor.get(page)).html).toContain("当直、管理者");
    const [ask = ""] = asksIn((await first.visitor.get("/console/staff")).html);
    await second.visitor.post(`/console/staff/asks/${ask}/decline`);
    expect(await rolesOf("a@example.jp")).toEqual(["viewer", "author"]);
    expect(asksIn((await first.visitor.get("/console/staff")).html)).toEqual([]);
  });

  it("are not reached by a link or a key of somebody who has them, nor by deactivating and back", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    const approver = await employ(world, clock, "a@example.jp", "approver");
    const page = `/console/staff/${approver.id}`;
    expect(onceIn((await first.visitor.post(`${page}/reinvite`)).html)).toBe("");
    expect(onceIn((await first.visitor.post(`${page}/keys`, { label: "mine" })).html)).toBe("");
    const asks = asksIn((await second.visitor.get("/console/staff")).html);
    expect(asks).toHaveLength(2);
    const given = [];
    for (const ask of asks)
      given.push(onceIn((await second.visitor.post(`/console/staff/asks/${ask}/confirm`)).html));
    expect(given).toEqual([
      expect.stringContaining("/console/invitation/"),
      expect.stringMatching(/^kairan_/),
    ]);

    await first.visitor.post(`${page}/deactivate`);
    await first.visitor.post(`${page}/reactivate`);
    expect(await rolesOf("a@example.jp")).toEqual([]);
    expect(asksIn((await second.visitor.get("/console/staff")).html)).toHaveLength(1);
  });

  it("are confirmed by somebody who is told of links and keys that would have them", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    await invite(first.visitor, "a@example.jp", ["author"]);
    const { id = "" } = (await personOf("a@example.jp")) ?? {};
    await first.visitor.post(`/console/staff/${id}/keys`, { label: "mine" });
    await first.visitor.post(`/console/staff/${id}`, { name: "a", role: ["author", "approver"] });
    const { html } = await second.visitor.get("/console/staff");
    expect(html).toContain("まだ使われていない招待リンクがあり");
    expect(html).toContain("APIキーが1個あり");
  });

  it("are not reached by removing the second administrator: whoever did that is not the only one for seven days", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    await first.visitor.post(`/console/staff/${second.id}/deactivate`);
    await invite(first.visitor, "a@example.jp", ["author", "approver"]);
    expect(await rolesOf("a@example.jp")).toEqual(["author"]);
    await first.visitor.post(`/console/staff/${first.id}`, {
      name: "first",
      role: ["administrator", "approver"],
    });
    expect(await rolesOf(first.email)).toEqual(["administrator"]);
    clock.advance(8 * day);
    const later = await signInAgain(world, clock, first);
    await invite(later, "b@example.jp", ["author", "approver"]);
    expect(await rolesOf("b@example.jp")).toEqual(["author", "approver"]);
  });

  it("an ask ends after seven days, or when who asked is no administrator any more", async () => {
    const second = await employ(world, clock, "second@example.jp", "administrator");
    await employ(world, clock, "third@example.jp", "administrator");
    await invite(first.visitor, "a@example.jp", ["approver"]);
    const [ask = ""] = asksIn((await second.visitor.get("/console/staff")).html);
    await second.visitor.post(`/console/staff/${first.id}/deactivate`);
    const { html } = await second.visitor.post(`/console/staff/asks/${ask}/confirm`);
    expect(html).toContain("無効になりました");
    await invite(second.visitor, "b@example.jp", ["approver"]);
    clock.advance(8 * day);
    const later = await signInAgain(world, clock, second);
    expect(asksIn((await later.get("/console/staff")).html)).toEqual([]);
    expect(await rolesOf("b@example.jp")).toEqual([]);
  });

  it("the API holds the same rule for administrators' keys, and none for the installation's own", async () => {
    const asAdministrator = await world.staffWith("administrator");
    const wanted = { name: "x", email: "x@example.jp", roles: ["approver"] };
    const refused = await asAdministrator.post("/staff", wanted);
    expect(refused).toMatchObject({ status: 409, body: { code: "second_administrator_needed" } });
    expect((await asAdministrator.post("/staff", { ...wanted, roles: ["author"] })).status).toBe(201);
    const { body } = await world.admin.post("/staff", { ...wanted, email: "y@example.jp" });
    const keys = `/staff/${String(body["id"])}/api-keys`;
    expect((await asAdministrator.post(keys, { label: "x" })).status).toBe(409);
    expect((await world.admin.post(keys, { label: "x" })).status).toBe(201);
  });
});

it("everything about the staff is on record, without a secret", async () => {
  const second = await employ(world, clock, "second@example.jp", "administrator");
  const { html } = await invite(first.visitor, "a@example.jp", ["approver"]);
  const [ask = ""] = asksIn((await second.visitor.get("/console/staff")).html);
  await second.visitor.post(`/console/staff/asks/${ask}/confirm`);
  const made = await first.visitor.post(`/console/staff/${first.id}/keys`, { label: "mine" });
  const db = openDatabase(world.config.databaseUrl);
  const entries = db.sqlite.prepare("SELECT act, details FROM audit_entries ORDER BY seq").all() as {
    act: string;
    details: string;
  }[];
  db.close();
  const acts = entries.map(({ act }) => act);
  for (const act of ["invite", "acceptInvitation", "signIn", "create", "ask", "confirm", "issueKey"])
    expect(acts).toContain(`staff.${act}`);
  const all = JSON.stringify(entries);
  for (const secret of [onceIn(html).split("/").at(-1) ?? "none", onceIn(made.html), first.totpSecret])
    expect(all).not.toContain(secret);
});
