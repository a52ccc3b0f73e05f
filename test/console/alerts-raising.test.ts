import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { confirmOnPage, hiddenIn, raiseOnPage, textOf } from "../support/alert-pages.ts";
import { type StaffedConsole, openConsole } from "../support/console.ts";
import { type Person, createPerson } from "../support/person.ts";
import { seedResidents } from "../support/seed.ts";
import type { Visitor } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";

let staffed: StaffedConsole;
let officer: Visitor;
let other: Visitor;
let resident: Person;

beforeAll(async () => {
  staffed = await openConsole();
  const { world } = staffed;
  await seedResidents(world.config, world.line, 60);
  resident = createPerson(world, { language: "en" });
  await resident.follow();
  officer = await staffed.enter("dutyOfficer");
  other = await staffed.enter(await staffed.employ("second", "dutyOfficer"));
});
afterAll(() => staffed.world.end());

const got = (text: string) => resident.pushed().filter((each) => each.includes(text)).length;

async function sent(fields = {}, template?: string): Promise<string> {
  const path = await raiseOnPage(officer, fields, template);
  expect(await confirmOnPage(other, path)).toMatchObject({ status: 303, to: path });
  // In force from the confirmation on; sent when there is nothing more to watch.
  await waitFor("the alert to be sent", async () => {
    const { html } = await officer.get(path);
    return html.includes('class="standing open"') && !html.includes("sse-swap");
  });
  return path;
}

