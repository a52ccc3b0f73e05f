import { readFileSync, readdirSync } from "node:fs";
import { dirname } from "node:path";
import type { messagingApi } from "@line/bot-sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, databasePath, openDatabase } from "../../db/open.ts";
import { fitLabel, lineLimits } from "../../src/messages/flex.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import type { Resident } from "../../src/residents/preferences.ts";
import { createResidentStore } from "../../src/residents/store.ts";
import { type Values, loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import type { FromBot } from "../../src/simulator/index.ts";
import { type Person, createPerson } from "../support/person.ts";
import { waitFor } from "../support/wait-for.ts";
import { mihonProfile } from "../support/wards.ts";
import { type World, startWorld } from "../support/world.ts";

const ward = loadWard(mihonProfile);
const sentences = loadSentences();
const ownName = (language: string) => sentences.say(language, "conversation:language.ownName");

/** What the phone shows for a sentence of the conversation, shortened as a button's label is. */
function label(language: string, key: string, values?: Values): string {
  return fitLabel(sentences.say(language, `conversation:${key}`, values), lineLimits.buttonLabel);
}

let world: World;
let db: Database;
beforeAll(async () => {
  world = await startWorld();
  db = openDatabase(world.config.databaseUrl);
});
afterAll(async () => {
  db.close();
  await world.end();
});

/** What the program remembers of somebody. */
async function remembered(person: Person): Promise<Resident | undefined> {
  return createResidentStore(db, ensureFacets(db.sqlite, ward)).find(person.id);
}

const fromBot = (person: Person): FromBot[] =>
  world.line.platform.inbox(person.id).filter((entry): entry is FromBot => entry.from === "bot");

/** Does something that has no place in {@link Person}, and waits for the answer to it. */
async function answered(person: Person, act: () => Promise<unknown>): Promise<string[]> {
  const before = fromBot(person).length;
  await act();
  await waitFor("an answer", () => fromBot(person).length > before);
  return person.reads();
}

const pressRaw = (person: Person, action: messagingApi.Action, pick?: string) =>
  answered(person, () => world.line.platform.press(person.id, action, pick === undefined ? {} : { pick }));
const postback = (data: string): messagingApi.Action => ({ type: "postback", data, label: "x" });
const picker: messagingApi.Action = { type: "datetimepicker", data: "do=addChild", mode: "date", label: "x" };

/** The action behind a label, to be pressed again when it is old. */
function actionOf(person: Person, text: string): messagingApi.Action {
  const found = world.line.platform.offers(person.id).find((offer) => offer.label === text);
  if (found === undefined) throw new Error(`Nothing is labelled "${text}".`);
  return found.action;
}

/** Nothing waits in the inbox, so that what was sent has been worked off. */
function workedOff(): Promise<unknown> {
  return waitFor(
    "the inbox to be empty",
    () =>
      (
        db.sqlite.prepare("SELECT count(*) AS n FROM inbox_events WHERE handled_at IS NULL").get() as {
          n: number;
        }
      ).n === 0,
  );
}

describe.each([
  { language: "ja", profile: "ja" },
  { language: "en", profile: "en-US" },
  { language: "zh-Hans", profile: "zh-CN" },
  { language: "ko", profile: "ko" },
  { language: "ja-x-easy", profile: "ja", greeted: "ja" },
])("somebody who reads $language", ({ language, profile, greeted = language }) => {
  const say = (key: string, values?: Values) => label(language, key, values);
  const category = (id: string) => ward.name("categories", id, language);
  const district = (id: string) => ward.name("districts", id, language);

  it("is greeted, asked each question once in their language, and shown what was saved", async () => {
    const person = createPerson(world, { language: profile });
    await person.follow();
    expect(person.reads()).toContain(
      sentences.say(greeted, "conversation:greeting.title", { ward: ward.wardName(greeted) }),
    );
    expect(person.canPress()).toEqual([
      ownName(greeted),
      ...ward.languages.filter((id) => id !== greeted).map(ownName),
    ]);

    await person.press(ownName(language));
    expect(person.reads()).toContain(say("bundles.title"));
    expect(person.canPress()).toContain(ward.name("bundles", "families", language));

    await person.press(say("bundles.choose"));
    for (const { id } of ward.categories) expect(person.reads()).toContain(category(id));
    const on = say("categories.on", { name: category("childcare") });
    const off = say("categories.off", { name: category("childcare") });
    expect(person.reads()).not.toContain("☑");
    await person.press(on);
    expect(person.reads().filter((text) => text === "☑")).toHaveLength(1);
    expect(person.reads()).toContain(off);
    expect(person.reads()).not.toContain(on);

    await person.press(say("categories.done"));
    expect(person.reads()).toContain(say("districts.title"));
    await person.press(say("districts.on", { name: district("kita") }));
    expect(person.reads()).toContain(say("children.title"));
    await person.press(say("children.add"), "2024-04-30");
    const child = say("children.month", { year: 2024, month: 4 });
    expect(person.reads()).toContain(`・${child}`);
    await person.press(say("children.done"));

    expect(person.reads()).toEqual(
      expect.arrayContaining([
        say("settings.saved"),
        ownName(language),
        category("childcare"),
        district("kita"),
        child,
      ]),
    );
    expect(await remembered(person)).toMatchObject({
      standing: "following",
      chose: true,
      answered: new Set(["language", "categories", "districts", "children"]),
      preferences: {
        language,
        categories: new Set(["childcare"]),
        districts: new Set(["kita"]),
        childrenBirthMonths: new Set(["2024-04"]),
      },
    });

    // Nothing is asked twice: whatever is finished again from the settings leads back to the settings.
    await person.press(say("settings.changeCategories"));
    await person.press(say("categories.done"));
    expect(person.reads()).toContain(say("settings.saved"));
    await person.press(say("settings.changeDistricts"));
    await person.press(say("districts.on", { name: district("minami") }));
    expect(person.reads().filter((text) => text === "☑")).toHaveLength(2);
    await person.press(say("districts.done"));
    expect(person.reads()).toContain(say("settings.saved"));
    await person.press(say("settings.changeChildren"));
    await person.press(say("children.remove", { child }));
    expect(person.reads()).not.toContain(`・${child}`);
    await person.press(say("children.skip"));
    expect(person.reads()).toContain(say("settings.saved"));
    expect((await remembered(person))?.preferences).toEqual({
      language,
      categories: new Set(["childcare"]),
      districts: new Set(["kita", "minami"]),
      childrenBirthMonths: new Set(),
    });
  });

  it("in a hurry: three taps at most, and each bundle brings what it says", async () => {
    const nearby = createPerson(world, { language: profile });
    await nearby.follow();
    await nearby.press(ownName(language));
    await nearby.press(ward.name("bundles", "nearby", language));
    await nearby.press(say("districts.on", { name: district("chuo") }));
    expect(nearby.reads()).toContain(say("settings.saved"));
    expect((await remembered(nearby))?.preferences).toMatchObject({
      categories: new Set(["disaster", "crimePrevention", "traffic"]),
      districts: new Set(["chuo"]),
    });

    const everything = createPerson(world, { language: profile });
    await everything.follow();
    await everything.press(ownName(language));
    await everything.press(ward.name("bundles", "everything", language));
    expect(everything.reads()).toContain(say("settings.saved"));
    expect((await remembered(everything))?.preferences.categories.size).toBe(18);
  });

  it("switches a group on and off as a whole, and everything but disasters off with one tap", async () => {
    const person = createPerson(world, { language: profile });
    await person.follow();
    await person.press(ownName(language));
    await person.press(say("bundles.choose"));
    const group = ward.name("groups", "care", language);
    await person.press(say("categories.all", { group }));
    expect(person.reads().filter((text) => text === "☑")).toHaveLength(4);
    expect(person.canPress()).toContain(say("categories.none", { group }));
    await person.press(say("categories.none", { group }));
    expect(person.reads()).not.toContain("☑");
    await person.press(say("categories.all", { group }));
    await person.press(label(language, "settings.show"));
    await person.press(say("settings.onlyEmergencies"));
    expect(person.reads()).toContain(sentences.say(language, "conversation:onlyEmergencies.done"));
    expect((await remembered(person))?.preferences.categories).toEqual(new Set(["disaster"]));
  });

  it("asks to be forgotten, thinks again, and then really is", async () => {
    const person = createPerson(world, { language: profile });
    await person.follow();
    await person.press(ownName(language));
    await person.press(ward.name("bundles", "families", language));
    await person.press(say("settings.forget"));
    await person.press(say("forget.no"));
    expect(person.reads()).toContain(sentences.say(language, "conversation:forget.kept"));
    expect(await remembered(person)).toBeDefined();
    await person.press(say("settings.forget"));
    await person.press(say("forget.yes"));
    expect(person.reads()).toEqual([sentences.say(language, "conversation:forget.done")]);
    expect(await remembered(person)).toBeUndefined();
  });

  it("reads the menu, not an apology, after a text, a sticker, a photo or a place that means nothing", async () => {
    const { platform } = world.line;
    const person = createPerson(world, { language: profile });
    await person.follow();
    await person.press(ownName(language));
    const acts = [
      () => platform.say(person.id, "これはボットですか？ 🤔"),
      () => platform.sendSticker(person.id, { packageId: "446", stickerId: "1988" }),
      () => platform.sendImage(person.id),
      () => platform.sendLocation(person.id, { latitude: 35.6, longitude: 139.7 }),
    ];
    for (const act of acts) {
      expect(await answered(person, act)).toEqual(
        expect.arrayContaining([
          sentences.say(language, "conversation:menu.title"),
          sentences.say(language, "conversation:menu.notUnderstood"),
        ]),
      );
      expect(person.canPress().slice(0, 6)).toEqual(
        ["settings", "categories", "language", "disaster", "contact", "help"].map((key) =>
          say(`menu.${key}`),
        ),
      );
    }
  });

  it("writes commands in any language and is answered in their own", async () => {
    const person = createPerson(world, { language: profile });
    await person.follow();
    await person.press(ownName(language));
    await person.press(ward.name("bundles", "everything", language));
    for (const word of ["設定", "settings", "设置", "설정", "せってい"]) {
      await person.say(word);
      expect(person.reads()).toContain(say("settings.title"));
    }
    await person.say("topics");
    expect(person.reads()).toContain(ward.name("groups", "care", language));
    for (const [word, title] of [
      ["help", "help.title"],
      ["災害", "disaster.title"],
      ["연락처", "contact.title"],
      ["地区", "districts.title"],
      ["kids", "children.title"],
      ["忘记我", "forget.title"],
      ["language", "language.title"],
    ] as const) {
      await person.say(word);
      expect(person.reads()).toContain(say(title));
    }
    const other = language === "en" ? "ko" : "en";
    await person.say(ownName(other));
    expect(person.reads()).toContain(sentences.say(other, "conversation:language.changed"));
    expect((await remembered(person))?.preferences.language).toBe(other);
  });
});

describe("whoever it is", () => {
  async function settler(language = "en"): Promise<Person> {
    const person = createPerson(world, { language });
    await person.follow();
    await person.press(ownName(language));
    return person;
  }

  it("a profile without a language, or with one the ward does not have, is greeted in the ward's own", async () => {
    for (const language of [undefined, "fr", "und"]) {
      const person = createPerson(world, language === undefined ? {} : { language });
      await person.follow();
      expect(person.canPress()[0]).toBe("日本語");
      expect(person.canPress()).toContain("English");
    }
  });

  it("the greeting does not wait for a profile that LINE will not tell", async () => {
    const person = createPerson(world, { language: "en" });
    world.line.platform.faults.add({ does: "refuse500", on: "profile", times: 1 });
    await person.follow();
    expect(person.canPress()[0]).toBe("日本語");
  });

  it("a button that was pressed before still means what it said, however often it is pressed", async () => {
    const person = await settler();
    await person.press("Let me choose");
    const on = actionOf(person, "Childcare: on");
    await person.press("Childcare: on");
    const off = actionOf(person, "Childcare: off");
    await pressRaw(person, on);
    expect((await remembered(person))?.preferences.categories).toEqual(new Set(["childcare"]));
    await pressRaw(person, off);
    await pressRaw(person, off);
    expect((await remembered(person))?.preferences.categories).toEqual(new Set());
    await pressRaw(person, on);
    expect((await remembered(person))?.preferences.categories).toEqual(new Set(["childcare"]));
  });

  it("the group that was touched comes first, so that its ticks are seen", async () => {
    const person = await settler();
    await person.press("Let me choose");
    await person.press("Events: on");
    expect(person.reads()[1]).toBe("Events and news");
    await person.press("All of Health and welfare");
    expect(person.reads()[1]).toBe("Health and welfare");
  });

  it("is asked for birth months only with childcare, and for the district only once", async () => {
    const person = await settler();
    await person.press("Let me choose");
    await person.press("Events: on");
    await person.press("Done");
    await person.press("Skip");
    expect(person.reads()).toContain("Your settings are saved");
    expect(person.canPress()).not.toContain("Change children");
    await person.press("Change topics");
    await person.press("Childcare: on");
    await person.press("Done");
    expect(person.reads()).toContain("When were your children born?");
    await person.press("Skip");
    expect(person.reads()).toContain("Your settings are saved");
  });

  it("follows again after blocking: is welcomed back, finds the earlier choices, and is asked nothing again", async () => {
    const person = await settler();
    await person.press("For families");
    await person.block();
    await waitFor("them to have left", async () => (await remembered(person))?.standing === "left");
    await person.unblock();
    expect(person.reads()).toEqual(
      expect.arrayContaining(["Welcome back. Your earlier choices are still in place.", "My settings"]),
    );
    expect((await remembered(person))?.preferences.categories).toContain("childcare");
  });

  it("follows again before having chosen anything: is greeted as at first", async () => {
    const person = createPerson(world, { language: "ko" });
    await person.follow();
    await person.block();
    await person.unblock();
    expect(person.canPress()[0]).toBe("한국어");
  });

  it("invariant 10: of a child's birth date only year and month are kept, nowhere in the database a day", async () => {
    const person = await settler();
    await person.press("For families");
    await person.say("children");
    await person.press("Choose a birth date", "2023-07-29");
    await person.press("Add another child", "2021-02-27");
    await workedOff();
    const resident = await remembered(person);
    expect(
      db.sqlite
        .prepare("SELECT birth_month FROM resident_children WHERE resident_id = ?")
        .pluck()
        .all(resident?.id),
    ).toEqual([202_102, 202_307]);
    // After the vacuum nothing is left in free pages: what is looked at is what is kept.
    db.sqlite.pragma("wal_checkpoint(TRUNCATE)");
    db.sqlite.exec("VACUUM");
    db.sqlite.pragma("wal_checkpoint(TRUNCATE)");
    const folder = dirname(databasePath(world.config.databaseUrl));
    for (const file of readdirSync(folder)) {
      const bytes = readFileSync(`${folder}/${file}`, "latin1");
      expect(bytes).not.toContain("2023-07-29");
      expect(bytes).not.toContain("2021-02-27");
    }
  });

  it("a birth date in the future or of a grown-up is not taken, even where a phone offers it", async () => {
    const person = await settler();
    await person.press("For families");
    const nextYear = String(new Date().getFullYear() + 1);
    for (const date of [`${nextYear}-06-01`, "2100-12-31", "1950-05-05", "1900-01-01"])
      expect(await pressRaw(person, picker, date)).toContain("What would you like to do?");
    expect((await remembered(person))?.preferences.childrenBirthMonths.size).toBe(0);
  });

  it("the date picker offers the last nineteen years, up to today", async () => {
    const person = await settler();
    await person.press("For families");
    await person.say("children");
    const today = new Date(Date.now() + 9 * 60 * 60 * 1000).toISOString().slice(0, 10);
    expect(actionOf(person, "Choose a birth date")).toMatchObject({
      min: `${Number(today.slice(0, 4)) - 19}-01-01`,
      max: today,
    });
  });

  it.each([
    "",
    " ",
    "do=fly",
    "do=setCategory&id=nonsense&on=1",
    "do=setDistrict&id=atlantis&on=1",
    "do=setLanguage&to=tlh",
    "do=takeBundle&id=__proto__",
    "do=setGroup&id=constructor&on=1",
    "do=addChild&month=1066-10",
    "action=buy&itemid=123",
    "'; DROP TABLE residents; --",
    "{{ward}} $t(help.title)",
    "💥".repeat(100),
  ])("a button nobody made (%j) is answered with the menu and changes nothing", async (data) => {
    const person = await settler();
    await person.press("For families");
    const before = await remembered(person);
    expect(await pressRaw(person, postback(data))).toEqual(
      expect.arrayContaining([
        "What would you like to do?",
        "That button is out of date. Choose what you would like to do.",
      ]),
    );
    const { changedAt: _times, ...after } = (await remembered(person)) ?? {};
    expect(after).toEqual({ ...before, changedAt: undefined } satisfies object);
  });

  it("invariant 2 and 10: after “forget me”, everything that LINE sends once more brings nobody back", async () => {
    const { webhook } = world.line.platform;
    const person = await settler();
    await person.press("For families");
    await person.press("Forget me");
    webhook.misbehave({ does: "duplicateMarked", times: 1 });
    await person.press("Erase everything");
    const about = webhook.deliveries().filter((each) => each.body.includes(person.id));
    expect(about.length).toBeGreaterThanOrEqual(5);
    for (const delivery of about) await webhook.replay(delivery);
    await workedOff();
    expect(await remembered(person)).toBeUndefined();
    expect(
      db.sqlite.prepare("SELECT count(*) FROM inbox_events WHERE user_id = ?").pluck().get(person.id),
    ).toBe(0);
    expect(person.reads()).toEqual(["Everything is erased. If you want notices again, send “settings”."]);
  });

  it("what can be pressed in an old chat after “forget me” starts anew, without the old choices", async () => {
    const person = await settler();
    await person.press("For families");
    await person.press("Forget me");
    await person.press("Erase everything");
    await person.say("settings");
    expect(person.reads()).toContain("My settings");
    expect(await remembered(person)).toMatchObject({
      standing: "following",
      chose: false,
      preferences: { language: "en", categories: new Set() },
    });
  });

  it("in all of this, LINE had nothing to complain about", async () => {
    await workedOff();
    expect(world.line.platform.clientMistakes()).toEqual([]);
  });
});
