import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ResidentEvent, createConversation } from "../../src/conversation/conversation.ts";
import { type Intent, encodeIntent } from "../../src/conversation/intent.ts";
import { type Message, byteLength } from "../../src/messages/flex.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createResidentStore } from "../../src/residents/store.ts";
import { type Sentences, loadSentences } from "../../src/shared/i18n.ts";
import { projectPath } from "../../src/shared/project-root.ts";
import { type Ward, loadWard } from "../../src/shared/ward/ward.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { validateMessages } from "../../src/simulator/messages/validate-messages.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createWard, largestWard, mihonProfile, numbered } from "../support/wards.ts";

const user = `U${"0".repeat(32)}`;
const folder = temporaryFolder();
const cleanUps: (() => void)[] = [];
let line: Simulator;
beforeAll(async () => {
  line = await startSimulator();
});
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});
afterAll(async () => {
  await line.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A conversation with one resident, from one thing they do to the next. */
function converse(ward: Ward, sentences: Sentences, today = "2026-11-20T03:00:00Z") {
  const { db, remove } = openTestDatabase();
  cleanUps.push(remove);
  const clock = createTestClock(Date.parse(today));
  const residents = createResidentStore(db, ensureFacets(db.sqlite, ward));
  const answer = createConversation({
    ward,
    sentences,
    residents,
    clock,
    profileLanguage: async () => undefined,
    moreOpen: async () => 0,
    openAlerts: async () => [],
  });
  const act = async (
    what: { kind: "follow" } | { kind: "text"; text: string } | { kind: "tap"; data: string },
  ) => {
    clock.advance(1);
    const event: ResidentEvent = { userId: user, at: clock.now(), ...what };
    return (await answer(event))?.messages ?? [];
  };
  return {
    residents,
    clock,
    follow: () => act({ kind: "follow" }),
    say: (text: string) => act({ kind: "text", text }),
    tap: (intent: Intent) => act({ kind: "tap", data: encodeIntent(intent) }),
  };
}

/** Every screen there is, for somebody who chose everything and for somebody who chose nothing. */
async function everyScreen(ward: Ward, sentences: Sentences, language: string): Promise<Message[][]> {
  const { follow, say, tap, residents, clock } = converse(ward, sentences);
  const anywhere: Intent[] = [
    { do: "askLanguage" },
    { do: "askBundle" },
    { do: "askCategories" },
    { do: "askDistricts" },
    { do: "askChildren" },
    { do: "showSettings" },
    { do: "askForget" },
    { do: "keep" },
    { do: "showHelp" },
    { do: "showDisaster" },
    { do: "showContact" },
    { do: "showShelters" },
    { do: "showSafety" },
    { do: "showHotline" },
    { do: "showMenu" },
  ];
  const screens = [await follow(), await tap({ do: "setLanguage", to: language })];
  for (const intent of anywhere) screens.push(await tap(intent));
  screens.push(
    await tap({ do: "onlyEmergencies" }),
    await say("…?"),
    await tap({ do: "setLanguage", to: "no" }),
  );
  for (const group of ward.profile.groups)
    screens.push(await tap({ do: "setGroup", id: group.id, on: true }));
  await residents.change(user, [{ kind: "districts", ids: ward.districts }], language, clock.now());
  for (const year of [2008, 2011, 2014])
    for (const month of ["01", "05", "09", "12"])
      screens.push(await tap({ do: "addChild", month: `${year}-${month}` }));
  for (const intent of anywhere) screens.push(await tap(intent));
  screens.push(await tap({ do: "finishCategories" }), await tap({ do: "setLanguage", to: language }));
  screens.push(await follow(), await tap({ do: "forget" }));
  return screens;
}

async function lineTakes(messages: Message[]): Promise<number> {
  const { accessToken } = line.platform.channel;
  const response = await fetch(`${line.url}/v2/bot/message/validate/reply`, {
    method: "POST",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ messages }),
  });
  return response.status;
}

