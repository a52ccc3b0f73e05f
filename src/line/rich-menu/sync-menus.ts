import type { ResidentStore } from "../../residents/store.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Logger } from "../../shared/logger.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { readFailure } from "../line-answer.ts";
import type { Line } from "../line-client.ts";
import { type DrawingProcess, startDrawing } from "./drawing/draw-apart.ts";
import { type MenuDefinition, aliasPrefix, defineMenu, menuNamePrefix } from "./menu-definition.ts";

export interface SyncDeps {
  line: Line;
  ward: Ward;
  sentences: Sentences;
  residents: ResidentStore;
  log: Logger;
}

/** LINE's limit of a bulk link (LINE fact sheet, section 9). */
const bulk = 500;

/**
 * Makes LINE hold exactly the menus of the ward profile: one per language, with image and alias, the main language's as
 * the default. What LINE holds is asked, not remembered: menus carry a hash in their name and the alias is set last, so
 * a second start changes nothing and one that was cut short goes on where it stopped.
 * @returns the id of each language's menu
 */
export async function syncMenus(deps: SyncDeps): Promise<Map<string, string>> {
  const { line, ward, sentences, log } = deps;
  const held = await heldMenus(deps);
  const aliases = await heldAliases(line);
  const ids = new Map<string, string>();
  let drawing: DrawingProcess | undefined;
  try {
    for (const language of ward.languages) {
      const wanted = defineMenu(ward, sentences, language);
      const found = held.find((menu) => menu.name === wanted.name)?.richMenuId;
      if (found !== undefined && aliases.get(wanted.aliasId) === found) {
        ids.set(language, found);
        continue;
      }
      drawing ??= startDrawing();
      const png = await draw(drawing, wanted, log);
      if (png === undefined) continue;
      const id = found ?? (await create(line, wanted));
      await uploadImage(line, id, png);
      await pointAlias(line, wanted.aliasId, id, aliases.has(wanted.aliasId));
      log.info({ language, menu: wanted.name }, "rich menu published");
      ids.set(language, id);
    }
  } finally {
    drawing?.end();
  }

  await ensureDefault(line, ids.get(ward.mainLanguage));
  // From here on the menus work; what fails is tidied up at the next start.
  try {
    for (const [language, id] of ids) await relink(deps, language, id);
    await removeUnused(deps, held, aliases, ids);
  } catch (error) {
    log.warn({ failure: readFailure(error) }, "earlier rich menus could not all be replaced or removed");
  }
  return ids;
}

async function draw(
  { draw }: DrawingProcess,
  { language, drawing }: MenuDefinition,
  log: Logger,
): Promise<Buffer | undefined> {
  try {
    return await draw(drawing);
  } catch (error) {
    log.error(
      { err: error, language },
      "the rich menu of a language cannot be drawn; its readers see the default menu",
    );
    return undefined;
  }
}

interface HeldMenu {
  richMenuId: string;
  name: string;
}

async function heldMenus({ line, ward }: SyncDeps): Promise<HeldMenu[]> {
  const { richmenus } = await line.call(({ api }) => api.getRichMenuList());
  return richmenus.filter((menu) => menu.name.startsWith(menuNamePrefix(ward)));
}

async function heldAliases(line: Line): Promise<Map<string, string>> {
  const { aliases } = await line.call(({ api }) => api.getRichMenuAliasList());
  return new Map(aliases.map((alias) => [alias.richMenuAliasId, alias.richMenuId]));
}

async function create(line: Line, { object }: MenuDefinition): Promise<string> {
  const { richMenuId } = await line.call(({ api }) => api.createRichMenu(object));
  return richMenuId;
}

/** An image can be given once; that it has one already is what we wanted. */
async function uploadImage(line: Line, id: string, png: Buffer): Promise<void> {
  try {
    const image = new Blob([new Uint8Array(png)], { type: "image/png" });
    await line.call(({ blob }) => blob.setRichMenuImage(id, image));
  } catch (error) {
    const failure = readFailure(error);
    if (
      failure.kind === "refused" &&
      failure.status === 400 &&
      /already been uploaded/i.test(failure.message)
    )
      return;
    throw error;
  }
}

async function pointAlias(line: Line, aliasId: string, id: string, exists: boolean): Promise<void> {
  if (exists) await line.call(({ api }) => api.updateRichMenuAlias(aliasId, { richMenuId: id }));
  else await line.call(({ api }) => api.createRichMenuAlias({ richMenuAliasId: aliasId, richMenuId: id }));
}

async function ensureDefault(line: Line, id: string | undefined): Promise<void> {
  if (id === undefined || (await currentDefault(line)) === id) return;
  await line.call(({ api }) => api.setDefaultRichMenu(id));
}

async function currentDefault(line: Line): Promise<string | undefined> {
  try {
    return (await line.call(({ api }) => api.getDefaultRichMenuId())).richMenuId;
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind === "refused" && (failure.status === 404 || failure.status === 403)) return undefined;
    throw error;
  }
}

/** Readers of a language who are shown another menu, or are owed one, get this one. */
export async function relink(
  { line, residents, log }: SyncDeps,
  language: string,
  id: string,
): Promise<void> {
  for (;;) {
    const users = await residents.withOtherMenu(id, language, bulk);
    if (users.length === 0) return;
    await linkTogether(line, users, id);
    await residents.setRichMenu(users, id);
    log.info({ language, residents: users.length }, "rich menu shown to its readers");
  }
}

/** All in one request; when LINE refuses it because of somebody among them, one by one. */
async function linkTogether(line: Line, userIds: string[], richMenuId: string): Promise<void> {
  try {
    await line.call(({ api }) => api.linkRichMenuIdToUsers({ richMenuId, userIds }));
  } catch (error) {
    const failure = readFailure(error);
    if (failure.kind !== "refused" || failure.status !== 400) throw error;
    for (const userId of userIds) {
      await line
        .call(({ api }) => api.linkRichMenuIdToUser(userId, richMenuId))
        .catch((reason: unknown) => {
          if (readFailure(reason).kind === "unreachable") throw reason;
        });
    }
  }
}

async function removeUnused(
  { line, log }: SyncDeps,
  held: HeldMenu[],
  aliases: Map<string, string>,
  ids: Map<string, string>,
): Promise<void> {
  const used = new Set(ids.values());
  for (const [aliasId, menuId] of aliases) {
    const ours = aliasId.startsWith(aliasPrefix()) && held.some((menu) => menu.richMenuId === menuId);
    const named = [...ids.keys()].some((language) => aliasId === `${aliasPrefix()}${language.toLowerCase()}`);
    if (ours && !named) await line.call(({ api }) => api.deleteRichMenuAlias(aliasId));
  }
  for (const { richMenuId, name } of held) {
    if (used.has(richMenuId)) continue;
    await line.call(({ api }) => api.deleteRichMenu(richMenuId));
    log.info({ menu: name }, "rich menu no longer used: removed");
  }
}
