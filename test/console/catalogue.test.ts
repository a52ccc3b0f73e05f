import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { roles } from "../../src/staff/permissions.ts";
import { type Person, createPerson } from "../support/person.ts";
import { createMovableClock, openOffice } from "../support/sending.ts";
import { type Shown, type Visitor, visit } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const day = 86_400_000;
const languages = ["ja", "ja-x-easy", "en", "zh-Hans", "ko"];

let world: World;
let clock: ReturnType<typeof createMovableClock>;
let logins: { staffId: string; name: string; role: string }[];
let administrator: Visitor;

beforeEach(async () => {
  clock = createMovableClock();
  logins = [];
  world = await startWorld({ overrides: { clock, demoLogins: () => logins } });
  for (const role of roles) {
    const email = `${role.toLowerCase()}@example.jp`;
    const { body } = await world.admin.post("/staff", { name: role, email, roles: [role] });
    logins.push({ staffId: String(body["id"]), name: role, role });
  }
  administrator = await enter("administrator");
});
afterEach(async () => {
  await world.end();
});

async function enter(role: string, language = "en"): Promise<Visitor> {
  const visitor = visit(world, language);
  const staffId = logins.find((login) => login.role === role)?.staffId ?? "";
  expect(await visitor.post("/console/sign-in", { staffId })).toMatchObject({ status: 303 });
  return visitor;
}

/** A field for each language: the English name, with the language where it is another one. */
function named(name: string): Record<string, string> {
  return Object.fromEntries(
    languages.map((language) => [`name.${language}`, language === "en" ? name : `${name} ${language}`]),
  );
}

function versionOf({ html }: Shown): string {
  return /name="version" value="(\d+)"/.exec(html)?.[1] ?? "";
}

/** Opens the page of a form and posts it, as a browser would. */
async function fill(
  path: string,
  fields: Record<string, string> = {},
  to: string = path,
  visitor: Visitor = administrator,
): Promise<Shown> {
  const version = versionOf(await visitor.get(path));
  return visitor.post(to, { version, ...fields });
}

const at = "/console/catalogue";
const add = (name: string, fields: Record<string, string> = {}) =>
  fill(`${at}/add/categories`, { group: "living", ...named(name), ...fields });
const retire = (id: string, kind = "categories") => fill(`${at}/${kind}/${id}/retire`);
const bringBack = (id: string, kind = "categories") => fill(at, {}, `${at}/${kind}/${id}/bring-back`);
const move = (direction: string, id: string, kind = "categories") =>
  fill(at, { direction }, `${at}/${kind}/${id}/move`);

interface WardAnswer {
  groups: { id: string; names: Record<string, string> }[];
  categories: { id: string; group: string; names: Record<string, string> }[];
  districts: { id: string; names: Record<string, string> }[];
}
const ward = async () => (await world.admin.get("/ward")).body as unknown as WardAnswer;
const categoriesIn = async (group: string) =>
  (await ward()).categories.filter((each) => each.group === group).map(({ id }) => id);

/** Somebody who reads English and has been shown the categories. */
async function resident(): Promise<Person> {
  const person = createPerson(world, { language: "en-US" });
  await person.follow();
  await person.press("English");
  await person.say("topics");
  return person;
}

