import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { roles } from "../../src/staff/permissions.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, createMovableClock, openOffice } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

let world: World;
let office: Office;
let clock: ReturnType<typeof createMovableClock>;
let logins: { staffId: string; name: string; role: string }[];

beforeEach(async () => {
  clock = createMovableClock();
  logins = [];
  world = await startWorld({ overrides: { clock, demoLogins: () => logins } });
  office = await openOffice(world);
  for (const role of roles) {
    const email = `${role.toLowerCase()}@example.jp`;
    const { body } = await world.admin.post("/staff", { name: `${role}-san`, email, roles: [role] });
    logins.push({ staffId: String(body["id"]), name: role, role });
  }
});
afterEach(async () => {
  await world.end();
});

async function enter(role: string, language?: string): Promise<Visitor> {
  const visitor = visit(world, language);
  const staffId = logins.find((login) => login.role === role)?.staffId ?? "";
  expect(await visitor.post("/console/sign-in", { staffId })).toMatchObject({ status: 303 });
  return visitor;
}

const pageOf = (id: string) => `/console/broadcasts/${id}`;
const inHours = (hours: number) => new Date(clock.now() + hours * hour).toISOString();
const versionOn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";

const notice = {
  title: "Autumn",
  to: "everyone",
  when: "approved",
  fallback: "yes",
  "title.ja": "秋まつり",
  "body.ja": "土曜日です。\n10時から。\n来てください。",
};

/** Written and submitted in the browser, so that its writer is somebody who can come back to it. */
async function submitted(author: Visitor, fields: Record<string, string> = {}): Promise<string> {
  const { to } = await author.post("/console/broadcasts", { ...notice, next: "submit", ...fields });
  return to ?? "";
}

/** Changes the database behind the program's back. */
async function spoil(sql: string, ...values: unknown[]): Promise<void> {
  const db = openDatabase(world.config.databaseUrl);
  await db.write(() => db.sqlite.prepare(sql).run(...values));
  db.close();
}

/** The part of a page from a heading to the next. */
const partOf = (html: string, heading: string) =>
  html.split(`<h2>${heading}</h2>`)[1]?.split("<h2>")[0] ?? "";
const needsMe = async (visitor: Visitor) => partOf((await visitor.get("/console")).html, "あなたの番です");

