import { matching, list, boolean, object, optional } from "../messages/checks.ts";
import type { KnownMessages } from "../messages/known-messages.ts";
import { createPlace, noFindings } from "../messages/place.ts";
import { requestStyle } from "../messages/style.ts";
import { accept } from "../sending/accept.ts";
import type { Batch, Via } from "../sending/ledger.ts";
import { type Target, aim, readMulticastTo } from "../sending/recipients.ts";
import { noteStandby } from "../sending/standby.ts";
import type { State } from "../state.ts";
import { isUserId } from "../users/user.ts";
import { type Answer, answers } from "./answers.ts";
import type { Call, Handler, Handlers } from "./call.ts";

const unit = matching(/^[a-zA-Z0-9_]{1,30}$/, "invalid customAggregationUnits");
const sendOptions = object({
  notificationDisabled: optional(boolean),
  customAggregationUnits: optional(list(0, 1, unit)),
});

/** Either the answer that ends it, or what goes on. */
type Step<T> = { answer: Answer } | T;

function readMessages(call: Call, state: State): Step<{ known: KnownMessages }> {
  const findings = noFindings();
  sendOptions(createPlace(call.body, requestStyle, findings));
  if (findings.complaints.length > 0) return { answer: answers.errors(findings.complaints) };
  const examined = state.examiner.examine(call.body["messages"]);
  if ("known" in examined) return examined;
  const { message, details } = examined.refusal;
  state.mistakes.note("invalidMessage", call.requestId, `${message}: ${JSON.stringify(details)}`);
  return { answer: answers.badRequest(message, { details }) };
}

function alreadyAccepted(call: Call, state: State): Answer | undefined {
  const earlier = call.retryKey === undefined ? undefined : state.retryKeys.accepted(call.retryKey);
  return earlier && answers.keyAlreadyAccepted(earlier.requestId, earlier.sentMessages);
}

/** The common end of all sending: quota, acceptance, retry key. */
function send(
  call: Call,
  state: State,
  via: Via,
  target: Target,
  known: KnownMessages,
): Step<{ batch: Batch }> {
  if (via !== "reply" && !state.quota.allows(target.recipients.length))
    return { answer: answers.quotaReached() };
  call.record.recipients = target.recipients.length;
  const { requestId, retryKey, body } = call;
  const units = body["customAggregationUnits"];
  const batch = accept(state, {
    via,
    requestId,
    retryKey,
    target,
    known,
    notificationDisabled: body["notificationDisabled"] === true,
    unit: Array.isArray(units) && typeof units[0] === "string" ? units[0] : undefined,
  });
  if (retryKey !== undefined) {
    const sentMessages = via === "push" ? [...batch.sentMessages] : undefined;
    state.retryKeys.accept(retryKey, { requestId, sentMessages });
  }
  return { batch };
}

const reply: Handler = (call, state) => {
  const { replyToken } = call.body;
  if (typeof replyToken !== "string" || replyToken === "")
    return answers.errors([{ message: "May not be empty", property: "replyToken" }]);
  const read = readMessages(call, state);
  if ("answer" in read) return read.answer;
  const used = state.replyTokens.use(replyToken);
  if ("refused" in used) {
    state.mistakes.note(used.refused, call.requestId, "replyToken");
    return answers.badRequest("Invalid reply token");
  }
  const sent = send(call, state, "reply", aim(state, Int32Array.of(used.user), "reply"), read.known);
  return "answer" in sent ? sent.answer : answers.ok({ sentMessages: sent.batch.sentMessages });
};

const push: Handler = (call, state) => {
  const repeated = alreadyAccepted(call, state);
  if (repeated !== undefined) return repeated;
  const { to } = call.body;
  if (!isUserId(to)) {
    state.mistakes.note("malformedRecipient", call.requestId, "to");
    return answers.invalidProperty("to");
  }
  const read = readMessages(call, state);
  if ("answer" in read) return read.answer;
  const number = state.users.numberOf(to);
  if (number < 0 || state.users.stateOf(number) === "unknown") {
    state.mistakes.note("unknownRecipient", call.requestId, "to");
    return answers.badRequest("Failed to send messages");
  }
  noteStandby(state, number, call.requestId);
  const sent = send(call, state, "push", aim(state, Int32Array.of(number), "push"), read.known);
  return "answer" in sent ? sent.answer : answers.ok({ sentMessages: sent.batch.sentMessages });
};

const multicast: Handler = (call, state) => {
  const repeated = alreadyAccepted(call, state);
  if (repeated !== undefined) return repeated;
  const to = readMulticastTo(state, call.body["to"], call.requestId);
  if ("refusal" in to) return to.refusal;
  const read = readMessages(call, state);
  if ("answer" in read) return read.answer;
  const sent = send(call, state, "multicast", to.target, read.known);
  return "answer" in sent ? sent.answer : answers.ok();
};

const broadcast: Handler = (call, state) => {
  const repeated = alreadyAccepted(call, state);
  if (repeated !== undefined) return repeated;
  const read = readMessages(call, state);
  if ("answer" in read) return read.answer;
  const friends = Int32Array.from(state.users.friendsFrom(0));
  const sent = send(call, state, "broadcast", aim(state, friends, "broadcast"), read.known);
  return "answer" in sent ? sent.answer : answers.ok();
};

/** Checks `messages` only; nobody receives anything and no quota is used. */
const validate: Handler = (call, state) => {
  const examined = state.examiner.examine(call.body["messages"]);
  if ("known" in examined) return answers.ok();
  return answers.badRequest(examined.refusal.message, { details: examined.refusal.details });
};

export const messageEndpoints: Handlers<
  | "reply"
  | "push"
  | "multicast"
  | "broadcast"
  | "validateReply"
  | "validatePush"
  | "validateMulticast"
  | "validateNarrowcast"
  | "validateBroadcast"
  | "quota"
  | "quotaConsumption"
> = {
  reply,
  push,
  multicast,
  broadcast,
  validateReply: validate,
  validatePush: validate,
  validateMulticast: validate,
  validateNarrowcast: validate,
  validateBroadcast: validate,
  quota: (_call, state) => answers.ok(state.quota.limit),
  quotaConsumption: (_call, state) => answers.ok({ totalUsage: state.quota.reported() }),
};
