import { type Activity, createActivity } from "./acts/activity.ts";
import { type Changes, createChanges } from "./changes.ts";
import type { Channel } from "./channel/channel.ts";
import { type Mistakes, createMistakes } from "./channel/mistakes.ts";
import { type Quota, createQuota } from "./channel/quota.ts";
import { type RateLimits, createRateLimits } from "./channel/rate-limits.ts";
import { type ReplyTokens, createReplyTokens } from "./channel/reply-tokens.ts";
import { type RetryKeys, createRetryKeys } from "./channel/retry-keys.ts";
import { type Tokens, createTokens } from "./channel/tokens.ts";
import { type Faults, createFaults } from "./faults/faults.ts";
import { type Network, createNetwork } from "./faults/network.ts";
import { createRules } from "./faults/rules.ts";
import { type JmaParts, createJma } from "./jma/index.ts";
import { type RequestLog, createRequestLog } from "./http/request-log.ts";
import { type Menus, createMenus } from "./menus/menus.ts";
import { type Examiner, createExaminer } from "./messages/known-messages.ts";
import { type Random, createRandom } from "./random.ts";
import { type Ledger, createLedger } from "./sending/ledger.ts";
import type { Switches } from "./switches.ts";
import { type SimulatorClock, createClock } from "./time/clock.ts";
import { type Users, createUsers } from "./users/users.ts";
import { createEventQueue } from "./webhook/event-queue.ts";
import type { WebhookRules } from "./webhook/misbehaviour.ts";
import { type WebhookSender, createWebhookSender } from "./webhook/sender.ts";

/** Everything the platform knows, for its own parts. Tests and pages get `Platform`, which is made of it. */
export interface State {
  channel: Channel;
  switches: Switches;
  clock: SimulatorClock;
  random: Random;
  changes: Changes;
  users: Users;
  activity: Activity;
  tokens: Tokens;
  limits: RateLimits;
  quota: Quota;
  retryKeys: RetryKeys;
  replyTokens: ReplyTokens;
  mistakes: Mistakes;
  examiner: Examiner;
  ledger: Ledger;
  requests: RequestLog;
  menus: Menus;
  faults: Faults;
  network: Network;
  webhookRules: WebhookRules;
  webhook: WebhookSender;
  /** Not of LINE: the weather agency whose feeds a bot may listen to. */
  disasters: JmaParts;
  /** The next place in the order of everything that happens. */
  nextOrder(): number;
  /** A new message id: a decimal number longer than 2^53, as a string (LINE fact sheet section 1). */
  nextMessageId(): string;
}

export interface StateOptions {
  channel: Channel;
  switches: Switches;
  seed: number;
  startAt?: number | undefined;
  webhook?: string | undefined;
  rateLimitFactor?: number | undefined;
  municipality?: { code?: string | undefined; name?: string | undefined } | undefined;
}

export function createState(options: StateOptions): State {
  const { channel, switches, seed, startAt, rateLimitFactor = 1 } = options;
  const clock = createClock(startAt);
  const changes = createChanges();
  const random = createRandom(seed);
  // Faults throw their own dice, so that adding a rule does not change the ids of everything after it.
  const dice = createRandom(seed + 1);
  const users = createUsers(random);
  const replyTokens = createReplyTokens(clock, random);
  const webhookRules: WebhookRules = createRules(dice);
  const activity = createActivity();
  const queue = createEventQueue({
    rules: webhookRules,
    random,
    onLeaving: ({ source, mode, timestamp }) => {
      if (source?.type !== "user" || source.userId === undefined) return;
      const number = users.numberOf(source.userId);
      if (mode === "standby") activity.standbySince.set(number, timestamp);
      else activity.standbySince.delete(number);
    },
  });
  let order = 0;
  return {
    channel,
    switches,
    clock,
    random,
    changes,
    users,
    activity,
    tokens: createTokens(channel, clock, random, switches),
    limits: createRateLimits(clock, rateLimitFactor),
    quota: createQuota(clock, switches),
    retryKeys: createRetryKeys(clock),
    replyTokens,
    mistakes: createMistakes(clock),
    examiner: createExaminer(() => switches.localPictures),
    ledger: createLedger(users),
    requests: createRequestLog(),
    menus: createMenus({ clock, random, switches, users, changes }),
    faults: createFaults(dice),
    network: createNetwork(dice),
    webhookRules,
    webhook: createWebhookSender({ channel, clock, switches, replyTokens, queue, changes }, options.webhook),
    disasters: createJma(clock, options.municipality ?? {}),
    nextOrder: () => order++,
    nextMessageId: createMessageIds(clock),
  };
}

/** Milliseconds and a counter: 18 digits, growing, and not repeated by a simulator started later. */
function createMessageIds(clock: SimulatorClock): () => string {
  let counter = 0;
  return () => {
    counter = (counter + 1) % 100_000;
    return `${clock.now()}${String(counter).padStart(5, "0")}`;
  };
}
