import type { messagingApi } from "@line/bot-sdk";
import type { KnownMessages } from "../messages/known-messages.ts";
import type { State } from "../state.ts";
import type { Batch, Via } from "./ledger.ts";
import type { Target } from "./recipients.ts";

export interface AcceptedSend {
  via: Via;
  requestId: string;
  retryKey: string | undefined;
  target: Target;
  known: KnownMessages;
  notificationDisabled: boolean;
  unit: string | undefined;
}

const quotable = new Set(["text", "textV2", "sticker", "image", "video", "template", "flex"]);

/** The moment of acceptance: from here on the messages are sent, whatever happens to the answer. */
export function accept(state: State, send: AcceptedSend): Batch {
  const { target, known, via, ...rest } = send;
  const { recipients, missed } = target;
  const batch = state.ledger.add({
    ...rest,
    via,
    order: state.nextOrder(),
    at: state.clock.now(),
    messages: known.messages,
    fingerprint: known.fingerprint,
    sentMessages: known.messages.map((message) => sentMessage(state, message)),
    recipients,
    missed,
  });
  for (const remark of known.remarks)
    state.mistakes.note("unknownFlexProperty", send.requestId, remark.property);
  if (via !== "reply") state.quota.count(recipients.length - missed.size);
  // The loading animation goes away when the next message comes.
  if (state.activity.loadingUntil.size > 0)
    for (const number of recipients) state.activity.loadingUntil.delete(number);
  state.changes.tell({ of: "messages", batch });
  return batch;
}

function sentMessage(state: State, message: messagingApi.Message): messagingApi.SentMessage {
  const id = state.nextMessageId();
  return quotable.has(message.type) ? { id, quoteToken: state.random.hex(32) } : { id };
}
