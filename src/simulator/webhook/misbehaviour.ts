import type { webhook } from "@line/bot-sdk";
import type { Frequency, Rules } from "../faults/rules.ts";
import type { Random } from "../random.ts";

/** What can go wrong with an event on its way to the bot (LINE fact sheet section 3). */
export const webhookFaultKinds = [
  /** Never sent, and never sent again. */
  "drop",
  /** Sent again right after, marked `isRedelivery: true`. */
  "duplicateMarked",
  /** Sent again right after, byte for byte. */
  "duplicateUnmarked",
  /** Sent after the event that follows it. */
  "reorder",
  /** Sent as `standby`: without reply token, not to be answered. */
  "standby",
  /** The source does not say which user it was. */
  "withoutUserId",
  /** An event of a type the bot cannot know yet comes along in the same POST. */
  "unknownEventAlong",
  /** The POST is signed with another secret. */
  "badSignature",
] as const;

type WebhookFaultKind = (typeof webhookFaultKinds)[number];

export type WebhookFault = { does: WebhookFaultKind } & Frequency;

export type WebhookRules = Rules<{ does: WebhookFaultKind }>;

export function asRedelivery(event: webhook.Event): webhook.Event {
  return { ...event, deliveryContext: { isRedelivery: true } };
}

export function asStandby(event: webhook.Event): webhook.Event {
  const { replyToken: _replyToken, ...rest } = event as webhook.MessageEvent;
  return { ...rest, mode: "standby" };
}

export function withoutUserId(event: webhook.Event): webhook.Event {
  return { ...event, source: { type: "user" } };
}

/** A type invented here: bots have to ignore what they do not know. */
export function unknownEvent(near: webhook.Event, random: Random): webhook.Event {
  const event = {
    type: "somethingNew",
    mode: "active",
    timestamp: near.timestamp,
    webhookEventId: random.ulid(near.timestamp),
    deliveryContext: { isRedelivery: false },
    somethingNew: { added: "later" },
  };
  return event as unknown as webhook.Event;
}