describe("raising an alert", () => {
  it("goes from the template to residents' phones by a form that needs no script", async () => {
    const list = await officer.get("/console/alerts");
    expect(list.html).toContain('href="/console/alerts/new"');
    const { html } = await officer.get("/console/alerts/new?template=evacuationLevel4&where=ward");
    expect(textOf(html)).toMatch(/みほん区全域の61人に送ります。/);
    expect(html).toContain('id="phone-ko"');

    const path = await raiseOnPage(officer);
    expect(textOf((await officer.get(path)).html)).toMatch(/別の人の確認を待っています.*\/console\/alerts\//);
    expect(textOf((await other.get("/console")).html)).toMatch(/確認を待っています.*警戒レベル４ 避難指示/);
    const asked = await other.get(path);
    expect(textOf(asked.html)).toMatch(/みほん区全域の61人に、今すぐ配信します。.*今すぐ配信する/);
    expect(got("Evacuation Order")).toBe(0);

    expect(await confirmOnPage(other, path)).toMatchObject({ status: 303, to: path });
    await waitFor("the phone to get it", () => got("Evacuation Order") === 1);
    await waitFor("the page to say so", async () =>
      textOf((await officer.get(path)).html).includes("61 人分をLINEに渡しました"),
    );
    expect(await confirmOnPage(other, path)).toMatchObject({ status: 303, to: path });
    expect(got("Evacuation Order")).toBe(1);
  });

  it("keeps what was typed when another template is chosen, and brings it back", async () => {
    const typed = {
      "b.note": "橋が通れません",
      "b.note.en": "The bridge is closed",
      "b.shelters": "gymnasium",
    };
    const first = await officer.post("/console/alerts/new", {
      template: "evacuationLevel4",
      district: ["kita", "minami"],
      next: "choose",
      ...typed,
    });
    const fields = { ...hiddenIn(first.html), ...typed, district: ["kita", "minami"] };
    const second = await officer.post("/console/alerts/new", { ...fields, template: "fraud" });
    expect(second.html).toMatch(/value="kita" checked/);
    expect(second.html).toContain("橋が通れません");
    const back = await officer.post("/console/alerts/new", {
      ...hiddenIn(second.html),
      "b.note": "橋が通れません",
      "b.note.en": "The bridge is closed",
      district: ["kita", "minami"],
      template: "evacuationLevel3",
    });
    expect(back.html).toMatch(/value="gymnasium" checked/);
    expect(back.html).toContain("The bridge is closed");
  });

  it("says at the field what is missing, and loses nothing", async () => {
    const { status, html } = await officer.post("/console/alerts/new", {
      mode: "live",
      template: "evacuationLevel4",
      where: "ward",
      "b.note": "橋が通れません",
      next: "raise",
    });
    expect(status).toBe(422);
    expect(html).toContain('<a href="#f-b.cause">');
    expect(html).toContain('id="f-b.cause-problem"');
    expect(html).toContain("橋が通れません");
    const nowhere = await officer.post("/console/alerts/new", {
      mode: "live",
      template: "evacuationLevel4",
      "b.cause": "flood",
      next: "raise",
    });
    expect([nowhere.status, nowhere.html.includes('href="#where"')]).toEqual([422, true]);
    expect(nowhere.html).toMatch(/value="flood" checked/);
    const neither = await officer.post("/console/alerts/new", {
      mode: "live",
      template: "evacuationLevel4",
      next: "raise",
    });
    expect(neither.html).toContain('<a href="#where">');
    expect(neither.html).toContain('<a href="#f-b.cause">');
    const both = await officer.post("/console/alerts/new", {
      mode: "live",
      template: "evacuationLevel4",
      "b.cause": "flood",
      where: "ward",
      district: "kita",
      next: "raise",
    });
    expect([both.status, both.html.includes("全域と地区の両方")]).toEqual([422, true]);
    const late = await officer.post("/console/alerts/new", {
      mode: "live",
      template: "fraud",
      where: "ward",
      expiresAt: "2001-01-01T00:00",
      next: "raise",
    });
    expect([late.status, late.html.includes('href="#f-expiresAt"')]).toEqual([422, true]);
  });

  it("marks in each language what nobody translated, and counts by district", async () => {
    const { html } = await officer.post("/console/alerts/beside", {
      template: "evacuationLevel4",
      district: ["kita"],
      "b.note": "橋が通れません",
      "b.note.en": "The bridge is closed",
    });
    const text = textOf(html);
    expect(text).toMatch(/北と地区未登録の\d+人に送ります。/);
    expect(text).toMatch(/한국어\s+未訳：/);
    expect(text).not.toMatch(/English\s+未訳：/);
    expect(text).toContain("The bridge is closed");
  });

  it("says who is left out where the template's rule is narrower than everybody", async () => {
    const of = async (template: string) =>
      textOf(
        (await officer.post("/console/alerts/beside", { template, district: ["kita"], "b.kind": "bank" }))
          .html,
      );
    expect(await of("evacuationLevel4")).not.toContain("届きません");
    expect(await of("waterFailure")).toMatch(/分野を受け取っていない人には届きません/);
  });

  it("makes one alert of a button pressed twice", async () => {
    const { html } = await officer.get("/console/alerts/new?template=evacuationLevel3");
    const form = {
      ...hiddenIn(html),
      template: "evacuationLevel3",
      where: "ward",
      "b.cause": "flood",
      next: "raise",
    };
    const once = await officer.post("/console/alerts/new", form);
    const twice = await officer.post("/console/alerts/new", form);
    expect(twice.to).toBe(once.to);
  });

  it("says to whoever comes too late what somebody else did with it, and sends nothing", async () => {
    const discarded = await raiseOnPage(officer);
    const { html } = await other.get(discarded);
    await officer.post(`${discarded}/discard`);
    const late = await other.post(`${discarded}/confirm`, { version: hiddenIn(html)["version"] ?? "" });
    expect(late.status).toBe(409);
    expect(textOf(late.html)).toContain("すでに取りやめになっています。住民には送られていません。");

    const confirmed = await raiseOnPage(officer);
    await confirmOnPage(other, confirmed);
    const tooLate = await officer.post(`${confirmed}/discard`);
    expect(tooLate.status).toBe(409);
    expect(textOf(tooLate.html)).toContain("すでにほかの人が確認し、送り始めています。");
  });

  it("shows a viewer what goes on, and offers them nothing to press", async () => {
    const viewer = await staffed.enter("viewer");
    const path = await raiseOnPage(officer);
    const { html } = await viewer.get(path);
    expect(html).not.toMatch(/action="\/console\/alerts/);
    expect((await viewer.get("/console/alerts")).html).not.toContain("/console/alerts/new");
    expect(await viewer.post(`${path}/confirm`)).toMatchObject({ status: 409 });
    expect(await viewer.post(`${path}/discard`)).toMatchObject({ status: 409 });
    expect(await officer.post(`${path}/discard`)).toMatchObject({ status: 303 });
    expect(textOf((await officer.get(path)).html)).toContain("送られませんでした。");
  });

  it("leads from the page of a broadcast to that of the alert", async () => {
    const path = await raiseOnPage(officer);
    expect(await officer.get(path.replace("alerts", "broadcasts"))).toMatchObject({ to: path });
    expect(await officer.get("/console/alerts/nope")).toMatchObject({ status: 404 });
  });
});

describe("sending alone", () => {
  const alone = { alone: "yes", reason: "川があふれ始めた" };

  it("takes the phrase typed exactly, in any width, and a reason", async () => {
    const path = await raiseOnPage(officer);
    expect(await confirmOnPage(officer, path)).toMatchObject({ status: 409 });
    const wrong = await confirmOnPage(officer, path, { ...alone, phrase: "訓練配信" });
    expect(wrong.status).toBe(409);
    expect(wrong.html).toContain('id="f-phrase-problem"');
    expect(wrong.html).toContain("川があふれ始めた");
    const silent = await confirmOnPage(officer, path, { ...alone, reason: " ", phrase: "緊急配信" });
    expect([silent.status, silent.html.includes('id="f-reason-problem"')]).toEqual([409, true]);
    expect(await confirmOnPage(officer, path, { ...alone, phrase: "ＳＥＮＤ　ＡＬＥＲＴ " })).toMatchObject({
      status: 303,
    });
    expect(textOf((await other.get(path)).html)).toMatch(/一人で送った理由 川があふれ始めた/);
  });

  it("is not offered where the template does not allow it, nor to others", async () => {
    const path = await raiseOnPage(officer, { "b.kind": "bank" }, "waterFailure");
    expect((await officer.get(path)).html).not.toContain('name="phrase"');
    const forced = await confirmOnPage(officer, path, { ...alone, phrase: "緊急配信" });
    expect([forced.status, textOf(forced.html).includes("一人では送れません")]).toEqual([409, true]);
    const others = await raiseOnPage(other);
    expect((await officer.get(others)).html).not.toContain('name="phrase"');
  });
});

describe("following up", () => {
  it("corrects in one step, to those who were handed it, and the alert is over then", async () => {
    const before = got("CORRECTION");
    const path = await sent();
    const { html } = await officer.get(path);
    for (const kind of ["update", "correction", "allClear"]) expect(html).toContain(`follow-up?kind=${kind}`);
    const prepared = await officer.get(`${path}/follow-up?kind=correction`);
    expect(textOf(prepared.html)).toMatch(/もとの配信を渡した人のうち、いまも登録している61人に送ります/);
    expect(prepared.html).toContain('id="phone-zh-Hans"');
    const { to } = await officer.post(`${path}/follow-up`, hiddenIn(prepared.html));
    expect((await officer.get(to ?? "")).html).toContain(`href="${path}"`);
    expect(await confirmOnPage(other, to ?? "")).toMatchObject({ status: 303 });
    await waitFor("the phone to get it", () => got("CORRECTION") === before + 1);
    const over = await officer.get(path);
    expect(over.html).toContain('class="standing over"');
    expect(over.html).toContain(`href="${to}"`);
    expect(over.html).not.toContain("follow-up?kind=");
  });

  it("updates by changing the blanks of the alert, in its own words", async () => {
    const path = await sent({ "b.cause": "flood", "b.shelters": "gymnasium" });
    const { html } = await officer.get(`${path}/follow-up?kind=update`);
    expect(html).toMatch(/value="flood" checked/);
    expect(html).toMatch(/value="gymnasium" checked/);
    const fields = { ...hiddenIn(html), "b.cause": "landslide", "b.shelters": "culturalHall" };
    const beside = await officer.post(`${path}/follow-up/beside`, fields);
    expect(textOf(beside.html)).toMatch(/土砂災害.*みほん文化会館/);
    const { to } = await officer.post(`${path}/follow-up`, fields);
    expect(textOf((await other.get(to ?? "")).html)).toMatch(/土砂災害/);
    const freely = await officer.get(`${path}/follow-up?kind=update&template=update`);
    expect(freely.html).toContain('name="b.text"');
  });

  it("marks an all-clear as told, never as in force", async () => {
    const path = await sent();
    const { to: given } = await officer.post(`${path}/follow-up`, { kind: "allClear" });
    const to = given ?? "";
    await confirmOnPage(other, to);
    await waitFor("the all-clear to be handed over", async () =>
      textOf((await officer.get(to)).html).includes("お知らせ済み"),
    );
    expect((await officer.get(to)).html).not.toContain('class="standing open"');
    expect(textOf((await officer.get("/console/alerts")).html)).toMatch(/解除.*お知らせ済み/);
  });

  it("ends it without a word, and stops and resumes without a word", async () => {
    const path = await sent();
    const before = resident.pushed().length;
    expect(await officer.post(`${path}/end`)).toMatchObject({ status: 303 });
    expect((await officer.get(path)).html).toContain('class="standing over"');
    expect(resident.pushed().length).toBe(before);
    expect(await officer.post(`${path}/stop`)).toMatchObject({ status: 409 });
  });
});

it("the page of what a rule raised names the rule, and leads to what was heard", async () => {
  const heard = await openConsole({ listens: true, simulator: { municipality: { name: "みほん区" } } });
  try {
    heard.world.line.platform.jma.happen("earthquake");
    const viewer = await heard.enter("viewer");
    const list = await waitFor("the alert", async () => {
      const { html } = await viewer.get("/console/alerts");
      return html.includes('class="alert-line-head"') ? html : undefined;
    });
    expect(textOf(list)).toContain("自動のきまり");
    const path = /\/console\/alerts\/0[0-9A-Z]{25}/.exec(list)?.[0] ?? "";
    const link = /\/console\/feeds\/[^"]+/.exec((await viewer.get(path)).html.split("<main")[1] ?? "")?.[0];
    expect(await viewer.get(link ?? "")).toMatchObject({ status: 200 });
  } finally {
    await heard.world.end();
  }
});
