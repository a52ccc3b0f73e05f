import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSentences } from "../../src/shared/i18n.ts";
import type { Platform } from "../../src/simulator/index.ts";
import { type Alarm, openAlarm } from "../support/alarm.ts";
import { type Person, createPerson } from "../support/person.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const sentences = loadSentences();
const none = sentences.say("en", "now:none");

let world: World;
let alarm: Alarm;
let line: Platform;
let person: Person;
beforeAll(async () => {
  world = await startWorld({ overrides: { publishMenus: true } });
  line = world.line.platform;
  alarm = await openAlarm(world);
  await waitFor(
    "the menus",
    () => line.requests("setDefaultMenu").some(({ status }) => status === 200),
    60_000,
  );
  person = createPerson(world, { language: "en" });
  await person.follow();
  await person.press("English");
  await waitFor("the everyday menu", () => menu() === "en");
});
afterAll(() => world.end());

const menu = () => line.richMenuOf(person.id)?.menu.menu.name?.split("/")[2];
const now = async () => (await fetch(`${world.kairan.url}/now/en`)).text();

/** Until the ward's face is as it should be, everywhere. */
async function seen(what: string, menuName: string, isOpen: boolean): Promise<void> {
  await waitFor(`${what}: the page`, async () => (await now()).includes(none) !== isOpen, 10_000);
  await waitFor(`${what}: the menu`, () => menu() === menuName, 20_000);
}

describe("the ward's face, from an alert's confirmation to its end", () => {
  it("follows a real alert of level 4, its update and its all-clear", async () => {
    expect(await now()).toContain(none);
    const id = await alarm.send();
    await seen("level 4", "emergency-en", true);
    expect(await now()).toMatch(/Evacuation/i);
    await person.say("what now");
    expect(person.reads().join()).toMatch(/Evacuation/i);
    await alarm.followUp(id, "update", { text: "NEW WATER LEVEL" });
    await waitFor("the update", async () => (await now()).includes("NEW WATER LEVEL"), 10_000);
    expect(menu()).toBe("emergency-en");
    await alarm.followUp(id, "allClear");
    await seen("all-clear", "en", false);
    expect(await now()).toContain(sentences.say("en", "now:ended"));
    await person.say("what now");
    expect(person.reads().join()).toContain(sentences.say("en", "conversation:emergency.none"));
    expect(line.requests("batchMenus")).toHaveLength(2);
    expect(line.clientMistakes()).toEqual([]);
  });

  it("a public drill is on the page as a drill, and nobody loses the everyday menu; a rehearsal is nowhere", async () => {
    const batches = line.requests("batchMenus").length;
    const rehearsal = await alarm.send({ mode: "rehearsal", template: "fire" });
    expect((await alarm.read(rehearsal))["confirmedAt"]).not.toBeNull();
    await alarm.send({ mode: "publicDrill" });
    await waitFor("the drill", async () => (await now()).includes(sentences.say("en", "now:drill")), 10_000);
    expect(await now()).toContain(none);
    expect(await now()).not.toMatch(/<h3[^>]*>[^<]*\bFire\b/);
    expect(menu()).toBe("en");
    expect(line.requests("batchMenus")).toHaveLength(batches);
  });
});
