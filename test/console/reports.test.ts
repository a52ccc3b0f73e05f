import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roles } from "../../src/staff/permissions.ts";
import { tokyoDate } from "../../src/shared/tokyo.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, createMovableClock, openOffice } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { type World, startWorld } from "../support/world.ts";

const hour = 60 * 60 * 1000;
let world: World;
let office: Office;
let clock: ReturnType<typeof createMovableClock>;
let logins: { staffId: string; name: string; role: string }[];

beforeEach(async () => {
  clock = createMovableClock();
  logins = [];
  world = await startWorld({
    overrides: { clock, demoLogins: () => logins },
    environment: { PUBLIC_URL: "https://kairan.example" },
  });
  office = await openOffice(world);
  for (const role of roles) {
    const { body } = await world.admin.post("/staff", {
      name: role,
      email: `${role.toLowerCase()}@example.jp`,
      roles: [role],
    });
    logins.push({ staffId: String(body["id"]), name: role, role });
  }
});
afterEach(() => world.end());

async function enter(role: string, language?: string): Promise<Visitor> {
  const visitor = visit(world, language);
  const staffId = logins.find((login) => login.role === role)?.staffId ?? "";
  expect(await visitor.post("/console/sign-in", { staffId })).toMatchObject({ status: 303 });
  return visitor;
}

const link = { label: "押す", url: "https://ward.example/a" };
const contents = { ja: { title: "題", body: "本文", link } };
const forAll = { contents, missingTranslations: "fallback" };

/** Follows the button of a notice, as residents do. */
async function tap(id: string): Promise<void> {
  const { createLinks } = await import("../../src/broadcasts/links.ts");
  const secret = world.config.authSecret;
  const url = createLinks("https://kairan.example", secret).linkFor(id, "ja")?.(link.url) ?? "";
  const answer = await fetch(`${world.kairan.url}${new URL(url).pathname}`, { redirect: "manual" });
  expect(answer.status).toBe(302);
}

const text = (html: string) =>
  html
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .replaceAll("&nbsp;", " ");

describe("the report of a broadcast", () => {
  it("says at once who was addressed, what LINE accepted, what was tapped and what that means", async () => {
    const users = await seedResidents(world.config, world.line, 60);
    const id = await office.send(forAll);
    await office.sent(id);
    await tap(id);
    await tap(id);
    for (const user of users.slice(0, 2)) await world.line.platform.block(user);
    const viewer = await enter("viewer");
    const path = `/console/broadcasts/${id}/report`;
    const { status, html } = await viewer.get(path);
    expect(status).toBe(200);
    const said = text(html);
    expect(said).toContain("登録者全員");
    expect(said).toMatch(/LINE受付 60人 LINEが受け取ったという意味で、読まれたという意味ではありません/);
    expect(said).toMatch(/リンクのタップ 2回/);
    expect(said).toContain("だれが押したかは分かりません");
    expect(html).not.toMatch(/ style=|<style/);

    const languages = await viewer.get(`${path}/languages.csv`);
    expect(languages.headers.get("content-type")).toContain("text/csv");
    expect(languages.headers.get("content-disposition")).toContain("filename*=UTF-8''");
    expect(languages.html).toMatch(/^\uFEFF?ことば,対象,LINE受付/);
    expect(languages.html).toMatch(/\r\n合計,60,60,0,0,0,0\r\n$/);
    expect((await viewer.get(`${path}/taps.csv`)).html).toMatch(/合計,2,2\r\n$/);
    expect((await viewer.get(`${path}/after.csv`)).html.trimEnd().split("\r\n")).toHaveLength(26);
  });

  it("counts who blocked in the 24 hours after, and says while they are still running", async () => {
    const users = await seedResidents(world.config, world.line, 10);
    const id = await office.send(forAll);
    await office.sent(id);
    const viewer = await enter("viewer");
    const report = async () => text((await viewer.get(`/console/broadcasts/${id}/report`)).html);
    expect(await report()).toContain("まだ途中の数です");
    for (const user of users.slice(0, 3)) await world.line.platform.block(user);
    await expect.poll(report).toContain("24時間のブロック 3人");
    clock.advance(7 * hour);
    clock.advance(18 * hour);
    const later = text((await (await enter("viewer")).get(`/console/broadcasts/${id}/report`)).html);
    expect(later).not.toContain("まだ途中の数です");
    expect(later).toContain("24時間のブロック 3人");
  });

  it("of a draft says that nothing was sent yet; of an unknown one that there is none", async () => {
    const viewer = await enter("viewer");
    const id = await office.write();
    expect(text((await viewer.get(`/console/broadcasts/${id}/report`)).html)).toContain(
      "まだ送られていません",
    );
    await office.author.post(`/broadcasts/${id}/cancel`);
    expect(text((await viewer.get(`/console/broadcasts/${id}/report`)).html)).toContain("送られませんでした");
    for (const path of [
      `/console/broadcasts/${id}/report/languages.csv`,
      `/console/broadcasts/${id}/report/occurrences.csv`,
      "/console/broadcasts/nope/report",
      "/console/broadcasts/nope/report/languages.csv",
      "/console/reports/nope.csv",
      "/console/reports/__proto__",
      "/console/residents/nope.csv",
      "/console/residents/all",
    ])
      expect([path, (await viewer.get(path)).status]).toEqual([path, 404]);
  });

  it("of a series shows each time it went, and their sum", async () => {
    await seedResidents(world.config, world.line, 20);
    const series = await office.send({
      ...forAll,
      title: "=cmd|'/c calc'!A1",
      repeat: { cron: "0 * * * *" },
    });
    clock.advance(hour - (clock.now() % hour) + 1_000);
    const children = async () =>
      (await office.author.get(`/broadcasts?state=sent`)).body["broadcasts"] as { seriesId: string }[];
    await expect
      .poll(async () => (await children()).filter(({ seriesId }) => seriesId === series).length, {
        timeout: 10_000,
      })
      .toBe(1);
    const viewer = await enter("viewer");
    const { html } = await viewer.get(`/console/broadcasts/${series}/report`);
    expect(text(html)).toMatch(/合計 – 20 20 0/);
    const file = await viewer.get(`/console/broadcasts/${series}/report/occurrences.csv`);
    expect(file.html).toContain("\r\n'=cmd|'/c calc'!A1,");
    expect(file.html).toMatch(/合計,,20,20,0,,\r\n$/);
  });
});