describe("a category that is added", () => {
  it("is offered on the phone at once, chosen, counted, and a broadcast to it arrives; also after a restart", async () => {
    const person = await resident();
    expect(person.canPress()).not.toContain("School meals: on");
    const made = await add("School meals");
    expect(made).toMatchObject({ status: 303 });
    expect(made.to).toContain("id=schoolMeals#done");
    expect((await administrator.get(made.to ?? "")).html).toContain("“School meals” has been added");

    await person.say("topics");
    await person.press("School meals: on");
    await person.press("Done");
    await person.say("settings");
    expect(person.reads()).toContain("School meals");
    // Its name, written in whatever language, leads to its group.
    await person.say("school meals KO");
    expect(person.canPress()).toContain("School meals: off");
    expect((await administrator.get(at)).html).toContain("chosen by 1<");

    const audience = { categories: { anyOf: ["schoolMeals"] } };
    const estimate = await world.admin.post("/audience/estimate", { audience });
    expect(estimate.body).toMatchObject({ total: 1, byLanguage: { en: 1 } });
    expect((estimate.body["explanation"] as { en: string }).en).toContain("School meals");
    const author = await enter("author");
    expect((await author.get("/console/broadcasts/new")).html).toContain('value="schoolMeals"');

    const office = await openOffice(world);
    await office.sent(await office.send({ audience }));
    expect(person.pushed()).toHaveLength(1);

    await world.restart();
    expect(await categoriesIn("living")).toContain("schoolMeals");
    const second = await resident();
    await second.press("School meals: on");
    await office.sent(await office.send({ audience }));
    expect([person.pushed().length, second.pushed().length]).toEqual([2, 1]);
  });

  it("needs a name in every language, of its own, of a bearable length; what was typed stays", async () => {
    const blank = await add("Bees", { "name.ko": " ", "name.zh-Hans": "x".repeat(41), "name.ja": "防災" });
    expect(blank.status).toBe(422);
    expect(blank.html).toContain("한국어: Write a name.");
    expect(blank.html).toContain("简体中文: At most 40 characters.");
    expect(blank.html).toContain('value="Bees"');
    const taken = await add("childcare");
    expect(taken.html).toContain("English: Something else has this name.");
    for (const odd of ["turned \u202E around", "two\u0000halves"])
      expect((await add(odd)).html).toContain("It has characters that cannot be used.");
    expect((await ward()).categories).toHaveLength(18);
  });

  it("has an id of its own for ever: typed or made, never one that somebody had", async () => {
    expect(await add("Bees", { id: "bees-and-wasps" })).toMatchObject({ status: 303 });
    for (const id of ["Bees", "bees and", "__proto__", "b".repeat(41)])
      expect((await add("Other", { id })).html).toContain("begins with a small letter");
    for (const id of ["bees-and-wasps", "childcare"])
      expect((await add("Other", { id })).html).toContain("This ID is in use");
    await add("第三の道", { "name.en": "蜂" });
    await add("もう一つ", { "name.en": "蟻" });
    await add("Childcare!");
    await add("Constructor");
    expect((await ward()).categories.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["bees-and-wasps", "category1", "category2", "childcare2", "constructor"]),
    );
    await retire("bees-and-wasps");
    expect((await add("Other", { id: "bees-and-wasps" })).html).toContain("This ID is in use");
  });

  it("a name that is HTML is a name, on every page and on the phone", async () => {
    const evil = `<b>"R&D"</b><script>`;
    const made = await add(evil);
    const id = /id=([^#]+)/.exec(made.to ?? "")?.[1] ?? "";
    for (const path of [made.to ?? "", `${at}/categories/${id}`, `${at}/categories/${id}/retire`]) {
      const { html } = await administrator.get(path);
      expect(html).toContain("&lt;b>");
      expect(html).not.toContain("<b>");
    }
    const person = await resident();
    expect(person.reads()).toContain(evil);
    await person.press(`${evil}: on`);
    expect(person.reads()).toContain("☑");
  });

  it("of the longest names twelve fit into a group, and LINE takes the screen; a thirteenth is refused", async () => {
    for (let number = 6; number <= 12; number++) {
      const name = `${number}👨‍👩‍👧‍👦`.padEnd(36, "長");
      const fields = Object.fromEntries(languages.map((each, n) => [`name.${each}`, `${name}${n}`]));
      expect(await add("", fields)).toMatchObject({ status: 303 });
    }
    const person = await resident();
    expect(person.reads().filter((text) => text.includes("👨‍👩‍👧‍👦"))).not.toEqual([]);
    expect((await add("One too many")).html).toContain("“Daily life” already has 12");
  });

  it("64 ids are all a ward ever gets, retired ones included; the page says how many are left", async () => {
    expect((await administrator.get(at)).html).toContain("that can still be added: 46 (64");
    const groups = ["living", "safety", "family", "care", "community"];
    for (let number = 0; number < 46; number++) {
      const made = await add(`Thing ${number}`, { group: groups[number % 5] ?? "" });
      expect(made.status, made.html.slice(0, 200)).toBe(303);
      if (number > 20) await retire(`thing${number}`);
    }
    expect((await administrator.get(at)).html).toContain("that can still be added: 0 (64");
    expect((await add("The 65th")).html).toContain("All 64 places are taken");
    expect(await bringBack("thing45")).toMatchObject({ status: 303 });
    await world.restart();
    expect(await categoriesIn("living")).toContain("thing45");
  });
});

describe("retiring", () => {
  it("says before what happens to whom, hides it, and bringing it back brings its subscribers", async () => {
    await add("School meals");
    const [chooser, both] = [await resident(), await resident()];
    for (const person of [chooser, both]) await person.press("School meals: on");
    await both.say("topics");
    await both.press("Events: on");
    const office = await openOffice(world);
    const audience = { categories: { anyOf: ["schoolMeals"] } };
    const sent = await office.send({ audience });
    await office.sent(sent);
    const draft = await office.write({ audience, title: "Menu of the week" });
    const submitted = await office.submit({ audience, title: "Menu of the month" });

    const { html } = await administrator.get(`${at}/categories/schoolMeals/retire`);
    expect(html).toContain("People who have chosen this category now: 2.");
    expect(html).toContain("They are not told");
    expect(html).toContain(`href="/console/broadcasts/${draft}">Menu of the week`);
    expect(html).toContain(`href="/console/broadcasts/${submitted}">Menu of the month`);
    expect(html).not.toContain(`href="/console/broadcasts/${sent}"`);
    expect(await retire("schoolMeals")).toMatchObject({ status: 303 });

    // Not offered, not counted, not addressed; nobody is told anything.
    await both.say("topics");
    expect(both.reads()).not.toContain("School meals");
    await both.say("settings");
    expect(both.reads()).toContain("Events");
    expect(both.pushed()).toHaveLength(1);
    expect((await ward()).categories.map(({ id }) => id)).not.toContain("schoolMeals");
    const estimate = await world.admin.post("/audience/estimate", { audience });
    expect(estimate).toMatchObject({
      status: 422,
      body: { errors: [{ code: "retired_id", value: "schoolMeals" }] },
    });
    expect(await office.author.post(`/broadcasts/${draft}/submit`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: "audience.categories.anyOf", code: "retired_id" }] },
    });
    expect(await office.approver.post(`/broadcasts/${submitted}/approve`)).toMatchObject({ status: 422 });
    const author = await enter("author");
    expect((await author.post(`/console/broadcasts/${draft}/submit`)).html).toContain(
      "“School meals” has been retired",
    );
    // What was sent keeps its record, with the name.
    expect(JSON.stringify((await office.read(sent))["explanation"])).toContain("School meals");

    await world.restart();
    administrator = await enter("administrator");
    const page = (await administrator.get(at)).html;
    expect(page).toContain("2 still on record");
    // Changing something else leaves the hidden choice alone.
    await both.say("topics");
    await both.press("Events: off");

    expect(await bringBack("schoolMeals")).toMatchObject({ status: 303 });
    await chooser.say("settings");
    expect(chooser.reads()).toContain("School meals");
    await office.approver.post(`/broadcasts/${submitted}/approve`);
    await office.sent(submitted);
    expect([chooser.pushed().length, both.pushed().length]).toEqual([2, 2]);
  });

  it("never falls out of a draft unseen: it stands there ticked, and the rule is not made wider by itself", async () => {
    const author = await enter("author");
    const text = { when: "approved", fallback: "yes", "title.ja": "t", "body.ja": "b" };
    const rule = { to: "chosen", category: "culture", district: "kita" };
    const { to } = await author.post("/console/broadcasts", { title: "Concert", ...rule, ...text });
    await retire("culture");
    await retire("kita", "districts");
    const { html } = await author.get(`${to}/edit`);
    for (const id of ["culture", "kita"])
      expect(html).toMatch(new RegExp(`value="${id}" checked|checked[^>]*value="${id}"`));
    const version = versionOf({ html } as Shown);
    const save = (fields: Record<string, string>) =>
      author.post(`${to}/edit`, {
        title: "Concert",
        version,
        next: "save",
        ...text,
        to: "chosen",
        ...fields,
      });
    const refused = await save({ category: "culture", district: "kita" });
    expect(refused.html).toContain("“Culture, sports, libraries” has been retired");
    expect(refused.html).toContain("“Kita” has been retired");
    expect(await save({ category: "events" })).toMatchObject({ status: 303 });
  });

  it("an old button of a retired category does nothing but say so", async () => {
    const person = await resident();
    const offer = world.line.platform.offers(person.id).find(({ label }) => label === "Events: on");
    await retire("events");
    if (offer === undefined) throw new Error("Nothing is labelled so.");
    await world.line.platform.press(person.id, offer.action);
    await waitFor("the answer", () => person.reads().some((text) => text.includes("out of date")));
  });

  it("is refused while an approved, stopped or repeating broadcast names it, in whatever tab it is pressed", async () => {
    const office = await openOffice(world);
    const sendAt = new Date(clock.now() + day).toISOString();
    const audience = { districts: { anyOf: ["kita"] }, categories: { anyOf: ["events", "culture"] } };
    const stale = versionOf(await administrator.get(`${at}/categories/events/retire`));
    const scheduled = await office.send({ audience, sendAt, title: "Tomorrow" });
    const repeating = await office.send({ audience, repeat: { cron: "0 9 1 * *" }, title: "Each month" });
    await office.approver.post(`/broadcasts/${repeating}/stop`);

    for (const path of [`${at}/categories/events/retire`, `${at}/districts/kita/retire`]) {
      const { html } = await administrator.get(path);
      expect(html).toContain("broadcasts that are still going out use it");
      expect(html).toContain(`href="/console/broadcasts/${scheduled}">Tomorrow`);
      expect(html).toContain(`href="/console/broadcasts/${repeating}">Each month`);
      expect(html).not.toContain(">Retire it<");
      expect(await administrator.post(path, { version: stale })).toMatchObject({ status: 409 });
    }
    await office.approver.post(`/broadcasts/${repeating}/cancel`);
    await office.approver.post(`/broadcasts/${scheduled}/cancel`);
    expect(await administrator.post(`${at}/categories/events/retire`, { version: stale })).toMatchObject({
      status: 303,
    });
  });

  it("and approving at the same moment: one of the two is refused, whichever comes second", async () => {
    const office = await openOffice(world);
    const sendAt = new Date(clock.now() + day).toISOString();
    for (const id of ["events", "culture", "health", "welfare", "seniors", "garbage"]) {
      const broadcast = await office.submit({ audience: { categories: { anyOf: [id] } }, sendAt });
      const version = versionOf(await administrator.get(`${at}/categories/${id}/retire`));
      const [approved, retired] = await Promise.all([
        office.approver.post(`/broadcasts/${broadcast}/approve`),
        administrator.post(`${at}/categories/${id}/retire`, { version }),
      ]);
      expect([approved.status === 200, retired.status === 303].filter(Boolean)).toHaveLength(1);
    }
  });

  it("what would leave a group or the ward without choices, or is for emergencies, stays", async () => {
    for (const [path, sentence] of [
      ["categories/disaster", "for emergencies cannot be retired"],
      ["categories/childcare", "birth months are asked"],
      ["categories/nonsense", undefined],
      ["groups/safety", undefined],
    ] as const) {
      const shown = await administrator.get(`${at}/${path}/retire`);
      if (sentence === undefined) expect(shown.status).toBe(404);
      else {
        expect(shown.html).toContain(sentence);
        expect(await retire(path.split("/")[1] ?? "")).toMatchObject({ status: 409 });
      }
    }
    await retire("newsletter");
    await retire("events");
    expect((await retire("culture")).html).toContain("the last category of “Events and news”");
    expect(
      (await fill(`${at}/categories/culture`, { group: "living", ...(await namesOf("culture")) })).html,
    ).toContain("the last category of “Events and news”");
    expect(await categoriesIn("community")).toEqual(["culture"]);
  });

  it("a name that was given away meanwhile keeps it from coming back until one of them is renamed", async () => {
    await retire("events");
    await add("Events");
    expect((await bringBack("events")).html).toContain("English: Something else has this name.");
    await fill(`${at}/categories/events`, { group: "community", ...named("Old events") });
    expect(await bringBack("events")).toMatchObject({ status: 303 });
  });
});

