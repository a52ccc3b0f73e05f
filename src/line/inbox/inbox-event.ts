import type { ResidentEvent } from "../../conversation/conversation.ts";

/** What is kept of a webhook event until it is handled: only what the conversation needs (invariant 10). */
export interface InboxEvent {
  /** LINE's `webhookEventId`. */
  id: string;
  userId: string;
  /** What the resident did, without the id that stands beside it. */
  what: ResidentEventWithoutId;
  /** Absent when the event may not be answered. */
  replyToken?: string;
}

export type ResidentEventWithoutId = ResidentEvent extends infer Each
  ? Each extends ResidentEvent
    ? Omit<Each, "userId">
    : never
  : never;
