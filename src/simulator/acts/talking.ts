import type { webhook } from "@line/bot-sdk";
import type { State } from "../state.ts";
import type { User } from "../users/user.ts";
import type { Delivery } from "../webhook/delivery.ts";
import type { Act } from "./activity.ts";
import { notify, remember } from "./friendship.ts";

export interface Location {
  title?: string | undefined;
  address?: string | undefined;
  latitude: number;
  longitude: number;
}

/** The user, if they can write to the account: friends and strangers can, who blocked it cannot. */
export function talkingUser(state: State, userId: string): User {
  const user = state.users.find(userId);
  if (user === undefined || user.state === "unknown")
    throw new Error(`Nobody on this LINE has the id ${userId}.`);
  if (user.state === "blocked") throw new Error(`${userId} has blocked the account: unblock it first.`);
  if (user.state === "deleted") throw new Error(`${userId} has deleted their LINE account.`);
  return user;
}

export function say(state: State, userId: string, text: string): Promise<Delivery> {
  if (text === "") throw new Error("LINE does not let anybody send an empty text.");
  return write(
    state,
    userId,
    (messageId) => ({ did: "text", text, messageId }),
    (common) => ({ type: "text", ...common, text, quoteToken: state.random.hex(32) }),
  );
}

export function sendSticker(
  state: State,
  userId: string,
  { packageId, stickerId }: { packageId: string; stickerId: string },
): Promise<Delivery> {
  return write(
    state,
    userId,
    (messageId) => ({ did: "sticker", packageId, stickerId, messageId }),
    (common) => ({
      type: "sticker",
      ...common,
      packageId,
      stickerId,
      stickerResourceType: "STATIC",
      quoteToken: state.random.hex(32),
    }),
  );
}

/** One grey pixel, for whom any picture will do. */
const anyPicture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

export function sendImage(
  state: State,
  userId: string,
  content: Buffer = anyPicture,
  contentType = "image/png",
): Promise<Delivery> {
  return write(
    state,
    userId,
    (messageId) => {
      state.activity.contents.set(messageId, { content, contentType });
      return { did: "image", messageId };
    },
    (common) => ({
      type: "image",
      ...common,
      contentProvider: { type: "line" },
      quoteToken: state.random.hex(32),
    }),
  );
}

export function sendLocation(state: State, userId: string, location: Location): Promise<Delivery> {
  const { title, address, latitude, longitude } = location;
  const named = { ...(title === undefined ? {} : { title }), ...(address === undefined ? {} : { address }) };
  return write(
    state,
    userId,
    (messageId) => ({ did: "location", ...named, latitude, longitude, messageId }),
    (common) => ({ type: "location", ...common, ...named, latitude, longitude }),
  );
}

/** Takes back a message, by default the last one. The bot is asked to delete its copies. */
export function unsend(state: State, userId: string, messageId?: string): Promise<Delivery> {
  const user = talkingUser(state, userId);
  const sent = state.activity.of(user.number).flatMap(({ act }) => ("messageId" in act ? [act] : []));
  const takenBack = new Set(sent.flatMap((act) => (act.did === "unsend" ? [act.messageId] : [])));
  const left = sent.map((act) => act.messageId).filter((id) => !takenBack.has(id));
  const target = messageId ?? left.at(-1);
  if (target === undefined || !left.includes(target))
    throw new Error(`${userId} has no such message to take back.`);
  if (state.activity.contents.has(target)) state.activity.contents.set(target, undefined);
  remember(state, user, { did: "unsend", messageId: target });
  return notify(state, user, { type: "unsend", unsend: { messageId: target } });
}

interface CommonContent {
  id: string;
  markAsReadToken: string;
}

function write(
  state: State,
  userId: string,
  asAct: (messageId: string) => Act,
  asContent: (common: CommonContent) => webhook.MessageContent,
): Promise<Delivery> {
  const user = talkingUser(state, userId);
  const id = state.nextMessageId();
  const markAsReadToken = state.random.hex(32);
  user.lastWroteAt = state.clock.now();
  const order = remember(state, user, asAct(id));
  state.activity.readTokens.set(markAsReadToken, { number: user.number, order });
  return notify(state, user, { type: "message", message: asContent({ id, markAsReadToken }) });
}
