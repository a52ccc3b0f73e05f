import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roles } from "../../src/staff/permissions.ts";
import { seedResidents } from "../support/seed.ts";
import { createMovableClock } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let logins: { staffId: string; name: string; role: string }[];

beforeEach(async () => {
  clock = createMovableClock();
  logins = [];
  world = await startWorld({ overrides: { clock, demoLogins: () => logins } });
  for (const role of roles) {
    const email = `${role.toLowerCase()}@example.jp`;
    const { body } = await world.admin.post("/staff", { name: `<b>${role}</b>`, email, roles: [role] });
    logins.push({ staffId: String(body["id"]), name: role, role });
  }
});
afterEach(async () => {
  await world.end();
});

async function enter(role: string, language?: string): Promise<Visitor> {
  const visitor = visit(world, language);
  const staffId = logins.find((login) => login.role === role)?.staffId ?? "";
  expect(await visitor.post("/console/sign-in", { staffId })).toMatchObject({ status: 303, to: "/console" });
  return visitor;
}

const notice = {
  title: "Autumn",
  to: "everyone",
  when: "approved",
  fallback: "yes",
  "title.ja": "秋まつり",
  "body.ja": "土曜日です。\r\n来てください。",
};

/** Writes a broadcast in the browser; returns its page. */
async function write(author: Visitor, fields: Record<string, string | string[]> = {}): Promise<string> {
  const { status, to } = await author.post("/console/broadcasts", { ...notice, ...fields });
  expect(status).toBe(303);
  return to ?? "";
}

