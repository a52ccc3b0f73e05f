import type { RichMenu } from "../menus/menus.ts";
import type { State } from "../state.ts";
import { isUserId } from "../users/user.ts";
import { type Answer, answers, emptyDetails } from "./answers.ts";
import type { Call, Handler, Handlers } from "./call.ts";
import { withMenu, withoutImage } from "./menu-endpoints.ts";

/** Which user sees which menu. Users who are no friends are let through without effect (LINE fact sheet section 9). */

const menuIdForm = /^richmenu-[0-9a-f]{32}$/;

export function isMenuId(value: unknown): value is string {
  return typeof value === "string" && menuIdForm.test(value);
}

function link({ menus, users }: State, userId: string, menu: RichMenu | undefined): void {
  const number = users.numberOf(userId);
  if (number >= 0) menus.link(number, menu);
}

const linkMenu = withMenu((menu, { params }, state) => {
  const { userId } = params;
  if (!isUserId(userId)) return answers.invalidParameter("userId");
  if (menu.image === undefined) return withoutImage();
  link(state, userId, menu);
  return answers.ok();
});

const getMenuOfUser: Handler = ({ params }, { menus, users }) => {
  const { userId } = params;
  if (!isUserId(userId)) return answers.invalidParameter("userId");
  const number = users.numberOf(userId);
  const menu = number >= 0 && users.stateOf(number) === "friend" ? menus.linkedTo(number) : undefined;
  return menu === undefined
    ? answers.notFound("the user has no richmenu", emptyDetails)
    : answers.ok({ richMenuId: menu.richMenuId });
};

const unlinkMenu: Handler = ({ params }, state) => {
  const { userId } = params;
  if (!isUserId(userId)) return answers.invalidParameter("userId");
  link(state, userId, undefined);
  return answers.ok();
};

/** Who is meant by a bulk call, or why nobody is touched. */
function readUserIds(call: Call): { userIds: string[] } | { refusal: Answer } {
  const { userIds } = call.body;
  if (!Array.isArray(userIds)) return { refusal: answers.invalidProperty("userIds") };
  if (userIds.length < 1 || userIds.length > 500)
    return { refusal: answers.errors([{ message: "Size must be between 1 and 500", property: "userIds" }]) };
  const wrong = userIds.findIndex((id) => !isUserId(id));
  return wrong < 0
    ? { userIds: userIds as string[] }
    : { refusal: answers.invalidProperty(`userIds[${wrong}]`) };
}

const bulkLinkMenu: Handler = (call, state) => {
  const read = readUserIds(call);
  if ("refusal" in read) return read.refusal;
  const { richMenuId } = call.body;
  if (!isMenuId(richMenuId))
    return answers.errors([{ message: "invalid richMenuId", property: "richMenuId" }]);
  const menu = state.menus.find(richMenuId);
  if (menu === undefined) return answers.notFound("richmenu not found", emptyDetails);
  if (menu.image === undefined) return withoutImage();
  state.menus.later(() => {
    for (const userId of read.userIds) link(state, userId, menu);
  });
  return answers.accepted();
};

const bulkUnlinkMenu: Handler = (call, state) => {
  const read = readUserIds(call);
  if ("refusal" in read) return read.refusal;
  state.menus.later(() => {
    for (const userId of read.userIds) link(state, userId, undefined);
  });
  return answers.accepted();
};

export const menuLinkEndpoints: Handlers<
  "linkMenu" | "getMenuOfUser" | "unlinkMenu" | "bulkLinkMenu" | "bulkUnlinkMenu"
> = { linkMenu, getMenuOfUser, unlinkMenu, bulkLinkMenu, bulkUnlinkMenu };
