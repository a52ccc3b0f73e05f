import type { Menus } from "../menus/menus.ts";
import { type Answer, answers, emptyDetails } from "./answers.ts";
import type { Call, Handler, Handlers } from "./call.ts";
import { isMenuId } from "./menu-link-endpoints.ts";

/** Rich menu aliases: the names that a richmenuswitch action uses. */

const mostAliases = 1_000;
const aliasForm = /^[a-z0-9_-]{1,32}$/;

const invalidAlias = (): Answer =>
  answers.errors([{ message: "invalid richMenuAliasId", property: "richMenuAliasId" }]);
const aliasNotFound = (): Answer => answers.notFound("richmenu alias not found", emptyDetails);

/** An alias may only lead to a menu that exists and has its picture. */
function refuseTarget(richMenuId: unknown, menus: Menus): Answer | undefined {
  if (!isMenuId(richMenuId))
    return answers.errors([{ message: "invalid richMenuId", property: "richMenuId" }]);
  return menus.find(richMenuId)?.image === undefined
    ? answers.badRequest("richmenu not found", emptyDetails)
    : undefined;
}

const createAlias: Handler = ({ body }, { menus }) => {
  const { richMenuAliasId, richMenuId } = body;
  if (typeof richMenuAliasId !== "string" || !aliasForm.test(richMenuAliasId)) return invalidAlias();
  const refused = refuseTarget(richMenuId, menus);
  if (refused !== undefined) return refused;
  if (menus.aliases.has(richMenuAliasId))
    return answers.badRequest("conflict richmenu alias id", emptyDetails);
  if (menus.aliases.size >= mostAliases)
    return answers.badRequest(`The maximum number of rich menu aliases is ${mostAliases}`, emptyDetails);
  menus.setAlias(richMenuAliasId, String(richMenuId));
  return answers.ok();
};

/** The alias the path names, if it is one. */
function withAlias(handle: (aliasId: string, call: Call, menus: Menus) => Answer): Handler {
  return (call, { menus }) => {
    const aliasId = call.params["aliasId"] ?? "";
    if (!aliasForm.test(aliasId)) return invalidAlias();
    return menus.aliases.has(aliasId) ? handle(aliasId, call, menus) : aliasNotFound();
  };
}

const updateAlias = withAlias((aliasId, { body }, menus) => {
  const { richMenuId } = body;
  const refused = refuseTarget(richMenuId, menus);
  if (refused !== undefined) return refused;
  menus.setAlias(aliasId, String(richMenuId));
  return answers.ok();
});

const getAlias = withAlias((aliasId, _call, menus) =>
  answers.ok({ richMenuAliasId: aliasId, richMenuId: menus.aliases.get(aliasId) }),
);

const deleteAlias = withAlias((aliasId, _call, menus) => {
  menus.aliases.delete(aliasId);
  return answers.ok();
});

const listAliases: Handler = (_call, { menus }) =>
  answers.ok({
    aliases: Array.from(menus.aliases, ([richMenuAliasId, richMenuId]) => ({ richMenuAliasId, richMenuId })),
  });

export const aliasEndpoints: Handlers<
  "createAlias" | "updateAlias" | "getAlias" | "deleteAlias" | "listAliases"
> = { createAlias, updateAlias, getAlias, deleteAlias, listAliases };
