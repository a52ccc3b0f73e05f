import type { messagingApi } from "@line/bot-sdk";
import { isRecord } from "../messages/place.ts";
import type { State } from "../state.ts";
import { type InboxEntry, readInbox } from "./inbox.ts";

/** Something on the user's phone that can be pressed. */
export interface Offer {
  /** The action's label, or for a tappable part of a message without one, the words on it. */
  label: string;
  action: messagingApi.Action;
  where: "quickReply" | "message" | "menu";
}

/**
 * Everything the user can press now, likeliest first: quick replies of the newest message, then messages from new to
 * old, then the rich menu.
 */
export function listOffers(state: State, userId: string): Offer[] {
  const inbox = readInbox(state, userId);
  const received = inbox.flatMap((entry) => (entry.from === "bot" ? entry.messages : []));
  const shown = state.menus.shownTo(state.users.numberOf(userId));
  return [
    ...quickReplies(inbox),
    ...received.toReversed().flatMap((message) => collectActions(message)),
    ...(shown?.menu.menu.areas ?? []).flatMap(({ action }) => offer(action, "", "menu")),
  ];
}

/** Quick replies belong to the last message, and disappear with the next thing said by either side. */
function quickReplies(inbox: readonly InboxEntry[]): Offer[] {
  const last = inbox.findLast((entry) => entry.from === "bot" || speaks(entry));
  if (last?.from !== "bot") return [];
  const items = last.messages.at(-1)?.quickReply?.items ?? [];
  return items.flatMap(({ action }) => offer(action, "", "quickReply"));
}

function speaks(entry: InboxEntry): boolean {
  if (entry.from !== "user") return false;
  return entry.act.did === "press" ? entry.act.shows !== undefined : entry.act.did !== "unsend";
}

/**
 * Actions of a template or Flex message wherever they stand in it. Flex and templates both put an action object into a
 * property of the thing that is pressed, so one walk serves them all.
 */
function collectActions(value: unknown): Offer[] {
  if (Array.isArray(value)) return value.flatMap(collectActions);
  if (!isRecord(value)) return [];
  const { quickReply: _separately, action, defaultAction, actions, ...rest } = value;
  const own = [action, defaultAction, ...(Array.isArray(actions) ? actions : [])];
  return [
    ...own.flatMap((each) => offer(each, wordsOf(value), "message")),
    ...Object.values(rest).flatMap(collectActions),
  ];
}

function offer(action: unknown, words: string, where: Offer["where"]): Offer[] {
  if (!isRecord(action) || typeof action["type"] !== "string") return [];
  const label = typeof action["label"] === "string" ? action["label"] : words;
  return [{ label, action: action as messagingApi.Action, where }];
}

/** The text inside a component, for those who press what they read. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join(" ");
  if (!isRecord(value)) return "";
  const own = typeof value["text"] === "string" ? value["text"] : "";
  return [own, wordsOf(value["contents"])].filter(Boolean).join(" ");
}
