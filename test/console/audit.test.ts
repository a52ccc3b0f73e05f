import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { createMovableClock, openOffice } from "../support/sending.ts";
import { openSection } from "../support/sections.ts";
import type { Visitor } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";

const day = 24 * 60 * 60 * 1000;

let office: StaffedConsole;
let clock: ReturnType<typeof createMovableClock>;
let auditor: Visitor;
beforeEach(async () => {
  clock = createMovableClock();
  office = await openConsole({ overrides: { clock } });
  auditor = await office.enter("auditor");
});
afterEach(() => office.world.end());

/** Does something to the database behind the program's back. */
async function behindItsBack(sql: string): Promise<void> {
  const db = openDatabase(office.world.config.databaseUrl);
  db.sqlite.exec(sql);
  db.close();
}

/** Puts entries on record that no part of the program writes. */
async function enter(...entries: { act: string; subject: string; details?: Record<string, unknown> }[]) {
  const db = openDatabase(office.world.config.databaseUrl);
  const audit = createAuditStore(db);
  for (const entry of entries) await audit.note({ at: clock.now(), actor: "system", ...entry });
  db.close();
}

/** What stands in the list, without what unfolds. */
const listed = (html: string) =>
  [...html.matchAll(/<\/time>\s*<strong>([^<]*)<\/strong>\s*<span>([^<]*)<\/span>/g)].map(
    ([, who = "", what = ""]) => `${who}: ${what}`,
  );
const list = async (query = "") => listed((await auditor.get(`/console/audit${query}`)).html);

describe("the record", () => {
  it("says every act in words, newest first, and acts without a sentence as they are called", async () => {
    const people = await openOffice(office.world);
    const id = await people.send({ title: "秋まつり", sendAt: "2040-01-01T09:00" });
    await people.author.post(`/broadcasts/${id}/stop`);
    await openSection(office.world, "子育て支援課", ["childcare"], [office.idOf("author")]);
    await enter({ act: "weather.forecast", subject: "tomorrow" }, { act: "a.b:c", subject: "<b>x</b>" });
    expect((await list()).slice(0, 7)).toEqual([
      "システム: a.b:c（&lt;b>x&lt;/b>）",
      "システム: weather.forecast（tomorrow）",
      "設定のAPIキー: 課「子育て支援課」を加えました",
      "author: 配信「秋まつり」を止めました",
      "approver: 配信「秋まつり」を承認しました",
      "author: 配信「秋まつり」の承認を頼みました",
      "author: 配信「秋まつり」を書き始めました",
    ]);
    const { html } = await (await office.enter("administrator", "en")).get("/console/audit");
    expect(listed(html)).toContain("author: stopped the broadcast “秋まつり”");
  });

  it("is filtered by person, kind, subject and days in Tokyo, alone and together", async () => {
    const author = office.idOf("author");
    const section = await openSection(office.world, "福祉課", ["welfare"], [author]);
    await office.world.admin.post(`/staff/${author}/everyone-right`, { granted: true });
    await office.enter("author");
    expect(await list(`?person=${author}`)).toEqual(["author: ログインしました"]);
    expect(await list("?person=system")).toEqual([]);
    expect(await list("?act=staff.grantEveryone")).toEqual([
      "設定のAPIキー: 「author」に、登録者全員に送る権利を与えました",
    ]);
    expect(await list("?act=section.")).toEqual(["設定のAPIキー: 課「福祉課」を加えました"]);
    for (const about of [section, "福祉"]) expect(await list(`?about=${about}`)).toHaveLength(1);
    for (const about of ["%", "_", "'", "no-such-thing"])
      expect(await list(`?about=${encodeURIComponent(about)}`)).toEqual([]);
    expect(await list(`?person=bootstrap&act=section.&about=${section}`)).toHaveLength(1);
    expect(await list(`?person=${author}&act=section.`)).toEqual([]);
  });

  it("a period is of whole days in Tokyo, the last one included", async () => {
    const at = Date.parse("2040-03-10T23:59:59+09:00");
    const db = openDatabase(office.world.config.databaseUrl);
    const audit = createAuditStore(db);
    for (const [subject, time] of [
      ["before", at - day],
      ["that-day", at],
      ["after", at + 1_000],
    ] as const)
      await audit.note({ at: time, actor: "system", act: "x.y", subject });
    db.close();
    expect(await list("?from=2040-03-10&to=2040-03-10")).toEqual(["システム: x.y（that-day）"]);
    expect(await list("?from=2040-03-11")).toEqual(["システム: x.y（after）"]);
    expect(await list("?from=2040-13-99&act=x.y")).toHaveLength(3);
  });

  it("goes on page by page, without holes or doubles, and keeps the filter", async () => {
    await enter(...Array.from({ length: 120 }, (_, index) => ({ act: "x.y", subject: `s${index}` })));
    const seen: string[] = [];
    let path: string | undefined = "/console/audit?act=x.y";
    while (path !== undefined) {
      const { html } = await auditor.get(path);
      seen.push(...listed(html));
      path = /href="([^"]*before=[^"]*)"/.exec(html)?.[1]?.replaceAll("&amp;", "&");
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => `システム: x.y（s${119 - index}）`));
  });

  it("takes whatever is asked of it", async () => {
    for (const query of [
      "?before=x",
      "?before=99999999999999999999",
      "?person=a&person=b",
      "?act=__proto__.constructor",
      "?act=.",
      "?about=%00%ff",
      "?from[]=1",
    ])
      expect((await auditor.get(`/console/audit${query}`)).status).toBe(200);
  });
});

