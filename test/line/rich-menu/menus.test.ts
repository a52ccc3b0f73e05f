import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLine } from "../../../src/line/line-client.ts";
import { type MenusDeps, createMenus } from "../../../src/line/rich-menu/menus.ts";
import { createMenuSwitchStore } from "../../../src/line/rich-menu/switch-store.ts";
import { ensureFacets } from "../../../src/residents/facet-store.ts";
import { type ResidentStore, createResidentStore } from "../../../src/residents/store.ts";
import { loadSentences } from "../../../src/shared/i18n.ts";
import { createLogger } from "../../../src/shared/logger.ts";
import { type Simulator, startSimulator } from "../../../src/simulator/index.ts";
import { lineConfig } from "../../support/answering-server.ts";
import { createTestClock, openTestDatabase } from "../../support/database.ts";
import { drawOnce } from "../../support/draw-once.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { createWard } from "../../support/wards.ts";
import { waitFor } from "../../support/wait-for.ts";

const minute = 60_000;
const sentences = loadSentences();

let simulator: Simulator;
let platform: Simulator["platform"];
let opened: ReturnType<typeof openTestDatabase>;
let residents: ResidentStore;
let folder: string;
let clock: ReturnType<typeof createTestClock>;
beforeEach(async () => {
  simulator = await startSimulator();
  ({ platform } = simulator);
  platform.clock.freeze();
  opened = openTestDatabase();
  folder = temporaryFolder();
  clock = createTestClock();
  residents = createResidentStore(opened.db, ensureFacets(opened.db.sqlite, createWard(folder)));
});
afterEach(async () => {
  await simulator.close();
  opened.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What a start has in hand when the ward's profile names these languages. */
function depsOf(...languages: string[]): MenusDeps {
  const credentials = { accessToken: platform.channel.accessToken };
  const line = createLine({ ...lineConfig(simulator.url), credentials }, clock, 3_000);
  return {
    line,
    ward: createWard(folder, { languages }),
    sentences,
    residents,
    switches: createMenuSwitchStore(opened.db),
    openAlerts: async () => [],
    clock,
    log: createLogger("silent"),
    drawing: drawOnce,
  };
}

/** What a start does with menus; returns each language's everyday menu as LINE holds it. */
async function start(deps: MenusDeps): Promise<Map<string, string>> {
  await createMenus(deps).ensure(clock.now());
  return new Map(
    platform
      .richMenus()
      .map(({ richMenuId, menu }) => [menu.name?.split("/")[2] ?? "", richMenuId] as const)
      .filter(([language]) => deps.ward.languages.includes(language)),
  );
}

const names = () => platform.richMenus().map(({ menu }) => menu.name?.split("/").slice(0, 3).join("/"));
const everydayNames = () => names().filter((name) => !name?.includes("/emergency-"));
const count = (...endpoints: Parameters<typeof platform.requests>[0][]) =>
  endpoints.reduce((sum, endpoint) => sum + platform.requests(endpoint).length, 0);
const changes = () =>
  count(
    "createMenu",
    "uploadMenuImage",
    "createAlias",
    "updateAlias",
    "deleteAlias",
    "deleteMenu",
    "setDefaultMenu",
    "linkMenu",
    "bulkLinkMenu",
  );

async function aliases(): Promise<Record<string, string | undefined>> {
  const response = await fetch(`${simulator.url}/v2/bot/richmenu/alias/list`, { headers: authorized() });
  const body = (await response.json()) as { aliases: { richMenuAliasId: string; richMenuId: string }[] };
  return Object.fromEntries(body.aliases.map((alias) => [alias.richMenuAliasId, alias.richMenuId]));
}

const authorized = () => ({ authorization: `Bearer ${platform.channel.accessToken}` });

/** A menu that is on the account and that somebody else made. */
async function foreignMenu(name: string): Promise<string> {
  const response = await fetch(`${simulator.url}/v2/bot/richmenu`, {
    method: "POST",
    headers: { ...authorized(), "content-type": "application/json" },
    body: JSON.stringify({
      size: { width: 2500, height: 1686 },
      selected: false,
      name,
      chatBarText: "x",
      areas: [],
    }),
  });
  return ((await response.json()) as { richMenuId: string }).richMenuId;
}

async function reader(language: string): Promise<string> {
  const userId = platform.addUser({ displayName: "x", state: "friend" });
  await residents.follow(userId, language, 1);
  return userId;
}

describe("what LINE holds after a start", () => {
  it("is an everyday and an emergency menu with image and alias for each language, the main language's as the default", async () => {
    const ids = await start(depsOf("ja", "en"));
    expect(names()).toEqual([
      "kairan/test-ward/ja",
      "kairan/test-ward/en",
      "kairan/test-ward/emergency-ja",
      "kairan/test-ward/emergency-en",
    ]);
    expect(platform.richMenus().every(({ image }) => image !== undefined)).toBe(true);
    expect(await aliases()).toMatchObject({ "kairan-ja": ids.get("ja"), "kairan-en": ids.get("en") });
    expect(Object.keys(await aliases())).toHaveLength(4);
    const stranger = platform.addUser({ displayName: "x", state: "friend" });
    expect(platform.richMenuOf(stranger)?.menu.richMenuId).toBe(ids.get("ja"));
    expect(platform.clientMistakes()).toEqual([]);
  });

  it("is not touched by a second start: it asks, and changes nothing", async () => {
    const ids = await start(depsOf("ja", "en"));
    const before = changes();
    expect(await start(depsOf("ja", "en"))).toEqual(ids);
    expect(changes()).toBe(before);
  });

  it("gains a language without the others being made again, and loses one with its alias", async () => {
    const before = await start(depsOf("ja", "en"));
    const after = await start(depsOf("ja", "ko"));
    expect(after.get("ja")).toBe(before.get("ja"));
    expect(count("createMenu", "uploadMenuImage")).toBe(2 * 3 * 2);
    expect(everydayNames()).toEqual(["kairan/test-ward/ja", "kairan/test-ward/ko"]);
    expect(names()).toHaveLength(4);
    expect(await aliases()).toMatchObject({ "kairan-ja": after.get("ja"), "kairan-ko": after.get("ko") });
    expect(Object.keys(await aliases())).toHaveLength(4);
  });

  it("follows a changed main language: only the default is set anew", async () => {
    await start(depsOf("ja", "en"));
    const made = count("createMenu");
    const ids = await start(depsOf("en", "ja"));
    expect(count("createMenu")).toBe(made);
    const stranger = platform.addUser({ displayName: "x", state: "friend" });
    expect(platform.richMenuOf(stranger)?.menu.richMenuId).toBe(ids.get("en"));
  });

  it("leaves alone what others made on the same account", async () => {
    const foreign = [
      await foreignMenu("campaign"),
      await foreignMenu("kairan/other-ward/ja/0123456789abcdef"),
    ];
    await start(depsOf("ja"));
    await start(depsOf("ja"));
    for (const id of foreign) expect(platform.richMenu(id)).toBeDefined();
  });

  it.each([
    ["before a menu was made", "createMenu"],
    ["before its image", "uploadMenuImage"],
    ["before its alias", "createAlias"],
    ["before the default", "setDefaultMenu"],
  ] as const)("is the same when the start was cut short %s", async (_, on) => {
    platform.faults.add({ does: "dropBeforeAccept", on, times: 1 });
    await start(depsOf("ja"));
    const ids = await start(depsOf("ja"));
    expect(names()).toEqual(["kairan/test-ward/ja", "kairan/test-ward/emergency-ja"]);
    expect(platform.richMenus().every(({ image }) => image !== undefined)).toBe(true);
    expect(await aliases()).toMatchObject({ "kairan-ja": ids.get("ja") });
    expect(platform.richMenuOf(platform.addUser({ displayName: "x", state: "friend" }))?.by).toBe("default");
  });

  it.each(["createMenu", "uploadMenuImage", "createAlias", "setDefaultMenu"] as const)(
    "is the same when LINE did it and only its answer was lost (%s)",
    async (on) => {
      platform.faults.add({ does: "acceptThenDrop", on, times: 1 });
      await start(depsOf("ja"));
      const ids = await start(depsOf("ja"));
      expect(names()).toEqual(["kairan/test-ward/ja", "kairan/test-ward/emergency-ja"]);
      expect(count("createMenu")).toBe(2);
      expect(await aliases()).toMatchObject({ "kairan-ja": ids.get("ja") });
    },
  );
});

describe("readers of a language", () => {
  it("are shown its new menu, hundreds in one request, and before the old one is removed", async () => {
    const old = await foreignMenu("kairan/test-ward/ja/0000000000000000");
    const users = await Promise.all(Array.from({ length: 501 }, () => reader("ja")));
    const english = await reader("en");
    await residents.setRichMenu(users, old);
    const ids = await start(depsOf("ja", "en"));
    platform.clock.advance(1_000);
    expect(count("bulkLinkMenu")).toBe(2);
    for (const user of users) expect((await residents.find(user))?.richMenuId).toBe(ids.get("ja"));
    expect(platform.richMenuOf(users[500] ?? "")).toMatchObject({
      by: "user",
      menu: { richMenuId: ids.get("ja") },
    });
    expect(platform.richMenuOf(english)?.by).toBe("default");
    expect(platform.richMenu(old)).toBeUndefined();
    const order = platform.requests().map(({ endpoint }) => endpoint);
    expect(order.lastIndexOf("bulkLinkMenu")).toBeLessThan(order.indexOf("deleteMenu"));
  });

  it("keep the old menu when they could not be shown the new one", async () => {
    const old = await foreignMenu("kairan/test-ward/ja/0000000000000000");
    await residents.setRichMenu([await reader("ja")], old);
    platform.faults.add({ does: "refuse500", on: "bulkLinkMenu", times: 1 });
    const ids = await start(depsOf("ja"));
    expect(ids.size).toBe(1);
    expect(platform.richMenu(old)).toBeDefined();
    await start(depsOf("ja"));
    expect(platform.richMenu(old)).toBeUndefined();
  });

  it("do not suffer for one among them whom LINE refuses", async () => {
    const good = await reader("ja");
    await residents.follow("nobody", "ja", 1);
    await residents.setRichMenu([good, "nobody"], "owed");
    const ids = await start(depsOf("ja"));
    expect(platform.richMenuOf(good)).toMatchObject({ by: "user", menu: { richMenuId: ids.get("ja") } });
    await start(depsOf("ja"));
    expect(count("bulkLinkMenu")).toBe(1);
  });
});

describe("when LINE will not take the menus now", () => {
  it("they are tried again after a minute, then less and less often, and at last they are there", async () => {
    const menus = createMenus(depsOf("ja"));
    platform.faults.add({ does: "refuse503", on: "listMenus" });
    const tries: number[] = [];
    const began = clock.now();
    for (let at = 0; at <= 70; at++) {
      const before = count("listMenus");
      await menus.ensure(clock.now());
      if (count("listMenus") > before) tries.push((clock.now() - began) / minute);
      clock.advance(minute);
    }
    expect(tries).toEqual([0, 1, 3, 7, 15, 30, 45, 60]);
    platform.faults.clear();
    clock.advance(15 * minute);
    await menus.ensure(clock.now());
    expect(everydayNames()).toEqual(["kairan/test-ward/ja"]);
    const before = platform.requests().length;
    await menus.ensure(clock.now());
    expect(platform.requests().length).toBe(before);
  });

  it("LINE's hourly limit leaves the rest for later, and nothing is made twice", async () => {
    platform.limits.set("createMenu", { count: 2, perMs: 60 * minute });
    const menus = createMenus(depsOf("ja", "en", "ko"));
    await menus.ensure(clock.now());
    expect(names()).toEqual(["kairan/test-ward/ja", "kairan/test-ward/en"]);
    const tried = count("createMenu");
    await menus.ensure(clock.now());
    expect(count("createMenu")).toBe(tried);
    await waitFor("the rest", async () => {
      clock.advance(15 * minute);
      platform.clock.advance(15 * minute);
      await menus.ensure(clock.now());
      return platform.richMenus().length === 6;
    });
    expect(platform.requests("createMenu").filter(({ status }) => status === 200)).toHaveLength(6);
    expect(count("createMenu")).toBeLessThanOrEqual(6 + 8);
  });

  it("who should be shown one meanwhile is shown it as soon as it is there", async () => {
    const menus = createMenus(depsOf("ja", "en"));
    const user = await reader("en");
    await menus.show(user, "en");
    expect(count("linkMenu")).toBe(0);
    await menus.ensure(clock.now());
    platform.clock.advance(1_000);
    expect(platform.richMenuOf(user)?.by).toBe("user");
  });

  it("a resident whose menu could not be changed is shown it at the next look", async () => {
    const menus = createMenus(depsOf("ja", "en"));
    await menus.ensure(clock.now());
    const user = await reader("en");
    platform.faults.add({ does: "refuse500", on: "linkMenu", times: 1 });
    await menus.show(user, "en");
    expect(platform.richMenuOf(user)?.by).toBe("default");
    await menus.ensure(clock.now());
    platform.clock.advance(1_000);
    expect(platform.richMenuOf(user)?.by).toBe("user");
    const before = count("linkMenu", "bulkLinkMenu");
    await menus.show(user, "en");
    expect(count("linkMenu", "bulkLinkMenu")).toBe(before);
  });

  it("who asked to be forgotten sees the default again", async () => {
    const menus = createMenus(depsOf("ja", "en"));
    await menus.ensure(clock.now());
    const user = await reader("en");
    await menus.show(user, "en");
    expect(platform.richMenuOf(user)?.by).toBe("user");
    await menus.show(user, undefined);
    expect(platform.richMenuOf(user)?.by).toBe("default");
    platform.faults.add({ does: "refuse500", on: "unlinkMenu" });
    await menus.show(user, undefined);
  });
});