describe("home", () => {
  it("tells a newcomer what to do first, and no longer once something has been written", async () => {
    const author = await enter("author");
    const { html } = await author.get("/console");
    for (const said of ["はじめに", "はじめての配信を書く", "まだ登録者がいません", "正常です。"])
      expect(html).toContain(said);
    await office.write();
    expect((await author.get("/console")).html).not.toContain("はじめての配信を書く");
  });

  it("shows each person what waits for them, and why", async () => {
    const author = await enter("author");
    const [approver, viewer, duty] = [
      await enter("approver"),
      await enter("viewer"),
      await enter("dutyOfficer"),
    ];
    const mine = await submitted(author, { title: "Mine" });
    const stopped = await office.send({ title: "Halted", sendAt: inHours(20) });
    await office.approver.post(`/broadcasts/${stopped}/stop`);

    expect(await needsMe(approver)).toMatch(
      /Halted.*停止中.*Mine.*承認待ち.*author-sanさんが承認を待っています/s,
    );
    expect(await needsMe(duty)).toMatch(/Halted/);
    expect(await needsMe(duty)).not.toMatch(/Mine/);
    expect(await needsMe(author)).toContain("いま、することはありません。");
    expect(await needsMe(viewer)).toContain("いま、することはありません。");

    await approver.post(`${mine}/return`, { comment: "場所は<どこ>?" });
    expect(await needsMe(author)).toMatch(/Mine.*差し戻し.*場所は&lt;どこ>\?/s);
    expect(await needsMe(approver)).not.toContain("Mine");
  });

  it("shows what was missed or refused for a week, and what is not known until somebody decides", async () => {
    await seedResidents(world.config, world.line, 12);
    const [approver, author] = [await enter("approver"), await enter("author")];
    const id = await office.send({ title: "Half" });
    await office.sent(id);
    const set = `UPDATE outbox_batches SET state = ?, settled_at = ? WHERE id = (SELECT min(id) FROM outbox_batches WHERE size > 0)`;
    await spoil(set, "rejected", clock.now());
    expect(await needsMe(approver)).toMatch(/Half.*LINEが拒否/s);
    expect(await needsMe(author)).not.toContain("Half");
    clock.advance(8 * day);
    const later = await enter("approver");
    expect(await needsMe(later)).not.toContain("Half");
    await spoil(set, "undetermined", clock.now());
    expect(await needsMe(later)).toMatch(/Half.*受付が不明/s);
    const { html } = await later.get(pageOf(id));
    expect(html).toMatch(/受付が分かりません/);
    expect(html).not.toContain("同じお知らせが2通届く");
    expect(await later.post(`${pageOf(id)}/decide`, { decision: "nonsense" })).toMatchObject({ status: 409 });
    for (let presses = 0; presses < 2; presses += 1)
      expect(await later.post(`${pageOf(id)}/decide`, { decision: "accepted" })).toMatchObject({
        status: 303,
      });
    expect(await needsMe(later)).not.toContain("Half");
    expect((await later.get(pageOf(id))).html).toContain("「LINEが受け付けたものとする」と決めました");
    expect(
      await (await enter("author")).post(`${pageOf(id)}/decide`, { decision: "accepted" }),
    ).toMatchObject({
      status: 409,
    });
  });

  it("counts followers, and those who never chose anything", async () => {
    await seedResidents(world.config, world.line, 50);
    const { body } = await world.admin.post("/audience/estimate", { audience: { everyone: true } });
    const viewer = await enter("viewer");
    await waitFor("the count", async () => (await viewer.get("/console")).html.includes("50人"));
    const db = openDatabase(world.config.databaseUrl);
    const { n } = db.sqlite.prepare("SELECT count(*) AS n FROM residents WHERE chose = 0").get() as {
      n: number;
    };
    db.close();
    expect(body["total"]).toBe(50);
    expect((await viewer.get("/console")).html).toContain(`このうち${n}人（${n * 2}%）`);
  });

  it("says in words what holds everything, what Kairan does, and what to do", async () => {
    await seedResidents(world.config, world.line, 5);
    world.line.platform.quota.limit = { type: "limited", value: 0 };
    const id = await office.send();
    const approver = await enter("approver");
    await waitFor("the hold", async () =>
      (await approver.get("/console")).html.includes("送信枠を使い切りました"),
    );
    const { html } = await approver.get(pageOf(id));
    for (const said of ["起きたこと", "回覧がすること", "してほしいこと", "LINE Official Account Manager"])
      expect(html).toContain(said);
    expect((await approver.get("/console")).html).toContain("確認が必要です。");
    world.line.platform.quota.limit = { type: "none" };
    await office.sent(id);
    expect((await approver.get(pageOf(id))).html).not.toContain("送信枠");
  });
});

