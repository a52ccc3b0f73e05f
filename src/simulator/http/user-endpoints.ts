import { noteStandby } from "../sending/standby.ts";
import { type User, isUserId } from "../users/user.ts";
import { answers } from "./answers.ts";
import type { Handler, Handlers } from "./call.ts";

/** Unknown, never a friend, blocked, deleted, or without consent: all are simply not found (LINE fact sheet section 10). */
const profile: Handler = ({ params }, { users }) => {
  const userId = params["userId"] ?? "";
  if (!isUserId(userId)) return answers.invalidParameter("userId");
  const user = users.look(userId);
  return user?.state === "friend" ? answers.ok(asProfile(user)) : answers.notFound();
};

function asProfile({ id, displayName, language, pictureUrl, statusMessage }: Readonly<User>) {
  const told = { displayName, userId: id, language, pictureUrl, statusMessage };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined));
}

/** Continuation tokens are valid for 24 hours. */
const tokenLifetimeMs = 24 * 3_600_000;

const followers: Handler = ({ query }, { users, switches, clock }) => {
  if (!switches.verifiedAccount) return answers.forbidden();
  const limit = Number(query.get("limit") ?? 300);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) return answers.invalidParameter("limit");
  const start = query.get("start");
  const cursor = start === null ? 0 : readToken(start, clock.now());
  if (cursor === undefined) return answers.badRequest("Invalid start param");

  const userIds: string[] = [];
  for (const number of users.friendsFrom(cursor)) {
    if (userIds.length === limit) return answers.ok({ userIds, next: writeToken(number, clock.now()) });
    userIds.push(users.idOf(number));
  }
  return answers.ok({ userIds });
};

function writeToken(cursor: number, now: number): string {
  return Buffer.from(`${cursor}.${now + tokenLifetimeMs}`).toString("base64url");
}

function readToken(token: string, now: number): number | undefined {
  const match = /^(\d+)\.(\d+)$/.exec(Buffer.from(token, "base64url").toString());
  return match !== null && Number(match[2]) > now ? Number(match[1]) : undefined;
}

const botInfo: Handler = (_call, { channel }) =>
  answers.ok({
    userId: channel.botUserId,
    basicId: channel.basicId,
    displayName: channel.displayName,
    chatMode: "bot",
    markAsReadMode: "auto",
  });

/** Answered 202 for blocked users and strangers too; they just see nothing. */
const loading: Handler = (call, state) => {
  const { chatId, loadingSeconds = 20 } = call.body;
  if (!isUserId(chatId)) return answers.invalidProperty("chatId");
  const property = "loadingSeconds";
  if (typeof loadingSeconds !== "number" || loadingSeconds < 5 || loadingSeconds > 60)
    return answers.errors([{ message: "Must be between 5 and 60", property }]);
  if (loadingSeconds % 5 !== 0) return answers.errors([{ message: "must be a multiple of five", property }]);
  const number = state.users.numberOf(chatId);
  if (number >= 0 && state.users.stateOf(number) === "friend") {
    noteStandby(state, number, call.requestId);
    state.activity.loadingUntil.set(number, state.clock.now() + loadingSeconds * 1_000);
    state.changes.tell({ of: "user", userId: chatId });
  }
  return answers.accepted();
};

const markAsRead: Handler = ({ body }, { activity, changes, users }) => {
  const token = activity.readTokens.get(String(body["markAsReadToken"]));
  if (token === undefined)
    return answers.badRequest(
      "Invalid markAsReadToken. Tokens must be used by the bot that received them via Webhook.",
    );
  activity.readUpTo.set(token.number, Math.max(token.order, activity.readUpTo.get(token.number) ?? 0));
  changes.tell({ of: "user", userId: users.idOf(token.number) });
  return answers.ok();
};

/** The account link dialog itself is not simulated. */
const linkToken: Handler = ({ params }, { random }) =>
  isUserId(params["userId"]) ? answers.ok({ linkToken: random.hex(32) }) : answers.invalidParameter("userId");

const content: Handler = ({ params }, { activity }) => {
  const messageId = params["messageId"] ?? "";
  const found = activity.contents.get(messageId);
  if (found !== undefined) return { status: 200, bytes: found };
  return activity.contents.has(messageId) ? answers.gone() : answers.notFound("not found");
};

export const userEndpoints: Handlers<
  "profile" | "followers" | "botInfo" | "loading" | "markAsRead" | "linkToken" | "content"
> = { profile, followers, botInfo, loading, markAsRead, linkToken, content };
