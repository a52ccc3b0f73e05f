import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { projectPath } from "../../../src/shared/project-root.ts";
import type { Platform } from "../../../src/simulator/index.ts";
import { createPerson } from "../../support/person.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { waitFor } from "../../support/wait-for.ts";
import { type World, startWorld } from "../../support/world.ts";

let world: World;
let line: Platform;
let folder: string;
beforeEach(async () => {
  folder = temporaryFolder();
  world = await startWorld({ overrides: { publishMenus: true } });
  line = world.line.platform;
});
afterEach(async () => {
  await world.end();
  rmSync(folder, { recursive: true, force: true });
});

const created = () => line.requests("createMenu").length;
const published = () =>
  waitFor("the menus", () => line.requests("setDefaultMenu").some(({ status }) => status === 200), 60_000);
const menuOf = (userId: string) => line.richMenuOf(userId)?.menu.richMenuId;

/** Until whatever a start does with menus is done: the default menu is asked for at its end. */
async function settled(before: number): Promise<void> {
  await waitFor("the menus to be looked at", () => line.requests().length > before);
  let seen = -1;
  await waitFor("the end of it", () => {
    const now = line.requests().length;
    const still = now === seen;
    seen = now;
    return still;
  });
}

describe("publishing rich menus", () => {
  it("makes two for each language, shows residents theirs, and a second start changes nothing", async () => {
    await published();
    const ids = line.richMenus().map(({ richMenuId }) => richMenuId);
    const stranger = line.addUser({ displayName: "x" });
    expect(line.richMenuOf(stranger)?.by).toBe("default");

    const person = createPerson(world, { language: "en" });
    await person.follow();
    await person.press("English");
    await waitFor("the English menu", () => line.richMenuOf(person.id)?.by === "user");
    const english = menuOf(person.id);
    await person.say("日本語");
    await waitFor("the Japanese menu", () => menuOf(person.id) !== english);

    const before = line.requests().length;
    await world.restart();
    await settled(before);
    expect(created()).toBe(10);
    expect(line.richMenus().map(({ richMenuId }) => richMenuId)).toEqual(ids);
    expect(line.clientMistakes()).toEqual([]);
  });

  it("replaces only the menu that changed, relinks its readers, and removes what is no longer used", async () => {
    await published();
    const person = createPerson(world, { language: "en" });
    await person.follow();
    await person.press("English");
    await waitFor("the English menu", () => line.richMenuOf(person.id)?.by === "user");
    const before = new Set(line.richMenus().map(({ richMenuId }) => richMenuId));
    const old = menuOf(person.id);

    const locales = join(folder, "locales");
    cpSync(projectPath("locales"), locales, { recursive: true });
    const file = join(locales, "en", "conversation.json");
    const sentences = readFileSync(file, "utf8");
    expect(sentences).toContain('"My settings"');
    writeFileSync(file, sentences.replaceAll('"My settings"', '"All settings"'));
    await world.restart({ localesFolder: locales });
    const shown = () => line.richMenuOf(person.id);
    await waitFor("the new menu", () => shown()?.by === "user" && menuOf(person.id) !== old, 15_000);
    await waitFor("the old one to go", () => line.richMenus().every(({ richMenuId }) => richMenuId !== old));
    expect(created()).toBe(11);
    const now = line.richMenus().map(({ richMenuId }) => richMenuId);
    expect(now.filter((each) => !before.has(each))).toEqual([menuOf(person.id)]);
    expect(now).not.toContain(old);
    expect(line.clientMistakes()).toEqual([]);
  });

  it("goes on where it was cut short, and without menus the chat works all the same", async () => {
    await published();
    for (const { richMenuId } of line.richMenus())
      await fetch(`${world.line.url}/v2/bot/richmenu/${richMenuId}`, {
        method: "DELETE",
        headers: { authorization: `Bearer ${line.channel.accessToken}` },
      });
    line.faults.add({ does: "refuse500", on: "uploadMenuImage" });
    await world.restart();
    await waitFor("an attempt", () => line.requests("uploadMenuImage").length > 0, 60_000);
    const person = createPerson(world, { language: "en" });
    await person.follow();
    await person.press("English");
    expect(person.canPress().length).toBeGreaterThan(2);
    line.faults.clear();
    await world.restart();
    await waitFor("the menu at last", () => line.richMenuOf(person.id)?.by === "user", 30_000);
  });
});