describe("all of a period", () => {
  it("by month and category, for the months asked for, and as files", async () => {
    await seedResidents(world.config, world.line, 60);
    const id = await office.send({ ...forAll, audience: { categories: { anyOf: ["childcare"] } } });
    await office.sent(id);
    const { accepted } = await office.delivery(id);
    const viewer = await enter("viewer", "en");
    const month = tokyoDate(clock.now()).slice(0, 7);
    const { html } = await viewer.get("/console/reports");
    expect(text(html)).toMatch(/Broadcasts 1 /);
    expect(html).toContain(`/console/broadcasts/${id}/report`);
    const byCategory = await viewer.get(`/console/reports/by-category.csv?from=${month}&to=${month}`);
    expect(byCategory.html).toContain(`Childcare,1,${String(accepted)},0,`);
    const byMonth = await viewer.get(`/console/reports/by-month.csv?from=${month}&to=${month}`);
    expect(byMonth.html.trimEnd().split("\r\n")).toHaveLength(3);
    const empty = await viewer.get("/console/reports/broadcasts.csv?from=2020-01&to=2020-02");
    expect(empty.html.trimEnd().split("\r\n")).toHaveLength(1);
  });

  it("a period that makes no sense is answered with the usual one, and says so", async () => {
    const viewer = await enter("viewer");
    for (const query of [
      "from=2026-11&to=2025-01",
      "from=x",
      "to=2026-13&from=2026-01",
      "from=2026-01&from=2026-02&to=2026-03",
    ]) {
      const { status, html } = await viewer.get(`/console/reports?${query}`);
      expect([status, text(html).includes("期間が正しくありません")]).toEqual([200, true]);
    }
    const long = text((await viewer.get("/console/reports?from=2001-01&to=2026-11")).html);
    expect(long).toContain("36か月まで");
  });
});

describe("residents", () => {
  it("are shown in totals; nobody is listed, and few people in one district and language are not counted out", async () => {
    const users = await seedResidents(world.config, world.line, 300);
    clock.advance(61_000);
    const viewer = await enter("viewer");
    const { status, html } = await viewer.get("/console/residents");
    expect(status).toBe(200);
    expect(text(html)).toContain("登録者 300人");
    expect(users.some((user) => html.includes(user))).toBe(false);
    expect(html).not.toMatch(/ style=|<style/);
    const cross = await viewer.get("/console/residents/district-language.csv");
    const cells = cross.html
      .trimEnd()
      .split("\r\n")
      .slice(1)
      .flatMap((line) => line.split(",").slice(1));
    expect(cells).toContain("10人未満");
    for (const cell of cells)
      expect(cell === "10人未満" || cell === "非表示" || Number(cell) >= 10).toBe(true);
  });

  it("every file that the page offers can be saved, for both spans", async () => {
    await seedResidents(world.config, world.line, 30);
    clock.advance(61_000);
    const viewer = await enter("viewer");
    for (const span of ["30d", "12m"]) {
      const { html } = await viewer.get(`/console/residents?span=${span}`);
      const files = [...html.matchAll(/href="(\/console\/residents\/[^"]+)"/g)].map(([, path]) => path ?? "");
      expect(files.length).toBeGreaterThan(4);
      for (const file of [...files, `/console/residents/daily-language.csv?span=${span}`]) {
        const { status, headers } = await viewer.get(file);
        expect([file, status, headers.get("content-type")]).toEqual([file, 200, "text/csv; charset=utf-8"]);
      }
    }
  });

  it("a ward without a single follower sees words, not an empty frame", async () => {
    const viewer = await enter("viewer");
    for (const path of ["/console/residents", "/console/residents?span=12m", "/console/reports"]) {
      const { status, html } = await viewer.get(path);
      expect([status, html.includes("NaN"), html.includes("undefined")]).toEqual([200, false, false]);
    }
    expect(text((await viewer.get("/console/reports")).html)).toContain("この期間に送った配信はありません");
  });
});

describe("who may look", () => {
  it.each(roles)("%s may", async (role) => {
    const id = await office.write();
    const visitor = await enter(role);
    for (const path of ["/console/reports", "/console/residents", `/console/broadcasts/${id}/report`])
      expect((await visitor.get(path)).status).toBe(200);
  });

  it("whoever is not signed in is led to the sign-in page", async () => {
    for (const path of ["/console/reports", "/console/reports/by-month.csv", "/console/residents/moves.csv"])
      expect(await visit(world).get(path)).toMatchObject({
        status: 303,
        to: `/console/sign-in?to=${encodeURIComponent(path)}`,
      });
  });
});
