import type { webhook } from "@line/bot-sdk";
import type { State } from "../state.ts";
import type { User } from "../users/user.ts";

/** What an event says beyond what all events say. */
export type EventContent =
  | { type: "follow"; follow: webhook.FollowDetail }
  | { type: "unfollow" }
  | { type: "message"; message: webhook.MessageContent }
  | { type: "postback"; postback: webhook.PostbackContent }
  | { type: "unsend"; unsend: webhook.UnsendDetail };

/** These carry no reply token (LINE fact sheet section 3, "Event types"). */
const notRepliable = new Set(["unfollow", "unsend"]);

export function createEvent(state: State, user: User, content: EventContent): webhook.Event {
  const { clock, random, replyTokens } = state;
  const timestamp = clock.now();
  const token = notRepliable.has(content.type)
    ? {}
    : { replyToken: replyTokens.create(user.number, timestamp) };
  return {
    ...content,
    ...token,
    mode: "active",
    timestamp,
    source: { type: "user", userId: user.id },
    webhookEventId: random.ulid(timestamp),
    deliveryContext: { isRedelivery: false },
  } as webhook.Event;
}
