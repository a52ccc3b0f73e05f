import type { messagingApi } from "@line/bot-sdk";
import type { UserNumber } from "../users/user.ts";

/** What a user did, as their own phone shows or remembers it. */
export type Act =
  | { did: "follow"; isUnblocked: boolean }
  | { did: "block" }
  | { did: "deleteAccount" }
  | { did: "text"; text: string; messageId: string }
  | { did: "sticker"; packageId: string; stickerId: string; messageId: string }
  | { did: "image"; messageId: string }
  | {
      did: "location";
      title?: string;
      address?: string;
      latitude: number;
      longitude: number;
      messageId: string;
    }
  | { did: "unsend"; messageId: string }
  /** Pressed something; `shows` is the text it put into the chat in the user's name, if any. */
  | { did: "press"; action: messagingApi.Action; shows?: string; params?: Record<string, string> };

export interface ActRecord {
  order: number;
  at: number;
  act: Act;
}

/** What each user did, and what the bot is showing them outside the chat. Only users who did something take room. */
export interface Activity {
  add(number: UserNumber, record: ActRecord): void;
  of(number: UserNumber): readonly ActRecord[];
  /** Until when the user sees the loading animation, in the platform's time. */
  loadingUntil: Map<UserNumber, number>;
  /** Messages the bot has marked as read, up to which order, by user. */
  readUpTo: Map<UserNumber, number>;
  /** Tokens with which messages can be marked as read, and whose they are. They never expire. */
  readTokens: Map<string, { number: UserNumber; order: number }>;
  /** Bytes of pictures that users sent, by message id; `undefined` once unsent. */
  contents: Map<string, { content: Buffer; contentType: string } | undefined>;
  /** When a user's latest webhook event was a `standby` one. */
  standbySince: Map<UserNumber, number>;
  clear(): void;
}

export function createActivity(): Activity {
  const records = new Map<UserNumber, ActRecord[]>();
  const activity: Activity = {
    add: (number, record) => {
      const before = records.get(number);
      if (before === undefined) records.set(number, [record]);
      else before.push(record);
    },
    of: (number) => records.get(number) ?? [],
    loadingUntil: new Map(),
    readUpTo: new Map(),
    readTokens: new Map(),
    contents: new Map(),
    standbySince: new Map(),
    clear: () => {
      const { loadingUntil, readUpTo, readTokens, contents, standbySince } = activity;
      for (const each of [records, loadingUntil, readUpTo, readTokens, contents, standbySince]) each.clear();
    },
  };
  return activity;
}
