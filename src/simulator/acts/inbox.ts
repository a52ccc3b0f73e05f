import type { messagingApi } from "@line/bot-sdk";
import type { Via } from "../sending/ledger.ts";
import type { State } from "../state.ts";
import type { Act } from "./activity.ts";

/** One thing in a user's chat, from the bot or from the user. */
export type InboxEntry = FromBot | FromUser;

export interface FromBot {
  from: "bot";
  order: number;
  at: number;
  via: Via;
  messages: readonly messagingApi.Message[];
  /** In the order of the messages. */
  messageIds: readonly string[];
  requestId: string;
  /** The phone shows it without a sound. */
  notificationDisabled: boolean;
}

export interface FromUser {
  from: "user";
  order: number;
  at: number;
  act: Act;
  /** The user took this message back. */
  unsent: boolean;
  /** The bot marked it as read. */
  read: boolean;
}

/** A user's chat, oldest first: what reached them out of the ledger, and what they did themselves. */
export function readInbox(state: State, userId: string): InboxEntry[] {
  const number = state.users.numberOf(userId);
  if (number < 0) return [];
  const received = state.ledger.batchesOf(number).map((batch): FromBot => ({
    from: "bot",
    order: batch.order,
    at: batch.at,
    via: batch.via,
    messages: batch.messages,
    messageIds: batch.sentMessages.map((message) => message.id),
    requestId: batch.requestId,
    notificationDisabled: batch.notificationDisabled,
  }));
  const records = state.activity.of(number);
  const unsentIds = new Set(records.flatMap(({ act }) => (act.did === "unsend" ? [act.messageId] : [])));
  const readUpTo = state.activity.readUpTo.get(number) ?? -1;
  const done = records.map(({ order, at, act }): FromUser => {
    const unsent = act.did !== "unsend" && "messageId" in act && unsentIds.has(act.messageId);
    return { from: "user", order, at, act, unsent, read: order <= readUpTo };
  });
  return [...received, ...done].sort((a, b) => a.order - b.order);
}