describe("the file", () => {
  it("holds what was filtered, opens in Excel, has no formulas, and is itself on record", async () => {
    const long = Array.from({ length: 600 }, (_, index) => ({ act: "x.y", subject: `s${index}` }));
    await enter(...long, { act: "x.y", subject: "=1+1" }, { act: "x.y", subject: '+a,"b"\r\nc' });
    await enter({ act: "other.act", subject: "no" }, { act: "x.y", subject: "@sum" });
    await enter({ act: "x.y", subject: "-2" }, { act: "x.y", subject: "\tx" });
    const { status, headers, html } = await auditor.post("/console/audit/export", { act: "x.y" });
    expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
    expect(headers.get("content-disposition")).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    // fetch takes the byte order mark away; Excel needs it.
    const raw = await fetch(`${office.world.kairan.url}/console/audit/export`, {
      method: "POST",
      headers: {
        cookie: [...auditor.cookies].map((each) => each.join("=")).join("; "),
        "sec-fetch-site": "same-origin",
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "act=x.y",
    });
    expect([...new Uint8Array(await raw.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = html.split("\r\n");
    expect(lines[0]).toContain("日時（日本時間）");
    for (const subject of ["'=1+1", "'@sum", "'-2", "'\tx"]) expect(html).toContain(`,x.y,${subject},{},`);
    expect(html).toContain(`,x.y,"'+a,""b""\r\nc",{},`);
    expect(html).not.toContain("other.act");
    expect(html.match(/,x\.y,s\d+,/g)).toHaveLength(600);
    expect((await list("?act=audit."))[0]).toBe("auditor: 操作の記録を書き出しました");
  });

  it("is a form of ours, not an address: nothing is recorded on looking", async () => {
    expect((await auditor.get("/console/audit/export")).status).toBe(404);
    expect((await auditor.post("/console/audit/export", {}, { "sec-fetch-site": "cross-site" })).status).toBe(
      403,
    );
    expect(await list("?act=audit.")).toEqual([]);
  });
});

describe("the chain", () => {
  const untied =
    "DROP TRIGGER audit_entries_are_never_changed; DROP TRIGGER audit_entries_are_never_deleted;";

  async function check(): Promise<string> {
    expect(await auditor.post("/console/audit/chain")).toMatchObject({ to: "/console/audit/chain" });
    return waitFor("the check", async () => {
      const { html } = await auditor.get("/console/audit/chain");
      return html.includes("検証しました") ? html : undefined;
    });
  }

  it("that is whole is said to be whole, with its last hash, and the check is on record", async () => {
    await enter(...Array.from({ length: 450 }, (_, index) => ({ act: "x.y", subject: `s${index}` })));
    expect((await auditor.get("/console/audit/chain")).html).toContain("まだ検証していません");
    const html = await check();
    expect(html).toContain("すべてつながっています");
    const { body } = await office.world.admin.get("/audit/verify");
    expect(body).toMatchObject({ whole: true, brokenAt: null });
    expect(await list("?act=audit.verify")).toEqual(["auditor: 操作の記録を検証しました"]);
    const hash = /<code class="hash">([0-9a-f]{64})</.exec(html)?.[1] ?? "";
    expect((await auditor.get("/console/audit?act=x.y")).html).toContain(hash);
  });

  it.each([
    ["changed", "UPDATE audit_entries SET subject = 'other' WHERE seq = 5", 5],
    ["given another hash", "UPDATE audit_entries SET hash = 'f' || substr(hash, 2) || 'x' WHERE seq = 7", 7],
    ["taken out", "DELETE FROM audit_entries WHERE seq = 6", 7],
    ["made unreadable", "UPDATE audit_entries SET details = 'x' WHERE seq = 8", 8],
  ])("an entry that was %s is named", async (_how, sql, brokenAt) => {
    await behindItsBack(`${untied} ${sql}`);
    const html = await check();
    expect(html).toContain(`記録${brokenAt}で、つながりが切れています`);
    expect((await office.world.admin.get("/audit/verify")).body).toMatchObject({ whole: false, brokenAt });
    expect((await auditor.get("/console/audit")).status).toBe(200);
  });

  it("looks again by itself while it goes, which keeps no session alive", async () => {
    for (const minutes of [20, 20]) {
      clock.advance(minutes * 60_000);
      await auditor.get("/console/audit/chain", { "hx-request": "true" });
    }
    expect((await auditor.get("/console/audit")).status).toBe(303);
  });

  it("the newest entries taken away are missed too", async () => {
    await enter({ act: "x.y", subject: "last" });
    const db = openDatabase(office.world.config.databaseUrl);
    const last = db.sqlite.prepare("SELECT max(seq) FROM audit_entries").pluck().get();
    db.close();
    await behindItsBack(`${untied} DELETE FROM audit_entries WHERE seq = ${Number(last)}`);
    expect((await office.world.admin.get("/audit/verify")).body).toMatchObject({
      whole: false,
      brokenAt: last,
    });
  });
});

it("only auditors and administrators read the record", async () => {
  for (const role of ["viewer", "author", "approver", "dutyOfficer"]) {
    const visitor = await office.enter(role);
    for (const path of ["/console/audit", "/console/audit/chain"])
      expect((await visitor.get(path)).status).toBe(403);
    for (const path of ["/console/audit/export", "/console/audit/chain"])
      expect((await visitor.post(path)).status).toBe(403);
    expect((await visitor.get("/console")).html).not.toContain('href="/console/audit"');
  }
  expect(await list("?act=audit.")).toEqual([]);
});
