import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ResidentEvent, createConversation } from "../../src/conversation/conversation.ts";
import { type Intent, encodeIntent } from "../../src/conversation/intent.ts";
import type { Message } from "../../src/messages/flex.ts";
import type { OpenAlert } from "../../src/messages/open-alert.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createResidentStore } from "../../src/residents/store.ts";
import { type Values, loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { openAlert } from "../support/open-alerts.ts";
import { createPerson } from "../support/person.ts";
import { waitFor } from "../support/wait-for.ts";
import { mihonProfile } from "../support/wards.ts";
import { startWorld } from "../support/world.ts";

const user = `U${"0".repeat(32)}`;
const ward = loadWard(mihonProfile);
const sentences = loadSentences();
const say = (language: string, key: string, values?: Values) =>
  sentences.say(language, `conversation:${key}`, values);

let line: Simulator;
let cleanUp: () => void = () => undefined;
beforeAll(async () => {
  line = await startSimulator();
});
afterEach(() => {
  cleanUp();
  cleanUp = () => undefined;
});
afterAll(() => line.close());

/** A conversation with one resident whose LINE speaks `language`. */
function converse(language: string) {
  const { db, remove } = openTestDatabase();
  cleanUp = remove;
  const clock = createTestClock(Date.parse("2026-11-20T12:00:00Z"));
  const residents = createResidentStore(db, ensureFacets(db.sqlite, ward));
  const open: OpenAlert[] = [];
  const beyond = { count: 0 };
  const answer = createConversation({
    ward,
    sentences,
    residents,
    clock,
    profileLanguage: async () => language,
    moreOpen: async () => beyond.count,
    openAlerts: async () => open,
  });
  const act = async (
    what: { kind: "follow" | "other" } | { kind: "text"; text: string } | { kind: "tap"; data: string },
  ) => {
    clock.advance(1);
    const event: ResidentEvent = { userId: user, at: clock.now(), ...what };
    return (await answer(event))?.messages ?? [];
  };
  return {
    clock,
    open,
    beyond,
    residents,
    follow: () => act({ kind: "follow" }),
    sendPicture: () => act({ kind: "other" }),
    say: (text: string) => act({ kind: "text", text }),
    tap: (intent: Intent) => act({ kind: "tap", data: encodeIntent(intent) }),
  };
}

/** All that can be read or pressed, in order. */
const textOf = (messages: Message[]) => JSON.stringify(messages);

const whatNow: Record<string, string[]> = {
  ja: ["今どうすれば", "どうしたらいい？", "助けて", "避難"],
  "ja-x-easy": ["いまどうする", "たすけて", "じしん"],
  en: ["What now?", "help", "What should I do"],
  "zh-Hans": ["怎么办", "现在怎么办？", "救命"],
  ko: ["어떻게", "어떻게 해야 해?", "도와주세요"],
};
const safe: Record<string, string[]> = {
  ja: ["安全", "無事です", "安否"],
  "ja-x-easy": ["ぶじ", "だいじょうぶ"],
  en: ["I'm safe", "safe"],
  "zh-Hans": ["安全", "报平安"],
  ko: ["안전", "안부"],
};

describe.each(ward.languages)("in %s, while an emergency is open", (language) => {
  async function resident() {
    const chat = converse("en");
    await chat.residents.follow(user, language, 1);
    await chat.tap({ do: "setLanguage", to: language });
    const alert = openAlert(chat.clock.now());
    chat.open.push(alert);
    const { title = "", body = "" } = alert.contents[language] ?? {};
    return { chat, title, body };
  }

  it.each(whatNow[language] ?? [])(
    "“%s” is answered with the alert, where to go, whom to call",
    async (words) => {
      const { chat, title, body } = await resident();
      const text = textOf(await chat.say(words));
      const phone = ward.profile.disaster.hotline ?? "";
      for (const each of [
        title,
        body,
        language === "ja-x-easy" ? "午後（ごご）10時（じ）" : "22:00",
        say(language, "emergency.sheltersTitle"),
        ward.shelter("elementary1", language)?.name ?? "",
        ward.name("links", "weather", language),
        say(language, "emergency.callWard", { phone }),
        "tel:119",
      ])
        expect(text).toContain(each);
      expect(text).not.toContain(say(language, "emergency.none"));
    },
  );

  it.each(safe[language] ?? [])("“%s” is answered with how to learn that somebody is safe", async (words) => {
    const { chat } = await resident();
    const text = textOf(await chat.say(words));
    for (const each of [say(language, "emergency.safetyPrivate"), "tel:171", "https://www.web171.jp/"])
      expect(text).toContain(each);
  });

  it("what is not understood, and a picture, are taken for “what now?”; a setting is still a setting", async () => {
    const { chat, title } = await resident();
    expect(textOf(await chat.say("qwertz"))).toContain(title);
    expect(textOf(await chat.sendPicture())).toContain(title);
    expect(textOf(await chat.tap({ do: "showSettings" }))).not.toContain(title);
  });

  it("who changes to it reads the alert in it at once, whatever they have answered; with nothing open, the settings alone", async () => {
    const chat = converse("vi");
    const { body = "" } = openAlert(chat.clock.now()).contents[language] ?? {};
    chat.open.push(openAlert(chat.clock.now()));
    await chat.follow();
    expect(textOf((await chat.tap({ do: "setLanguage", to: language })).slice(0, 1))).toContain(body);
    await chat.tap({ do: "onlyEmergencies" });
    expect(textOf((await chat.tap({ do: "setLanguage", to: language })).slice(0, 1))).toContain(body);
    chat.open.pop();
    expect(textOf(await chat.tap({ do: "setLanguage", to: language }))).not.toContain(body);
  });

  it("every answer is one that LINE takes, also with twelve long alerts", async () => {
    const { chat } = await resident();
    const long = { title: "題".repeat(80), body: "あ".repeat(2_000) };
    for (let each = 0; each < 12; each++)
      chat.open.push(openAlert(chat.clock.now(), { id: `${each}`, contents: { [language]: long } }));
    const screens = [
      await chat.tap({ do: "showDisaster" }),
      await chat.tap({ do: "showShelters" }),
      await chat.tap({ do: "showSafety" }),
      await chat.tap({ do: "showHotline" }),
      await chat.tap({ do: "showMenu" }),
      await chat.tap({ do: "setLanguage", to: language }),
      await chat.follow(),
    ];
    for (const messages of screens) {
      expect(messages.length).toBeLessThanOrEqual(5);
      expect(validateMessages(messages)).toEqual({ remarks: [] });
    }
  });
});

describe("somebody new in an emergency", () => {
  it.each([
    ["ja", "ja"],
    ["en-US", "en"],
    ["zh-CN", "zh-Hans"],
    ["ko", "ko"],
  ])(
    "whose LINE speaks %s reads the alert first, in that language, then the greeting",
    async (profile, language) => {
      const chat = converse(profile);
      chat.open.push(openAlert(chat.clock.now()));
      const [first, second] = await chat.follow();
      expect(textOf(first === undefined ? [] : [first])).toContain(openAlert(0).contents[language]?.body);
      const greeting = say(language, "greeting.title", { ward: ward.wardName(language) });
      expect(textOf(second === undefined ? [] : [second])).toContain(greeting);
    },
  );

  it("is greeted as ever while only a drill is open, or an alert of level 3", async () => {
    for (const differs of [{ mode: "publicDrill" as const }, { level: 3, emergency: false }]) {
      const chat = converse("ja");
      chat.open.push(openAlert(chat.clock.now(), differs));
      expect(textOf(await chat.follow())).not.toContain("避難指示");
      cleanUp();
    }
  });
});

describe("the disaster screen", () => {
  it.each(ward.languages)("says in %s that nothing is in force, when nothing is", async (language) => {
    const chat = converse("ja");
    await chat.residents.follow(user, language, 1);
    const text = textOf(await chat.tap({ do: "showDisaster" }));
    expect(text).toContain(say(language, "emergency.none"));
    expect(text).toContain(ward.name("links", "hazardMap", language));
  });

  it("shows what is open below an emergency too, the gravest first, and a drill as a drill after them", async () => {
    const chat = converse("ja");
    const named = (id: string, differs: Partial<OpenAlert>) =>
      openAlert(chat.clock.now(), { id, contents: { ja: { title: `題${id}`, body: "x" } }, ...differs });
    chat.open.push(
      named("a", { level: 3, emergency: false }),
      named("b", { mode: "publicDrill", level: 5 }),
      named("c", {}),
    );
    const text = textOf(await chat.tap({ do: "showDisaster" }));
    expect(text.indexOf("題c")).toBeLessThan(text.indexOf("題a"));
    expect(text.indexOf("題a")).toBeLessThan(text.indexOf("題b"));
    expect(text).toContain("【訓練】");
  });

  it.each(["ja", "ja-x-easy", "en", "zh-Hans", "ko"])(
    "leaves none of many out without a word, in as many messages as LINE takes (%s)",
    async (language) => {
      const chat = converse(language);
      await chat.residents.follow(user, language, 1);
      const long = "避".repeat(3_000);
      for (let count = 0; count < 50; count += 1)
        chat.open.push(
          openAlert(chat.clock.now() + 1, {
            id: `a${count}`,
            issuedAt: chat.clock.now() - count,
            ...(count === 49 ? { level: 5 } : { level: 2, emergency: false }),
            contents: { ja: { title: `題${count}号`, body: long } },
          }),
        );
      chat.beyond.count = 12;
      for (const messages of [await chat.tap({ do: "showDisaster" }), await chat.say("ああああ")]) {
        expect(messages.length).toBeLessThanOrEqual(5);
        const text = textOf(messages);
        const cards = messages
          .flatMap((each) =>
            each.type === "flex" && each.contents.type === "carousel" ? each.contents.contents : [],
          )
          .filter((bubble) => JSON.stringify(bubble).includes("避避避")).length;
        expect(cards).toBeGreaterThan(3);
        expect(text.indexOf("題49号")).toBeLessThan(text.indexOf("題0号"));
        const number = 62 - cards;
        expect(text).toContain(say(language, "emergency.others", { number }));
        expect(text).toContain(say(language, "emergency.othersUnnamed", { number: number - 20 }));
        expect(text).toContain(ward.name("links", "hazardMap", language));
      }
    },
  );

  it("names the shelters near the districts that somebody chose, and no others", async () => {
    const chat = converse("en");
    await chat.tap({ do: "setDistrict", id: "shinden", on: true });
    const text = textOf(await chat.tap({ do: "showShelters" }));
    expect(text).toContain("Shinden Community Center");
    expect(text).not.toContain("Mihon No. 1 Elementary School");
    expect(text).toContain(say("en", "emergency.sheltersNear"));
  });

  it("gives the reading of a shelter's name above the buttons, where there is room, and not on them", async () => {
    const chat = converse("ja");
    await chat.tap({ do: "setLanguage", to: "ja-x-easy" });
    const text = textOf(await chat.tap({ do: "showShelters" }));
    expect(text).toContain("みほん 第一（だいいち） 小学校（しょうがっこう）");
    expect(text).toContain('"label":"ちず：みほん 第一 小学校"');
  });

  it("keeps nothing of what somebody says about their safety", async () => {
    const chat = converse("ja");
    await chat.follow();
    const before = await chat.residents.find(user);
    await chat.say("無事です");
    const standing = { changedAt: { standing: chat.clock.now() } };
    expect(await chat.residents.find(user)).toEqual({ ...before, ...standing });
  });

  it("outside an emergency “help” is how it works, and nonsense is answered with the menu", async () => {
    const chat = converse("en");
    await chat.follow();
    expect(textOf(await chat.say("help"))).toContain(say("en", "help.title"));
    expect(textOf(await chat.say("qwertz"))).toContain(say("en", "menu.notUnderstood"));
  });
});

describe("the whole program in an emergency", () => {
  it("shows somebody new the alert and the disaster menu, whose cells answer, and /now says the same", async () => {
    const open = [openAlert(Date.now())];
    const world = await startWorld({ overrides: { publishMenus: true, openAlerts: async () => open } });
    try {
      const { platform } = world.line;
      await waitFor("the menus", () => platform.requests("setDefaultMenu").length > 0, 60_000);
      const person = createPerson(world, { language: "en" });
      await person.follow();
      const menu = () => platform.richMenuOf(person.id)?.menu.menu.name?.split("/")[2];
      await waitFor("the disaster menu", () => menu() === "emergency-en");
      const cells = platform.offers(person.id).filter(({ where }) => where === "menu");
      expect(cells.map(({ label }) => label)).toContain(say("en", "emergency.hazardMap"));
      await person.press(say("en", "emergency.official"));
      expect(platform.inbox(person.id).length).toBeGreaterThan(1);
      expect(JSON.stringify(platform.inbox(person.id).at(-1))).toContain("Everyone in Kawabata");
      const page = await fetch(`${world.kairan.url}/now/en`);
      expect(await page.text()).toContain("Everyone in Kawabata");
      expect(page.headers.get("x-powered-by")).toBeNull();
    } finally {
      await world.end();
    }
  });
});