describe("week and calendar", () => {
  it("show the same: what was sent, what is planned, what repeats, what is not approved yet, with holidays", async () => {
    const author = await enter("author");
    // A Thursday before a holiday in Tokyo: 2027-02-11 is the National Foundation Day.
    clock.advance(Date.parse("2027-02-10T01:00:00Z") - clock.now());
    const viewer = await enter("viewer");
    await office.send({ title: "Planned", sendAt: "2027-02-12T09:30:00+09:00" });
    await office.submit({ title: "Waiting", sendAt: "2027-02-12T23:59:00+09:00" });
    await office.send({ title: "Newsletter", repeat: { cron: "0 9 1,11,21 * *", except: ["2027-02-21"] } });
    const cancelled = await office.send({ title: "Gone", sendAt: "2027-02-12T10:00:00+09:00" });
    await office.approver.post(`/broadcasts/${cancelled}/cancel`);
    await office.write({ title: "Next month", sendAt: "2027-03-01T00:00:00+09:00" });
    expect(author).toBeDefined();

    const week = (await viewer.get("/console")).html;
    expect(week).toMatch(
      /2月11日\(木\).*建国記念の日.*9:00.*Newsletter.*くり返し.*2月12日\(金\).*9:30.*Planned.*23:59.*Waiting.*承認待ち/s,
    );
    expect(week).not.toMatch(/Gone|Next month/);

    const month = (await viewer.get("/console/calendar?month=2027-02")).html;
    expect(month).toMatch(
      /<h1>2027年2月のカレンダー<\/h1>.*2月11日\(木\).*建国記念の日.*Newsletter.*Planned.*Waiting/s,
    );
    expect(month.match(/Newsletter/g)).toHaveLength(1);
    expect(month).not.toMatch(/Gone|Next month/);
    expect(month.match(/<td/g)).toHaveLength(35);
    expect((await viewer.get("/console/calendar?month=2027-03")).html).toMatch(
      /3月1日\(月\).*0:00.*Next month/s,
    );
    expect((await viewer.get("/console/calendar?month=2027-02", { "accept-language": "en" })).html).toContain(
      "National Foundation Day",
    );
  });

  it("a repeat that goes all day long is shown a few times on each day, to the end of the month", async () => {
    clock.advance(Date.parse("2027-01-31T15:00:00Z") - clock.now());
    await office.send({ title: "Hourly", repeat: { cron: "0 * * * *" } });
    clock.advance(15.5 * hour);
    const viewer = await enter("viewer");
    expect((await viewer.get("/console")).html).toMatch(
      /2月1日\(月\).*16:00.*17:00.*18:00.*この日は.*2月2日\(火\).*0:00/s,
    );
    const { html } = await viewer.get("/console/calendar?month=2027-03");
    expect(html.match(/Hourly/g)).toHaveLength(31 * 3);
    expect(html.match(/この日は、このあともくり返します/g)).toHaveLength(31);
  });

  it("shows this month when the month asked for is none", async () => {
    clock.advance(Date.parse("2026-12-31T15:30:00Z") - clock.now());
    const viewer = await enter("viewer");
    for (const month of ["2026-13", "1999-01", "x", "2026-12&month=2026-11"])
      expect((await viewer.get(`/console/calendar?month=${month}`)).html).toContain("2027年1月のカレンダー");
  });

  it("an occurrence leads to its series, and the series to its occurrences and next dates", async () => {
    await seedResidents(world.config, world.line, 3);
    const id = await office.send({ title: "Every minute", repeat: { cron: "* * * * *" } });
    clock.advance(minute);
    const viewer = await enter("viewer");
    const child = await waitFor("an occurrence", async () => {
      const { html } = await viewer.get(pageOf(id));
      expect(html).toContain("これから10回の送信日時");
      return /class="occurrences"><li><a href="([^"]+)"/.exec(html)?.[1];
    });
    expect((await viewer.get(child)).html).toContain(`<a href="${pageOf(id)}">Every minute</a>`);
  });
});

describe("the list", () => {
  const titles = (html: string) =>
    [...html.matchAll(/<th scope="row"[^>]*><a [^>]+>([^<]+)</g)].map(([, title]) => title);

  it("finds by state, by words in the title and in the titles of all languages, and what one wrote oneself", async () => {
    const author = await enter("author");
    await submitted(author, { title: "50% off_peak", "title.ja": "秋の市" });
    await office.write({
      title: "Winter",
      contents: { ja: { title: "冬", body: "b" }, en: { title: "Snow day", body: "b" } },
    });
    const find = async (query: string) => titles((await author.get(`/console/broadcasts?${query}`)).html);
    expect(await find("")).toEqual(["Winter", "50% off_peak"]);
    expect(await find("state=draft")).toEqual(["Winter"]);
    expect(await find("state=nonsense")).toEqual(["Winter", "50% off_peak"]);
    expect(await find("mine=yes")).toEqual(["50% off_peak"]);
    expect(await find("q=snow")).toEqual(["Winter"]);
    expect(await find("q=day%20winter")).toEqual(["Winter"]);
    expect(await find("q=day%20autumn")).toEqual([]);
    expect(await find(`q=${encodeURIComponent("秋の")}`)).toEqual(["50% off_peak"]);
    for (const literal of ["50%25", "off_", "%25 off"])
      expect(await find(`q=${literal}`)).toEqual(["50% off_peak"]);
    for (const nothing of ["5_%25", "\\", "of%25k", "'"]) expect(await find(`q=${nothing}`)).toEqual([]);
    const { html } = await author.get("/console/broadcasts?q=%3Cb%3E");
    expect(html).toContain("当てはまる配信はありません");
    expect(html).toContain('value="&lt;b>"');
  });

  it("a title that is changed is found by its new words only", async () => {
    const author = await enter("author");
    const { to } = await author.post("/console/broadcasts", notice);
    const version = versionOn((await author.get(`${to}/edit`)).html);
    await author.post(`${to}/edit`, { ...notice, title: "Spring", "title.ja": "春", version });
    const find = async (query: string) =>
      titles((await author.get(`/console/broadcasts?q=${encodeURIComponent(query)}`)).html);
    expect([await find("春"), await find("秋まつり"), await find("spring")]).toEqual([
      ["Spring"],
      [],
      ["Spring"],
    ]);
  });

  it("goes back page by page, keeping the filter, and counts everything that fits", async () => {
    const made: string[] = [];
    for (let index = 0; index < 53; index += 1) made.unshift(await office.write({ title: `N${index}.` }));
    await office.submit({ title: "Other" });
    const viewer = await enter("viewer");
    const first = (await viewer.get("/console/broadcasts?state=draft")).html;
    expect(titles(first)).toHaveLength(50);
    expect(first).toContain("53件あります。");
    const next = /href="(\/console\/broadcasts\?state=draft&amp;before=[^"]+)"/.exec(first)?.[1] ?? "";
    const second = (await viewer.get(next.replaceAll("&amp;", "&"))).html;
    expect(titles(second)).toEqual(["N2.", "N1.", "N0."]);
    expect(second).toContain("53件あります。");
    expect(second).toContain('href="/console/broadcasts?state=draft"');
  });
});

