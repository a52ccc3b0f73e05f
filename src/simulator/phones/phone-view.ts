import type { messagingApi } from "@line/bot-sdk";
import type { RichMenu } from "../menus/menus.ts";
import type { Platform } from "../platform.ts";
import type { FriendState, User } from "../users/user.ts";
import { type Row, quickReplyMessage, rowsOf } from "./rows.ts";
import { type PageLanguage, phoneLanguage } from "./words.ts";

/** Everything one phone shows at a moment. */
export interface PhoneView {
  id: string;
  /** What the owner is called. */
  name: string;
  /** The profile's language; absent when LINE does not tell it. */
  profileLanguage: string | undefined;
  /** In which language the phone's own words are. */
  language: PageLanguage;
  state: FriendState;
  rows: Row[];
  quickReplies: messagingApi.Message | undefined;
  menu: RichMenu | undefined;
  typing: boolean;
  /** The account this phone chats with. */
  account: string;
}

/** The phone now, or with its chat only up to some place in the order of things. */
export function viewPhone(platform: Platform, user: Readonly<User>, upTo = Infinity): PhoneView {
  const inbox = platform.inbox(user.id).filter((entry) => entry.order <= upTo);
  return {
    id: user.id,
    name: user.displayName === "" ? "?" : user.displayName,
    profileLanguage: user.language,
    language: phoneLanguage(user.language),
    state: user.state,
    rows: rowsOf(inbox),
    quickReplies: quickReplyMessage(inbox),
    // Who blocked the account, or deleted theirs, has no chat with a menu in it.
    menu:
      user.state === "blocked" || user.state === "deleted" ? undefined : platform.richMenuOf(user.id)?.menu,
    typing: platform.isLoading(user.id),
    account: platform.channel.displayName,
  };
}

/** More phones than this at once and nobody sees anything. */
const mostPhones = 12;
const shownByDefault = 4;

/** The users whose phones are on the page: those asked for, else the first few. */
export function chosenUsers(platform: Platform, show: unknown): Readonly<User>[] {
  const asked = (Array.isArray(show) ? show : [show]).filter((id) => typeof id === "string");
  if (asked.length === 0) return platform.users().slice(0, shownByDefault);
  return [...new Set(asked)]
    .flatMap((id) => platform.users().find((user) => user.id === id) ?? [])
    .slice(0, mostPhones);
}
