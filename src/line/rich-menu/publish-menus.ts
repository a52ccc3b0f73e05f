import type { ResidentStore } from "../../residents/store.ts";
import type { Sentences } from "../../shared/i18n.ts";
import type { Logger } from "../../shared/logger.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { readFailure } from "../line-answer.ts";
import type { Line } from "../line-client.ts";
import { type DrawingProcess, startDrawing } from "./drawing/draw-apart.ts";
import { type Face, type MenuDefinition, defineMenu, menuNamePrefix } from "./menu-definition.ts";

export interface MenuDeps {
  line: Line;
  ward: Ward;
  sentences: Sentences;
  residents: ResidentStore;
  log: Logger;
  /** Where pictures are drawn; a process of its own unless a test says otherwise. */
  drawing?: (() => DrawingProcess) | undefined;
}

/** The id of each language's menu. */
export type MenuIds = ReadonlyMap<string, string>;

export interface Published {
  everyday: MenuIds;
  /** Empty, or without some languages, as long as LINE did not take them: see `complete`. */
  emergency: MenuIds;
  complete: boolean;
  /** What LINE held before, of ours: what is not used any more is removed once nobody is linked to it. */
  held: HeldMenu[];
  aliases: Map<string, string>;
}

export interface HeldMenu {
  richMenuId: string;
  name: string;
}

/**
 * Makes LINE hold the menus of the ward profile: for each language one for every day and one for emergencies, with image
 * and alias, so that in an emergency nothing is left to do but to switch. What LINE holds is asked, not remembered: menus
 * carry a hash in their name and the alias is set last, so a second start changes nothing and one that was cut short goes
 * on where it stopped.
 */
export async function publishMenus(deps: MenuDeps): Promise<Published> {
  const { line, log } = deps;
  const held = await heldMenus(deps);
  const aliases = await heldAliases(line);
  const drawing = drawnOnDemand(deps.drawing ?? startDrawing);
  try {
    const everyday = new Map<string, string>();
    const emergency = new Map<string, string>();
    const publish = (face: Face, ids: Map<string, string>) =>
      publishFace(deps, face, { held, aliases, draw: drawing.draw, ids });
    await publish("everyday", everyday);
    const complete = await publish("emergency", emergency).then(
      () => true,
      (error: unknown) => {
        log.warn(
          { failure: readFailure(error) },
          "not all emergency menus could be published; it is tried again",
        );
        return false;
      },
    );
    return { everyday, emergency, complete, held, aliases };
  } finally {
    drawing.end();
  }
}

interface Work {
  held: HeldMenu[];
  aliases: Map<string, string>;
  draw: DrawingProcess["draw"];
  /** Filled as it goes, so that those that are there are used when the next one fails. */
  ids: Map<string, string>;
}

async function publishFace(
  { line, ward, sentences, log }: MenuDeps,
  face: Face,
  { held, aliases, draw, ids }: Work,
): Promise<void> {
  for (const language of ward.languages) {
    const wanted = defineMenu(ward, sentences, language, face);
    const found = held.find((menu) => menu.name === wanted.name)?.richMenuId;
    if (found !== undefined && aliases.get(wanted.aliasId) === found) {
      ids.set(language, found);
      continue;
    }
    const png = await drawOrTell(draw, wanted, log);
    if (png === undefined) continue;
    const id = found ?? (await create(line, wanted));
    await uploadImage(line, id, png);
    await pointAlias(line, wanted.aliasId, id, aliases.has(wanted.aliasId));
    log.info({ language, menu: wanted.name }, "rich menu published");
    ids.set(language, id);
  }
}

/** The menu of a language; where there is none for emergencies (yet), the everyday one stays. */
export function menuFor(
  { everyday, emergency }: Published,
  face: Face,
  language: string,
): string | undefined {
  return (face === "emergency" ? emergency.get(language) : undefined) ?? everyday.get(language);
}

/** The process is begun with the first menu that has to be drawn; mostly there is none. */
function drawnOnDemand(start: () => DrawingProcess): DrawingProcess {
  let drawing: DrawingProcess | undefined;
  return {
    draw: (menu) => {
      drawing ??= start();
      return drawing.draw(menu);
    },
    end: () => drawing?.end(),
  };
}

async function drawOrTell(
  draw: DrawingProcess["draw"],
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

async function heldMenus({ line, ward }: MenuDeps): Promise<HeldMenu[]> {
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