async function namesOf(id: string): Promise<Record<string, string>> {
  const found = (await ward()).categories.find((each) => each.id === id)?.names ?? {};
  return Object.fromEntries(Object.entries(found).map(([language, name]) => [`name.${language}`, name]));
}

describe("names and order", () => {
  it("a renamed category, district or group has its new name everywhere, in every language", async () => {
    await fill(`${at}/categories/garbage`, { group: "living", ...named("Waste  and\tmore") });
    await fill(`${at}/districts/kita`, named("The north"));
    await fill(`${at}/groups/living`, named("Every day"));
    const person = await resident();
    expect(person.reads()).toEqual(expect.arrayContaining(["Waste and more", "Every day"]));
    await person.say("district");
    expect(person.reads()).toContain("The north");
    const { categories, districts, groups } = await ward();
    expect(categories.find(({ id }) => id === "garbage")?.names["ko"]).toBe("Waste and more ko");
    expect(districts.find(({ id }) => id === "kita")?.names["ja"]).toBe("The north ja");
    expect(groups.find(({ id }) => id === "living")?.names["zh-Hans"]).toBe("Every day zh-Hans");
  });

  it("goes up and down among what is offered, and to another group, also past what is retired", async () => {
    expect(await categoriesIn("care")).toEqual(["health", "welfare", "seniors", "disability"]);
    await retire("welfare");
    await move("up", "seniors");
    expect(await categoriesIn("care")).toEqual(["seniors", "health", "disability"]);
    await move("down", "seniors");
    await move("down", "seniors");
    await move("down", "seniors");
    expect(await categoriesIn("care")).toEqual(["health", "disability", "seniors"]);
    await bringBack("welfare");
    expect((await categoriesIn("care")).toSorted()).toEqual(["disability", "health", "seniors", "welfare"]);

    await fill(`${at}/categories/health`, { group: "family", ...(await namesOf("health")) });
    expect(await categoriesIn("family")).toEqual(["childcare", "school", "youth", "health"]);
    await move("up", "ekimae", "districts");
    await move("down", "safety", "groups");
    await world.restart();
    const { districts, groups } = await ward();
    expect(districts.slice(0, 3).map(({ id }) => id)).toEqual(["ekimae", "chuo", "honcho"]);
    expect(groups.map(({ id }) => id)).toEqual(["family", "safety", "care", "living", "community"]);
  });

  it("two tabs: the older one changes nothing, says so, and keeps what was typed", async () => {
    const path = `${at}/categories/garbage`;
    const version = versionOf(await administrator.get(path));
    await fill(path, { group: "living", ...named("Waste") });
    const late = await administrator.post(path, { version, group: "living", ...named("Rubbish") });
    expect(late.status).toBe(409);
    expect(late.html).toContain("Nothing of yours has been saved yet");
    expect(late.html).toContain('value="Rubbish"');
    expect(late.html).toContain("Name now: Waste");
    for (const [to, fields] of [
      [`${at}/categories/events/move`, { direction: "up" }],
      [`${at}/categories/events/retire`, {}],
      [`${at}/add/districts`, named("North end")],
    ] as const) {
      expect(await administrator.post(to, { version, ...fields })).toMatchObject({ status: 409 });
      expect(await administrator.post(to, fields)).toMatchObject({ status: 409 });
    }
    // Pressing again, now that it has been seen, is meant.
    await administrator.post(path, { version: versionOf(late), group: "living", ...named("Rubbish") });
    expect((await namesOf("garbage"))["name.en"]).toBe("Rubbish");
  });

  it("at the same moment from many tabs: one is taken, the others are told", async () => {
    const version = versionOf(await administrator.get(at));
    const all = await Promise.all(
      ["a", "b", "c", "d"].map((name) =>
        administrator.post(`${at}/add/districts`, { version, ...named(`Place ${name}`) }),
      ),
    );
    expect(all.map(({ status }) => String(status)).toSorted()).toEqual(["303", "409", "409", "409"]);
    expect((await ward()).districts).toHaveLength(14);
  });
});

