import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLine } from "../../../src/line/line-client.ts";
import { type Menus, createMenus } from "../../../src/line/rich-menu/menus.ts";
import { createMenuSwitchStore } from "../../../src/line/rich-menu/switch-store.ts";
import type { OpenAlert } from "../../../src/messages/open-alert.ts";
import { ensureFacets } from "../../../src/residents/facet-store.ts";
import { type ResidentStore, createResidentStore } from "../../../src/residents/store.ts";
import { loadSentences } from "../../../src/shared/i18n.ts";
import { createLogger } from "../../../src/shared/logger.ts";
import type { Ward } from "../../../src/shared/ward/ward.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/index.ts";
import { lineConfig } from "../../support/answering-server.ts";
import { createTestClock, openTestDatabase } from "../../support/database.ts";
import { drawOnce } from "../../support/draw-once.ts";
import { openAlert } from "../../support/open-alerts.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { createWard } from "../../support/wards.ts";

const second = 1_000;
const hour = 60 * 60_000;
const sentences = loadSentences();

let simulator: Simulator;
let platform: Simulator["platform"];
let opened: ReturnType<typeof openTestDatabase>;
let residents: ResidentStore;
let folder: string;
let ward: Ward;
let clock: ReturnType<typeof createTestClock>;
let open: OpenAlert[];
let menus: Menus;
let japanese: string;
let english: string;
beforeEach(async () => {
  simulator = await startSimulator();
  ({ platform } = simulator);
  platform.clock.freeze();
  opened = openTestDatabase();
  folder = temporaryFolder();
  ward = createWard(folder, { languages: ["ja", "en"] });
  clock = createTestClock();
  residents = createResidentStore(opened.db, ensureFacets(opened.db.sqlite, ward));
  open = [];
  menus = startProgram();
  await menus.ensure(clock.now());
  japanese = await reader("ja");
  english = await reader("en");
});
afterEach(async () => {
  await simulator.close();
  opened.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The menus as a start of the program has them: it remembers nothing but what the database holds. */
function startProgram(): Menus {
  const credentials = { accessToken: platform.channel.accessToken };
  return createMenus({
    line: createLine({ ...lineConfig(simulator.url), credentials }, clock, 3_000),
    ward,
    sentences,
    residents,
    switches: createMenuSwitchStore(opened.db),
    openAlerts: async () => open,
    clock,
    log: createLogger("silent"),
    drawing: drawOnce,
  });
}

async function reader(language: string): Promise<string> {
  const userId = platform.addUser({ displayName: "x", state: "friend" });
  await residents.follow(userId, language, 1);
  await menus.show(userId, language);
  return userId;
}

/** What the clock does in so many seconds. */
async function pass(seconds: number, quiet = true): Promise<void> {
  for (let each = 0; each < seconds; each++) {
    clock.advance(second);
    platform.clock.advance(second);
    await menus.keepUp(clock.now(), () => quiet);
  }
}

/** `ja`, or `emergency-ja`: the menu under somebody's chat; and what we believe it is. */
const shown = (userId: string) => platform.richMenuOf(userId)?.menu.menu.name?.split("/")[2];
async function believed(userId: string): Promise<string | undefined> {
  const id = (await residents.find(userId))?.richMenuId;
  return id === undefined ? undefined : platform.richMenu(id)?.menu.name?.split("/")[2];
}
/** The keys under which LINE was ever asked to switch everybody. */
const keys = () => opened.db.sqlite.prepare("SELECT resume_key FROM menu_switches").pluck().all();
const stranger = () => platform.addUser({ displayName: "x", state: "friend" });
const count = (endpoint: Parameters<typeof platform.requests>[0]) => platform.requests(endpoint).length;

async function expectEverybodyToSee(face: "everyday" | "emergency"): Promise<void> {
  const mark = face === "emergency" ? "emergency-" : "";
  expect([shown(japanese), shown(english), shown(stranger())]).toEqual([
    `${mark}ja`,
    `${mark}en`,
    `${mark}ja`,
  ]);
  expect([await believed(japanese), await believed(english)]).toEqual([`${mark}ja`, `${mark}en`]);
}

describe("while an emergency is open", () => {
  it("everybody has the disaster menu of their language by one request, and the everyday one again after it", async () => {
    await expectEverybodyToSee("everyday");
    open = [openAlert(clock.now(), { expiresAt: clock.now() + hour })];
    const made = count("createMenu");
    await pass(10);
    await expectEverybodyToSee("emergency");
    expect(count("batchMenus")).toBe(1);
    clock.advance(hour);
    await pass(10);
    await expectEverybodyToSee("everyday");
    expect(count("batchMenus")).toBe(2);
    expect(count("bulkLinkMenu")).toBe(0);
    expect(count("createMenu")).toBe(made);
    expect(platform.clientMistakes()).toEqual([]);
  });

  it("nothing more is asked of LINE once everybody sees it", async () => {
    open = [openAlert(clock.now())];
    await pass(10);
    const asked = platform.requests().length;
    await pass(120);
    expect(platform.requests().length).toBe(asked);
  });

  it("who comes, or changes the language, has the disaster menu of that language", async () => {
    open = [openAlert(clock.now())];
    const early = await reader("en");
    expect(shown(early)).toBe("emergency-en");
    await pass(10);
    const late = await reader("ja");
    expect(shown(late)).toBe("emergency-ja");
    await residents.change(late, [{ kind: "language", to: "en" }], "en", 2);
    await menus.show(late, "en");
    expect(shown(late)).toBe("emergency-en");
    open = [];
    await pass(10);
    expect([shown(early), shown(late)]).toEqual(["en", "en"]);
  });

  it.each([
    ["a public drill", { mode: "publicDrill" as const }],
    ["an alert of level 3", { level: 3, emergency: false }],
    ["what lifts another", { kind: "allClear" as const }],
    ["what takes another back", { kind: "correction" as const }],
    ["an alert that has expired", { expiresAt: 1 }],
    ["an alert that was lifted", { endedAt: 1 }],
  ])("is not: %s", async (_, differs) => {
    open = [openAlert(clock.now(), differs)];
    await pass(5);
    await expectEverybodyToSee("everyday");
    expect(count("batchMenus")).toBe(0);
  });

  it("a second alert that goes on keeps it", async () => {
    open = [
      openAlert(clock.now(), { expiresAt: clock.now() + hour }),
      openAlert(clock.now(), { id: "2", expiresAt: clock.now() + 3 * hour }),
    ];
    await pass(10);
    clock.advance(2 * hour);
    await pass(10);
    await expectEverybodyToSee("emergency");
    expect(count("batchMenus")).toBe(1);
  });
});

describe("when LINE does not switch everybody at once", () => {
  it("because three an hour are used up, residents are linked by the hundreds, once nothing more urgent is sent", async () => {
    platform.faults.add({ does: "refuse429", on: "batchMenus" });
    open = [openAlert(clock.now())];
    await pass(10, false);
    expect(count("bulkLinkMenu")).toBe(0);
    expect(shown(stranger())).toBe("emergency-ja");
    await pass(5);
    await expectEverybodyToSee("emergency");
    expect(count("batchMenus")).toBe(1);
    expect(count("bulkLinkMenu")).toBe(2);
  });

  it("an answer that is lost is asked for again with the same key, which LINE takes for the same request", async () => {
    platform.faults.add({ does: "acceptThenDrop", on: "batchMenus", times: 1 });
    open = [openAlert(clock.now())];
    await pass(15);
    await expectEverybodyToSee("emergency");
    expect(count("batchMenus")).toBe(2);
    expect(keys()).toHaveLength(1);
  });

  it("and the emergency is over before it ends, it goes back after", async () => {
    platform.switches.menuJobDelayMs = 20 * second;
    open = [openAlert(clock.now())];
    await pass(3);
    open = [];
    await pass(5);
    expect(count("batchMenus")).toBe(1);
    await pass(120);
    await expectEverybodyToSee("everyday");
    expect(count("batchMenus")).toBe(2);
  });
});

describe("a kill", () => {
  it("after LINE took the request: the next start asks how far it is, and makes no other", async () => {
    platform.switches.menuJobDelayMs = 20 * second;
    open = [openAlert(clock.now())];
    await pass(1);
    expect(count("batchMenus")).toBe(1);
    menus = startProgram();
    await menus.ensure(clock.now());
    await pass(60);
    await expectEverybodyToSee("emergency");
    expect(count("batchMenus")).toBe(1);
  });

  it("before LINE heard of it: the next start asks with the key that was written down", async () => {
    platform.faults.add({ does: "dropBeforeAccept", on: "batchMenus", times: 1 });
    open = [openAlert(clock.now())];
    await pass(1);
    menus = startProgram();
    await menus.ensure(clock.now());
    await pass(10);
    await expectEverybodyToSee("emergency");
    expect(count("bulkLinkMenu")).toBe(0);
    expect(keys()).toHaveLength(1);
  });

  it("and the emergency over when it starts again: everybody has the everyday menu", async () => {
    open = [openAlert(clock.now())];
    await pass(1);
    open = [];
    clock.advance(5 * hour);
    platform.clock.advance(5 * hour);
    menus = startProgram();
    await menus.ensure(clock.now());
    await pass(20);
    await expectEverybodyToSee("everyday");
  });

  it("in the middle of an emergency: the start leaves the disaster menus as they are", async () => {
    open = [openAlert(clock.now())];
    await pass(10);
    const batches = count("batchMenus");
    const links = count("bulkLinkMenu");
    menus = startProgram();
    await menus.ensure(clock.now());
    await pass(10);
    await expectEverybodyToSee("emergency");
    expect([count("batchMenus"), count("bulkLinkMenu")]).toEqual([batches, links]);
  });
});