async function expectLineToTake(screens: Message[][]): Promise<void> {
  for (const messages of screens) {
    const { refusal, remarks } = validateMessages(messages);
    expect({ refusal, remarks }, JSON.stringify(messages).slice(0, 300)).toEqual({
      refusal: undefined,
      remarks: [],
    });
  }
  const heaviest = screens.toSorted((a, b) => byteLength(b) - byteLength(a)).slice(0, 12);
  for (const messages of [...heaviest, ...screens.slice(0, 20)]) expect(await lineTakes(messages)).toBe(200);
}

describe("what LINE takes", () => {
  const mihon = loadWard(mihonProfile);
  it.each(mihon.languages)("every screen of the sample ward in %s", async (language) => {
    const screens = await everyScreen(mihon, loadSentences(), language);
    expect(screens.length).toBeGreaterThan(45);
    await expectLineToTake(screens);
  });

  it("every screen of the largest ward: 64 categories in ten groups, 64 districts, twelve languages", async () => {
    const locales = join(folder, "locales");
    cpSync(projectPath("locales"), locales, { recursive: true });
    const further = ["vi", "ne", "tl", "pt", "th", "id", "my"];
    for (const language of further)
      cpSync(join(locales, "ja-x-easy"), join(locales, language), { recursive: true });
    const ward = createWard(join(folder, "largest"), {
      ...largestWard(),
      languages: [...mihon.languages, ...further],
      profile: {
        bundles: numbered("b", 4).map((id) => ({ id, categories: "all", asksDistrict: id === "b1" })),
        childrenCategories: ["c1"],
        disaster: { links: numbered("l", 6).map((id) => ({ id, url: "https://ward.example/" })) },
        contact: {
          phone: "03-0000-0000",
          links: numbered("m", 4).map((id) => ({ id, url: "https://ward.example/" })),
        },
      },
    });
    const sentences = loadSentences(locales);
    await expectLineToTake(await everyScreen(ward, sentences, "my"));
  });

  it("names far longer than they should be are shortened where LINE has a limit", async () => {
    const long = "とても長い名前の分野・".repeat(40);
    const ward = createWard(join(folder, "long"), {
      languages: ["ja", "en"],
      groups: { safety: ["disaster", "crime"], family: ["childcare", "school"] },
      districts: ["north", "south"],
      name: (id, language) => `${id} ${language} ${long}`,
      profile: {
        childrenCategories: ["childcare"],
        contact: { phone: "03-0000-0000", links: [{ id: "site", url: "https://ward.example/" }] },
      },
    });
    await expectLineToTake(await everyScreen(ward, loadSentences(), "en"));
  });

  it("somebody who presses an old date picker again and again still gets screens within LINE's limits", async () => {
    const { follow, tap, residents, clock } = converse(mihon, loadSentences());
    await follow();
    const every = numbered("", 19).flatMap((year) =>
      numbered("", 12).map((month) => `${2006 + Number(year)}-${month.padStart(2, "0")}`),
    );
    await residents.change(
      user,
      every.map((birthMonth) => ({ kind: "child", birthMonth, added: true })),
      "ja",
      clock.now(),
    );
    await expectLineToTake([await tap({ do: "askChildren" }), await tap({ do: "showSettings" })]);
    expect((await residents.find(user))?.preferences.childrenBirthMonths.size).toBe(228);
  });
});

describe("the calendar (invariant 13: Tokyo)", () => {
  it("the newest birthday offered is today in Tokyo, not in Greenwich", async () => {
    const { follow, tap } = converse(loadWard(mihonProfile), loadSentences(), "2026-12-31T15:00:00Z");
    await follow();
    expect(JSON.stringify(await tap({ do: "askChildren" }))).toContain('"max":"2027-01-01"');
  });

  it("the picker opens on a day that exists, also on 29 February", async () => {
    const { follow, tap } = converse(loadWard(mihonProfile), loadSentences(), "2028-02-29T03:00:00Z");
    await follow();
    const screen = await tap({ do: "askChildren" });
    expect(JSON.stringify(screen)).toContain('"initial":"2027-02-28"');
    await expectLineToTake([screen]);
  });
});