describe("a district", () => {
  it("is added, chosen, addressed, retired and brought back like a category", async () => {
    expect(await fill(`${at}/add/districts`, named("North end"))).toMatchObject({ status: 303 });
    const person = await resident();
    await person.say("district");
    await person.press("North end: on");
    const office = await openOffice(world);
    const audience = { districts: { anyOf: ["northEnd"] } };
    await office.sent(await office.send({ audience }));
    expect((await administrator.get(`${at}/districts/northEnd/retire`)).html).toContain("district now: 1.");
    await retire("northEnd", "districts");
    expect((await world.admin.post("/audience/estimate", { audience })).status).toBe(422);
    await bringBack("northEnd", "districts");
    await office.sent(await office.send({ audience }));
    expect(person.pushed()).toHaveLength(2);
  });
});

describe("who may, and what is on record", () => {
  it("administrators alone see and change anything of it", async () => {
    const version = versionOf(await administrator.get(at));
    for (const role of roles.filter((each) => each !== "administrator")) {
      const other = await enter(role);
      expect((await other.get("/console")).html).not.toContain(`href="${at}"`);
      for (const path of ["", "/add/categories", "/categories/events", "/categories/events/retire"])
        expect(await other.get(`${at}${path}`)).toMatchObject({ status: 403 });
      for (const path of ["/add/categories", "/categories/events/retire", "/categories/events/move"])
        expect(await other.post(`${at}${path}`, { version, ...named("x") })).toMatchObject({ status: 403 });
    }
    expect((await administrator.get("/console")).html).toContain(`href="${at}"`);
    expect(await administrator.get(`${at}/categories/nonsense`)).toMatchObject({ status: 404 });
    expect(await administrator.get(`${at}/add/groups`)).toMatchObject({ status: 404 });
    expect(versionOf(await administrator.get(at))).toBe(version);
  });

  it("every change is in the audit, whole, and nothing of what was refused", async () => {
    await add("School meals");
    await add("");
    await retire("schoolMeals");
    await retire("disaster");
    await fill(`${at}/groups/living`, named("Every day"));
    const db = openDatabase(world.config.databaseUrl);
    const rows = db.sqlite
      .prepare(
        "SELECT actor, act, subject, details FROM audit_entries WHERE act LIKE 'catalogue.%' ORDER BY seq",
      )
      .all();
    const actor = logins.find(({ role }) => role === "administrator")?.staffId;
    expect(rows).toMatchObject([
      { actor, act: "catalogue.addCategory", subject: "schoolMeals" },
      { actor, act: "catalogue.retire", subject: "schoolMeals", details: '{"kind":"categories"}' },
      { actor, act: "catalogue.rename", subject: "living" },
    ]);
    expect(JSON.stringify(rows)).toContain("Every day zh-Hans");
    const { html } = await administrator.get("/console/audit?about=School%20meals");
    expect(html.match(/<summary>/g)).toHaveLength(2);
    expect(await createAuditStore(db).verify(undefined, 1_000)).toMatchObject({ next: undefined });
    db.close();
  });
});
