import { readFailure } from "../line-answer.ts";
import type { Line } from "../line-client.ts";
import { aliasOf, aliasPrefix } from "./menu-definition.ts";
import type { MenuDeps, MenuIds, Published } from "./publish-menus.ts";

/** LINE's limit of a bulk link (LINE fact sheet, section 9). */
const bulk = 500;

/** What everybody sees who is not linked to a menu of their own. */
export async function ensureDefault(line: Line, id: string | undefined): Promise<void> {
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

/** Readers of a language who are shown another menu, or are owed one, get this one; not while `quiet` says no. */
export async function relink(
  { line, residents, log }: MenuDeps,
  language: string,
  id: string,
  quiet: () => boolean,
): Promise<void> {
  while (quiet()) {
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

/** Removes menus and aliases of ours that the ward's profile has left behind; nobody is linked to them any more. */
export async function removeUnused(
  { line, log }: MenuDeps,
  { everyday, emergency, held, aliases }: Published,
): Promise<void> {
  const used = new Set([...everyday.values(), ...emergency.values()]);
  const gone = held.filter(({ richMenuId }) => !used.has(richMenuId));
  for (const [aliasId, menuId] of aliases) {
    const left = gone.some(({ richMenuId }) => richMenuId === menuId);
    if (left && aliasId.startsWith(aliasPrefix()) && !isNamed(aliasId, everyday, emergency))
      await line.call(({ api }) => api.deleteRichMenuAlias(aliasId));
  }
  for (const { richMenuId, name } of gone) {
    await line.call(({ api }) => api.deleteRichMenu(richMenuId));
    log.info({ menu: name }, "rich menu no longer used: removed");
  }
}

/** An alias that was pointed to the new menu of its language stands. */
function isNamed(aliasId: string, everyday: MenuIds, emergency: MenuIds): boolean {
  return (
    [...everyday.keys()].some((language) => aliasId === aliasOf(language, "everyday")) ||
    [...emergency.keys()].some((language) => aliasId === aliasOf(language, "emergency"))
  );
}
