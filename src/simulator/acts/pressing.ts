import type { messagingApi } from "@line/bot-sdk";
import type { State } from "../state.ts";
import type { User } from "../users/user.ts";
import type { Delivery } from "../webhook/delivery.ts";
import { notify, remember } from "./friendship.ts";
import { listOffers } from "./offers.ts";
import { say, talkingUser } from "./talking.ts";

export interface PressOptions {
  /** For a datetimepicker: what the user picks, in the form of its mode. Default: its initial value, or now in Japan. */
  pick?: string | undefined;
}

/**
 * Presses an action object. Postbacks and messages send a webhook; an address, a clipboard or a camera only opens
 * something on the phone, and the promise resolves with `undefined`.
 */
export async function press(
  state: State,
  userId: string,
  action: messagingApi.Action,
  options: PressOptions = {},
): Promise<Delivery | undefined> {
  const user = talkingUser(state, userId);
  switch (action.type) {
    case "postback":
      return await pressPostback(state, user, action);
    case "message":
      remember(state, user, { did: "press", action });
      return await say(state, userId, action.text ?? "");
    case "datetimepicker": {
      const mode = action.mode ?? "date";
      const params = { [mode]: pickTime(state, action, options.pick) };
      remember(state, user, { did: "press", action, params });
      return await notify(state, user, { type: "postback", postback: { data: action.data ?? "", params } });
    }
    case "richmenuswitch": {
      const params = switchMenu(state, user, action);
      remember(state, user, { did: "press", action, params });
      return await notify(state, user, { type: "postback", postback: { data: action.data ?? "", params } });
    }
    case "uri":
    case "clipboard":
    case "camera":
    case "cameraRoll":
    case "location":
      remember(state, user, { did: "press", action });
      return undefined;
  }
}

async function pressPostback(
  state: State,
  user: User,
  action: messagingApi.PostbackAction,
): Promise<Delivery> {
  const { data = "", displayText, text } = action;
  const shows = displayText === undefined ? {} : { shows: displayText };
  remember(state, user, { did: "press", action, ...shows });
  // The deprecated `text` really sends a message in the user's name, next to the postback.
  if (text !== undefined) await say(state, user.id, text);
  return await notify(state, user, { type: "postback", postback: { data } });
}

const nineHours = 9 * 3_600_000;
const forms = {
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d$/,
  datetime: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/,
};

function pickTime(state: State, action: messagingApi.DatetimePickerAction, pick?: string): string {
  const mode = action.mode ?? "date";
  const now = new Date(state.clock.now() + nineHours).toISOString();
  const today = { date: now.slice(0, 10), time: now.slice(11, 16), datetime: now.slice(0, 16) };
  const picked = (pick ?? action.initial ?? today[mode]).replace("t", "T");
  if (!forms[mode].test(picked)) throw new Error(`"${picked}" is not a ${mode} that the picker could give.`);
  const tooEarly = action.min !== undefined && picked < action.min.replace("t", "T");
  const tooLate = action.max !== undefined && picked > action.max.replace("t", "T");
  if (tooEarly || tooLate) throw new Error(`"${picked}" is outside what the picker offers.`);
  return picked;
}

/** Whether LINE keeps the switched menu as the user's own is not documented; here it does. */
function switchMenu(
  state: State,
  user: User,
  action: messagingApi.RichMenuSwitchAction,
): Record<string, string> {
  const { menus, switches } = state;
  const aliasId = action.richMenuAliasId ?? "";
  if (switches.menuSwitchFails) return { status: "FAILED" };
  const richMenuId = menus.menuOfAlias(aliasId);
  if (richMenuId === undefined) return { status: "RICHMENU_ALIAS_ID_NOTFOUND" };
  const menu = menus.find(richMenuId);
  if (menu === undefined) return { status: "RICHMENU_NOTFOUND" };
  menus.link(user.number, menu);
  return { status: "SUCCESS", newRichMenuAliasId: aliasId };
}

/** Presses what carries that label on the user's phone. The error says what could be pressed instead. */
export async function pressLabel(
  state: State,
  userId: string,
  label: string,
  options?: PressOptions,
): Promise<Delivery | undefined> {
  const offers = listOffers(state, userId);
  const found = offers.find((offer) => offer.label === label);
  if (found !== undefined) return await press(state, userId, found.action, options);
  const labels = [...new Set(offers.map((offer) => `"${offer.label}"`))].join(", ");
  throw new Error(`Nothing on the phone is labelled "${label}". There is: ${labels || "nothing to press"}.`);
}

/** Taps an area of the rich menu the user sees, counted from 0. */
export async function tapMenu(
  state: State,
  userId: string,
  areaIndex: number,
  options?: PressOptions,
): Promise<Delivery | undefined> {
  const user = talkingUser(state, userId);
  const shown = state.menus.shownTo(user.number);
  if (shown === undefined) throw new Error(`${userId} sees no rich menu.`);
  const areas = shown.menu.menu.areas ?? [];
  const action = areas[areaIndex]?.action;
  if (action === undefined) throw new Error(`The rich menu has ${areas.length} areas, none is ${areaIndex}.`);
  return await press(state, userId, action, options);
}