describe("signing in", () => {
  it("leads everybody else to the sign-in page, and lets nobody in without a log-in of the demo", async () => {
    const stranger = visit(world);
    expect(await stranger.get("/")).toMatchObject({ status: 302, to: "/console" });
    expect(await stranger.get("/console")).toMatchObject({ status: 303, to: "/console/sign-in" });
    for (const path of ["/console/broadcasts", "/console/broadcasts/new", "/console/broadcasts/x"])
      expect(await stranger.get(path)).toMatchObject({
        status: 303,
        to: `/console/sign-in?to=${encodeURIComponent(path)}`,
      });
    await stranger.post("/console/sign-in", { staffId: "bootstrap" });
    await stranger.post("/console/sign-in", { staffId: ["a", "b"] });
    stranger.cookies.set("kairan", "guessed");
    expect(await stranger.get("/console")).toMatchObject({ status: 303 });

    const staffId = logins[0]?.staffId ?? "";
    logins = [];
    await stranger.post("/console/sign-in", { staffId });
    expect(await stranger.get("/console")).toMatchObject({ status: 303 });
    expect((await stranger.get("/console/sign-in")).html).not.toContain('<button name="staffId"');
  });

  it("ends after 30 minutes without a sign of life, after eight hours in all, and by signing out", async () => {
    const visitor = await enter("author");
    for (let passed = 0; passed < 470; passed += 29) {
      expect(await visitor.get("/console")).toMatchObject({ status: 200 });
      clock.advance(29 * minute);
    }
    expect(await visitor.get("/console")).toMatchObject({ status: 303 });

    const idle = await enter("author");
    clock.advance(31 * minute);
    expect(await idle.get("/console")).toMatchObject({ status: 303 });
    expect(await idle.get("/console/broadcasts", { "hx-request": "true" })).toMatchObject({ status: 401 });

    const leaving = await enter("author");
    const kept = leaving.cookies.get("kairan") ?? "";
    await leaving.post("/console/sign-out");
    leaving.cookies.set("kairan", kept);
    expect(await leaving.get("/console")).toMatchObject({ status: 303 });
  });

  it("takes no post from another site, and keeps its cookie from scripts and other sites", async () => {
    const author = await enter("author");
    expect(
      await author.post("/console/broadcasts", notice, { "sec-fetch-site": "cross-site" }),
    ).toMatchObject({
      status: 403,
    });
    const { headers } = await author.post("/console/sign-in", { staffId: logins[1]?.staffId ?? "" });
    expect(headers.get("set-cookie")).toMatch(/^kairan=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("leads back only to pages of ours after the language was changed", async () => {
    const author = await enter("author");
    for (const [from, to] of [
      ["/console/broadcasts/new", "/console/broadcasts/new"],
      ["//elsewhere.example", "/console"],
      ["https://elsewhere.example/console", "/console"],
      ["/consolex", "/console"],
      ["/console\\@elsewhere.example", "/console"],
      ["/console/../r/token", "/console"],
      ["/console/%2e%2e\\r/token", "/console"],
      ["/console/broadcasts?q=../..", "/console/broadcasts?q=../.."],
    ])
      expect(await author.post("/console/language", { language: "en", from: from ?? "" })).toMatchObject({
        to,
      });
    expect((await author.get("/console")).html).toContain('<html lang="en">');
  });

  it("leads back to the page that was shown where an act was refused", async () => {
    const [author, administrator] = [await enter("author"), await enter("administrator")];
    const draft = (await author.post("/console/broadcasts", notice)).to ?? "";
    await author.post("/console/broadcasts", { ...notice, next: "template" });
    const { html } = await author.get("/console/templates");
    const template = /\/console\/templates\/[^/"]+(?=\/rename)/.exec(html)?.[0] ?? "";
    for (const [who, act, page] of [
      [author, `${draft}/approve`, draft],
      [author, `${template}/rename`, "/console/templates"],
      [administrator, "/console/catalogue/categories/welfare/move", "/console/catalogue"],
    ] as const) {
      const refused = await who.post(act, { title: "" });
      expect([act, refused.status]).not.toEqual([act, 404]);
      expect(refused.html).toContain(`name="from" value="${page}"`);
    }
  });
});

describe("from writing to arriving", () => {
  it("an author writes, somebody else approves, and everybody gets it once", async () => {
    const users = await seedResidents(world.config, world.line, 40);
    const author = await enter("author");
    const approver = await enter("approver", "en");
    const path = await write(author, { next: "submit" });
    expect((await author.get(path)).html).toContain("承認待ち");
    const { html } = await approver.get(path);
    expect(html).toContain("If you approve, 40 people");
    expect((await approver.get("/console")).html).toContain("Autumn");
    const version = /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
    expect(await approver.post(`${path}/approve`, { version })).toMatchObject({ status: 303, to: path });
    await waitFor("everybody's copy", () =>
      users.every((user) => world.line.platform.ledger.copiesOf(user) === 1),
    );
    await waitFor("the end", async () => (await approver.get(path)).html.includes(">Sent<"));

    // The same button pressed again by the same person, in another tab, does nothing and leads to what is so.
    expect(await approver.post(`${path}/approve`, { version })).toMatchObject({ status: 303, to: path });
    expect(world.line.platform.ledger.summary().doubled).toEqual([]);
  });

  it("what was typed is there again when something is wrong with it, and each mistake is said", async () => {
    const author = await enter("author");
    const { status, html } = await author.post("/console/broadcasts", {
      ...notice,
      title: "",
      to: "chosen",
      "title.en": "x".repeat(101),
      "linkUrl.ja": "javascript:alert(1)",
      "linkLabel.ja": "押す",
    });
    expect(status).toBe(422);
    expect(html).toContain("秋まつり");
    expect(html).toContain("javascript:alert(1)");
    for (const said of ["件名", "だれに", "Englishの見出し", "日本語のボタンのリンク先"])
      expect(html).toContain(said);
    expect((await author.get("/console/broadcasts")).html).toContain("まだ配信がありません");
  });

  it("two writers of one draft: the slower one is told, and nothing of either is lost", async () => {
    const author = await enter("author");
    const path = await write(author);
    const first = /name="version" value="(\d+)"/.exec((await author.get(`${path}/edit`)).html)?.[1] ?? "";
    expect(await author.post(`${path}/edit`, { ...notice, title: "Winter", version: first })).toMatchObject({
      status: 303,
    });
    const late = await author.post(`${path}/edit`, { ...notice, title: "Spring", version: first });
    expect(late).toMatchObject({ status: 422 });
    expect(late.html).toContain("ほかの人が先に変更しました");
    expect(late.html).toContain('value="Spring"');
    expect((await author.get(path)).html).toContain("<h1>Winter</h1>");
  });

  it("keeps what the form does not show: pictures, places, the end of a repeat", async () => {
    const author = await enter("author");
    const key = await world.staffWith("author");
    const ja = {
      title: "題",
      body: "本文",
      image: { url: "https://ward.example/a.png", alt: "絵" },
      place: { name: "公園", latitude: 35.7, longitude: 139.7 },
    };
    const repeat = { cron: "0 9 1,11,21 * *", except: ["2027-08-11"], until: "2028-03-31" };
    const { body } = await key.post("/broadcasts", {
      title: "t",
      audience: { everyone: true },
      contents: { ja },
      repeat,
    });
    const path = `/console/broadcasts/${String(body["id"])}`;
    const fields = {
      ...notice,
      when: "repeat",
      cron: repeat.cron,
      except: "2027-08-11",
      version: String(body["version"]),
      "title.ja": "新しい題",
    };
    expect(await author.post(`${path}/edit`, fields)).toMatchObject({ status: 303 });
    const { body: after } = await key.get(`/broadcasts/${String(body["id"])}`);
    expect(after).toMatchObject({
      repeat,
      contents: { ja: { title: "新しい題", image: ja.image, place: ja.place } },
    });
  });
});

describe("beside the form", () => {
  const beside = (visitor: Visitor, fields: Record<string, string | string[]>) =>
    visitor.post("/console/beside", fields, { "hx-request": "true" });

  it("counts and draws what is there so far, whatever has been typed", async () => {
    await seedResidents(world.config, world.line, 30);
    const author = await enter("author");
    const full = await beside(author, { ...notice, "linkLabel.ja": "押す", "linkUrl.ja": "https://" });
    expect(full.status).toBe(200);
    expect(full.html).toContain("30人");
    expect(full.html).toContain("秋まつり");
    for (const fields of [
      {},
      { to: "chosen" },
      { to: "chosen", category: ["__proto__", "constructor", "x"] },
      { ...notice, when: "time", sendAt: "yesterday" },
      { ...notice, when: "repeat", cron: "* * * *" },
      { ...notice, when: "repeat", cron: "0 9 30 2 *" },
      { ...notice, "title.ja": "<script>alert(1)</script>", "body.ja": "\u0000\ud800" },
      { bornFrom: "9999", to: "chosen" },
    ]) {
      const { status, html } = await beside(author, fields);
      expect([status, html.includes("<script>")]).toEqual([200, false]);
    }
  });
});

describe("what cannot be read", () => {
  it("is said in a page: half an address, a form that broke off, a character set that is none of ours", async () => {
    const author = await enter("author");
    const url = world.kairan.url;
    const send = (path: string, body: string, type: string) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: {
          "content-type": type,
          "sec-fetch-site": "same-origin",
          cookie: `kairan=${author.cookies.get("kairan") ?? ""}`,
        },
        body,
      });
    const form = "application/x-www-form-urlencoded";
    const multipart = "multipart/form-data; boundary=X";
    for (const answer of [
      await fetch(`${url}/console/broadcasts/%ff`),
      await send("/console/broadcasts/%/submit", "", form),
      await send("/console/broadcasts", "title=x", `${form}; charset=utf-16`),
      await send(
        "/console/broadcasts",
        '--X\r\nContent-Disposition: form-data; name="title"\r\n\r\nx',
        multipart,
      ),
    ]) {
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain("読み取れません");
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
    }
  });
});

describe("what each role may do", () => {
  const may: Record<string, string[]> = {
    viewer: [],
    author: ["write", "submit", "stop", "cancel"],
    approver: ["approve", "return", "stop", "cancel"],
    dutyOfficer: ["stop", "cancel"],
    administrator: ["write", "submit", "stop", "cancel"],
    auditor: [],
  };

  it.each(roles)("%s", async (role) => {
    const key = await world.staffWith("author");
    const make = async () => {
      const contents = { ja: { title: "題", body: "本文" } };
      const draft = {
        title: "t",
        audience: { everyone: true },
        contents,
        sendAt: new Date(clock.now() + 60 * minute).toISOString(),
      };
      return String((await key.post("/broadcasts", draft)).body["id"]);
    };
    const submitted = async () => {
      const id = await make();
      await key.post(`/broadcasts/${id}/submit`);
      return id;
    };
    const approved = async () => {
      const id = await submitted();
      const approver = await world.staffWith("approver");
      expect((await approver.post(`/broadcasts/${id}/approve`)).status).toBe(200);
      return id;
    };
    const visitor = await enter(role);
    const done: string[] = [];
    const tries: [string, () => Promise<{ status: number }>][] = [
      ["write", () => visitor.post("/console/broadcasts", notice)],
      ["submit", async () => visitor.post(`/console/broadcasts/${await make()}/submit`)],
      [
        "approve",
        async () => visitor.post(`/console/broadcasts/${await submitted()}/approve`, { version: "2" }),
      ],
      [
        "return",
        async () => visitor.post(`/console/broadcasts/${await submitted()}/return`, { comment: "no" }),
      ],
      ["stop", async () => visitor.post(`/console/broadcasts/${await approved()}/stop`)],
      ["cancel", async () => visitor.post(`/console/broadcasts/${await approved()}/cancel`)],
    ];
    for (const [name, attempt] of tries) {
      const { status } = await attempt();
      expect([303, 403, 409, 422]).toContain(status);
      if (status === 303) done.push(name);
    }
    expect(done).toEqual(may[role]);
    for (const path of ["/console", "/console/broadcasts"])
      expect((await visitor.get(path)).status).toBe(200);
    expect((await visitor.get("/console/broadcasts/new")).status).toBe(done.includes("write") ? 200 : 403);
  });
});

describe("every page", () => {
  it("escapes names, allows no inline script and no other site, and is never kept by caches", async () => {
    const author = await enter("author");
    const path = await write(author, { title: "<img src=x onerror=alert(1)>" });
    for (const each of ["/console", "/console/broadcasts", path, `${path}/edit`]) {
      const { html, headers } = await author.get(each);
      expect(html).not.toMatch(/<img src=x|<b>author|<script>| style="/);
      expect(headers.get("content-security-policy")).toContain("default-src 'self'");
      expect(headers.get("content-security-policy")).not.toContain("unsafe");
      expect(headers.get("cache-control")).toBe("no-store");
    }
  });

  it("and every other answer allows no inline style either", async () => {
    const stranger = visit(world);
    for (const path of ["/", "/nowhere", "/healthz", "/pictures/x.jpg", "/r/x", "/api/v1/openapi.json"]) {
      const policy = (await stranger.get(path)).headers.get("content-security-policy");
      expect([path, policy]).toEqual([path, "default-src 'none';frame-ancestors 'none'"]);
    }
  });

  it("an unknown broadcast or act is not found", async () => {
    const author = await enter("author");
    const path = await write(author);
    expect((await author.get("/console/broadcasts/nope")).status).toBe(404);
    expect((await author.post(`${path}/constructor`)).status).toBe(404);
    expect((await author.post(`${path}/__proto__`)).status).toBe(404);
    expect((await author.get("/console/nope")).status).toBe(404);
  });
});