describe("approving", () => {
  it("says what changed since this person last saw it, as often as they look, and each person their own", async () => {
    const author = await enter("author");
    const approver = await enter("approver");
    const path = await submitted(author, { "body.en": "Come!", "title.en": "Fair" });
    const first = (await approver.get(path)).html;
    expect(first).toContain("はじめてです");
    await approver.post(`${path}/return`, { version: versionOn(first), comment: "time?" });
    await author.post(`${path}/edit`, {
      ...notice,
      title: "Autumn fair",
      "body.ja": "土曜日です。\n<11>時から。\n来てください。",
      version: versionOn((await author.get(`${path}/edit`)).html),
      next: "submit",
    });
    for (let looks = 0; looks < 2; looks += 1) {
      const { html } = await approver.get(path);
      expect(html).toContain("Autumn<ins> fair</ins>");
      expect(html).toContain("<del>10</del><ins>&lt;11></ins>時から");
      expect(html).toContain("<del>Fair</del>");
      expect(html).not.toMatch(/<dt>送る日時|<dt>だれに/);
    }
    const other = visit(world);
    const { body } = await world.admin.post("/staff", { name: "o", email: "o@x.jp", roles: ["approver"] });
    logins.push({ staffId: String(body["id"]), name: "o", role: "other" });
    await other.post("/console/sign-in", { staffId: String(body["id"]) });
    expect((await other.get(path)).html).toContain("はじめてです");
  });

  it("a pin that was moved on the map is a change, although the place is called the same", async () => {
    const author = await enter("author");
    const approver = await enter("approver");
    const place = { "placeName.ja": "公園", point: "35.68, 139.76" };
    const path = await submitted(author, place);
    await approver.post(`${path}/return`, {
      version: versionOn((await approver.get(path)).html),
      comment: "where?",
    });
    await author.post(`${path}/edit`, {
      ...notice,
      ...place,
      point: "35.70, 139.76",
      version: versionOn((await author.get(`${path}/edit`)).html),
      next: "submit",
    });
    expect((await approver.get(path)).html).toContain("公園 35.<del>68</del><ins>7</ins>, 139.76");
  });

  it("what was returned and submitted again cannot be approved from the page of before", async () => {
    const author = await enter("author");
    const approver = await enter("approver");
    const path = await submitted(author);
    const old = versionOn((await approver.get(path)).html);
    await approver.post(`${path}/return`, { version: old });
    await author.post(`${path}/submit`);
    for (const act of ["approve", "return", "cancel"]) {
      const late = await approver.post(`${path}/${act}`, { version: old, comment: "was <typed>" });
      expect([act, late.status]).toEqual([act, 409]);
      expect(late.html).toContain("ほかの人が先に変更しました");
      if (act !== "approve") expect(late.html).toContain("was &lt;typed>");
    }
    expect((await approver.post(`${path}/approve`)).status).toBe(409);
    expect((await author.get(path)).html).toContain("承認待ち");
  });

  it("the same act twice by the same person leads to the page; by another it is said what is so", async () => {
    await seedResidents(world.config, world.line, 2);
    const author = await enter("author");
    const approver = await enter("approver");
    const path = await submitted(author, { when: "time", sendAt: "2099-01-01T09:00" });
    const version = versionOn((await approver.get(path)).html);
    const twice = await Promise.all([1, 2].map(() => approver.post(`${path}/approve`, { version })));
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    const other = await office.approver.post(`${path.replace("/console", "")}/approve`);
    expect(other.body["code"]).toBe("wrong_state");
    for (const act of ["stop", "stop", "resume", "resume", "cancel", "cancel"])
      expect([act, (await approver.post(`${path}/${act}`)).status]).toEqual([act, 303]);
    const duty = await enter("dutyOfficer");
    const late = await duty.post(`${path}/stop`);
    expect(late.status).toBe(409);
    expect(late.html).toContain("いまは「取り消し」なので、できません。");
    const { html } = await approver.get(path);
    for (const said of [
      "書き始めました",
      "承認を頼みました",
      "承認しました",
      "止めました",
      "再開しました",
      "取り消しました",
    ])
      expect(html.split(said)).toHaveLength(2);
  });

  it("says in one sentence what will happen", async () => {
    await seedResidents(world.config, world.line, 40);
    const approver = await enter("approver", "en");
    const now = await office.submit({});
    expect((await approver.get(pageOf(now))).html).toMatch(
      /If you approve, 40 people will get this in \d languages at once/,
    );
    const later = await office.submit({ sendAt: "2098-12-01T09:00:00+09:00" });
    expect((await approver.get(pageOf(later))).html).toContain("December 1, 2098 09:00.");
    const repeat = await office.submit({ repeat: { cron: "0 9 1 * *" } });
    expect((await approver.get(pageOf(repeat))).html).toContain("again and again");
    const children = { bornFrom: "1901-01", bornTo: "1901-01" };
    const nobody = await office.submit({ audience: { children } });
    expect((await approver.get(pageOf(nobody))).html).toContain("nobody will get it");
  });

  it("offers to resume to those who may: the author only what the author stopped", async () => {
    const [author, approver] = [await enter("author"), await enter("approver")];
    const to = await submitted(author, { when: "time", sendAt: "2098-12-01T09:00" });
    await approver.post(`${to}/approve`, { version: versionOn((await approver.get(to)).html) });
    await approver.post(`${to}/stop`);
    expect((await approver.get(to)).html).toContain(`${to}/resume"`);
    expect((await author.get(to)).html).not.toContain(`${to}/resume"`);
    await approver.post(`${to}/resume`);
    await author.post(`${to}/stop`);
    expect((await author.get(to)).html).toContain(`${to}/resume"`);
  });

  it("shows what should be looked at twice until it is approved", async () => {
    await seedResidents(world.config, world.line, 40);
    const [author, approver] = [await enter("author"), await enter("approver")];
    const fields = {
      "body.ja": "2020年2月30日です。",
      "linkUrl.ja": "http://example.jp/",
      "linkLabel.ja": "詳しく",
    };
    const to = await submitted(author, fields);
    for (const visitor of [author, approver]) {
      const { html } = await visitor.get(to);
      for (const said of ["文面のないことばがあります", "という日はありません", "https:// ではありません"])
        expect(partOf(html.replace(' id="warnings-title"', ""), "ご確認ください")).toContain(said);
    }
    await approver.post(`${to}/approve`, { version: versionOn((await approver.get(to)).html) });
    expect((await approver.get(to)).html).not.toContain("ご確認ください");
  });

  it("a writer can take back what waits, but neither approve nor return it for others", async () => {
    const author = await enter("author");
    const path = await submitted(author);
    const { html } = await author.get(path);
    expect(html).toContain("取り下げて直す");
    expect(html).not.toContain("承認する</button>");
    expect((await author.post(`${path}/return`)).status).toBe(303);
    expect((await author.get(path)).html).toContain("差し戻し");
  });
});
