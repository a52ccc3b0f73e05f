import type { messagingApi } from "@line/bot-sdk";
import { asMenu, findMenuErrors, readMenuImage } from "../menus/menu-rules.ts";
import type { RichMenu } from "../menus/menus.ts";
import type { State } from "../state.ts";
import { type Answer, answers, emptyDetails } from "./answers.ts";
import type { Call, Handler, Handlers } from "./call.ts";

/** Rich menus themselves, and the default one. Linking is in `menu-link-endpoints.ts`. */

const mostMenus = 1_000;

const createMenu: Handler = ({ body }, { menus }) => {
  const errors = findMenuErrors(body);
  if (errors.length > 0) return answers.errors(errors);
  if (menus.list().length >= mostMenus)
    return answers.badRequest(`The maximum number of rich menus is ${mostMenus}`, emptyDetails);
  return answers.ok({ richMenuId: menus.create(asMenu(body)).richMenuId });
};

const validateMenu: Handler = ({ body }) => {
  const errors = findMenuErrors(body);
  return errors.length > 0 ? answers.errors(errors) : answers.ok();
};

/** The menu the path names, handed on; or 404. */
export function withMenu(handle: (menu: RichMenu, call: Call, state: State) => Answer): Handler {
  return (call, state) => {
    const menu = state.menus.find(call.params["menuId"] ?? "");
    return menu === undefined ? answers.notFound() : handle(menu, call, state);
  };
}

export const withoutImage = (): Answer =>
  answers.badRequest("must upload richmenu image before applying it to user", emptyDetails);

const asResponse = ({ richMenuId, menu }: RichMenu): messagingApi.RichMenuResponse =>
  ({ richMenuId, ...menu }) as messagingApi.RichMenuResponse;

const uploadMenuImage = withMenu((menu, { raw, headers }, { menus }) => {
  if (menu.image !== undefined)
    return answers.badRequest("An image has already been uploaded to the richmenu");
  const image = readMenuImage(raw);
  // A PNG that calls itself a JPEG: which text LINE has for it is not documented.
  if (image === undefined || !String(headers["content-type"]).startsWith(image.contentType))
    return answers.badRequest("The image size is not allowed for richmenu");
  menus.setImage(menu, { ...image, content: raw });
  return answers.ok();
});

const downloadMenuImage = withMenu(({ image }) =>
  image === undefined ? answers.notFound() : { status: 200, bytes: image },
);

const deleteMenu = withMenu((menu, _call, { menus }) => {
  menus.delete(menu.richMenuId);
  return answers.ok();
});

const setDefaultMenu = withMenu((menu, _call, { menus }) => {
  if (menu.image === undefined) return withoutImage();
  menus.setDefault(menu);
  return answers.ok();
});

const getDefaultMenu: Handler = (_call, { menus }) => {
  const menu = menus.defaultMenu();
  return menu === undefined
    ? answers.notFound("no default richmenu", emptyDetails)
    : answers.ok({ richMenuId: menu.richMenuId });
};

const clearDefaultMenu: Handler = (_call, { menus }) => {
  menus.setDefault(undefined);
  return answers.ok();
};

export const menuEndpoints: Handlers<
  | "createMenu"
  | "validateMenu"
  | "listMenus"
  | "getMenu"
  | "deleteMenu"
  | "uploadMenuImage"
  | "downloadMenuImage"
  | "setDefaultMenu"
  | "getDefaultMenu"
  | "clearDefaultMenu"
> = {
  createMenu,
  validateMenu,
  listMenus: (_call, { menus }) => answers.ok({ richmenus: menus.list().map(asResponse) }),
  getMenu: withMenu((menu) => answers.ok(asResponse(menu))),
  deleteMenu,
  uploadMenuImage,
  downloadMenuImage,
  setDefaultMenu,
  getDefaultMenu,
  clearDefaultMenu,
};
