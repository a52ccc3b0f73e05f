import type { messagingApi } from "@line/bot-sdk";
import type { FromBot, FromUser, InboxEntry } from "../acts/inbox.ts";
import { dayKey } from "./times.ts";

/** One line of a chat. The key names it on the page; rows that look the same have the same mark. */
export type Row = { key: string; mark: string; at: number } & (
  | { kind: "day" }
  /** Loud: the phone notifies its owner. It does not for a reply, whose chat is open, or when the bot asked for quiet. */
  | { kind: "received"; message: messagingApi.Message; continued: boolean; loud: boolean }
  | { kind: "sent"; message: messagingApi.Message }
  | { kind: "photo"; messageId: string }
  | { kind: "unsent" }
);

/** A chat as rows, oldest first, with the days between. */
export function rowsOf(inbox: readonly InboxEntry[]): Row[] {
  const rows: Row[] = [];
  let day = "";
  for (const entry of inbox) {
    const said = entry.from === "bot" ? received(entry) : done(entry);
    if (said.length > 0 && dayKey(entry.at) !== day) {
      day = dayKey(entry.at);
      rows.push({ key: `day-${day}`, mark: day, at: entry.at, kind: "day" });
    }
    rows.push(...said);
  }
  return rows;
}

function received(entry: FromBot): Row[] {
  const loud = entry.via !== "reply" && !entry.notificationDisabled;
  return entry.messages.map((message, index) => {
    const key = `${entry.order}-${index}`;
    return { key, mark: key, at: entry.at, kind: "received", message, continued: index > 0, loud };
  });
}

/** What the user did, as far as it shows in the chat: following, blocking and silent taps do not. */
function done({ order, at, act, unsent }: FromUser): Row[] {
  const key = String(order);
  const row = { key, mark: key, at };
  if (unsent) return [{ key, mark: `${key} unsent`, at, kind: "unsent" }];
  switch (act.did) {
    case "text":
      return [{ ...row, kind: "sent", message: { type: "text", text: act.text } }];
    case "press":
      return act.shows === undefined
        ? []
        : [{ ...row, kind: "sent", message: { type: "text", text: act.shows } }];
    case "sticker":
      return [
        {
          ...row,
          kind: "sent",
          message: { type: "sticker", packageId: act.packageId, stickerId: act.stickerId },
        },
      ];
    case "location": {
      const { title = "", address = "", latitude, longitude } = act;
      return [{ ...row, kind: "sent", message: { type: "location", title, address, latitude, longitude } }];
    }
    case "image":
      return [{ ...row, kind: "photo", messageId: act.messageId }];
    case "follow":
    case "block":
    case "deleteAccount":
    case "unsend":
      return [];
  }
}

// Pressing one of these only begins something; its chip stays until the resident has sent what was asked for.
const beginners = new Set<unknown>(["camera", "cameraRoll", "datetimepicker", "location"]);

/** The message whose quick replies are on the screen: the newest of all, until one of them is pressed. */
export function quickReplyMessage(inbox: readonly InboxEntry[]): messagingApi.Message | undefined {
  const last = inbox.findLastIndex((entry) => entry.from === "bot" || done(entry).length > 0);
  const entry = inbox[last];
  const message = entry?.from === "bot" ? entry.messages.at(-1) : undefined;
  const actions = message?.quickReply?.items?.map(({ action }) => action) ?? [];
  if (actions.length === 0) return undefined;
  const final = new Set(actions.filter((action) => !beginners.has(action?.type)).map(signature));
  const pressed = inbox
    .slice(last + 1)
    .some(
      (later) => later.from === "user" && later.act.did === "press" && final.has(signature(later.act.action)),
    );
  return pressed ? undefined : message;
}

function signature(action: unknown): string {
  const { type, data, text, uri } = (action ?? {}) as Record<string, unknown>;
  return JSON.stringify([type, data, text, uri]);
}
