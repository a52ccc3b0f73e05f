import type { messagingApi } from "@line/bot-sdk";
import { block, deleteAccount, follow, unblock } from "./acts/friendship.ts";
import { type InboxEntry, readInbox } from "./acts/inbox.ts";
import { type Offer, listOffers } from "./acts/offers.ts";
import { type PressOptions, press, pressLabel, tapMenu } from "./acts/pressing.ts";
import { type Location, say, sendImage, sendLocation, sendSticker, unsend } from "./acts/talking.ts";
import type { Change } from "./changes.ts";
import type { Channel } from "./channel/channel.ts";
import type { Mistake } from "./channel/mistakes.ts";
import type { Quota } from "./channel/quota.ts";
import type { RateLimits } from "./channel/rate-limits.ts";
import type { Tokens } from "./channel/tokens.ts";
import type { Faults } from "./faults/faults.ts";
import type { Network } from "./faults/network.ts";
import type { EndpointName } from "./http/endpoints.ts";
import type { RequestRecord } from "./http/request-log.ts";
import type { Jma } from "./jma/index.ts";
import type { RichMenu } from "./menus/menus.ts";
import type { Batch } from "./sending/ledger.ts";
import { type LedgerSummary, summarize } from "./sending/ledger-summary.ts";
import type { State } from "./state.ts";
import type { Switches } from "./switches.ts";
import type { SimulatorClock } from "./time/clock.ts";
import type { NewUser, User } from "./users/user.ts";
import type { NewUserRange } from "./users/user-ranges.ts";
import { type WaitOptions, waitUntil } from "./wait-until.ts";
import type { Delivery } from "./webhook/delivery.ts";
import { type WebhookControl, createWebhookControl } from "./webhook/control.ts";

/**
 * The simulated LINE from behind: people to play, records to read, and knobs to turn. Everything here is also reachable
 * over HTTP under `/_simulator` (see the room's README).
 *
 *     const hanako = platform.addUser({ displayName: "花子", language: "ja" });
 *     await platform.follow(hanako);
 *     await platform.pressLabel(hanako, "日本語");
 *     await platform.waitUntil(() => platform.inbox(hanako).length === 4);
 */
export interface Platform {
  readonly channel: Readonly<Channel>;
  readonly clock: SimulatorClock;
  /** Change a property to flip a switch. */
  readonly switches: Switches;

  /** Returns the user's id. Without a state they are somebody who never met the account. */
  addUser(user: NewUser): string;
  /** Up to millions of users with consecutive ids; friends unless told otherwise. */
  addUserRange(range: NewUserRange): void;
  user(userId: string): Readonly<User> | undefined;
  /** Users added singly, and those of a range who have done something. */
  users(): Readonly<User>[];

  /** Acts of people. Those that send a webhook resolve with what the bot answered. */
  follow(userId: string): Promise<Delivery>;
  block(userId: string): Promise<Delivery>;
  unblock(userId: string): Promise<Delivery>;
  deleteAccount(userId: string): Promise<Delivery | undefined>;
  say(userId: string, text: string): Promise<Delivery>;
  sendSticker(userId: string, sticker: { packageId: string; stickerId: string }): Promise<Delivery>;
  sendImage(userId: string, content?: Buffer, contentType?: string): Promise<Delivery>;
  sendLocation(userId: string, location: Location): Promise<Delivery>;
  /** Takes a message back, the last one by default. */
  unsend(userId: string, messageId?: string): Promise<Delivery>;
  press(userId: string, action: messagingApi.Action, options?: PressOptions): Promise<Delivery | undefined>;
  /** Presses what carries that label: a quick reply, something in a message (the newest first), or the rich menu. */
  pressLabel(userId: string, label: string, options?: PressOptions): Promise<Delivery | undefined>;
  /** Taps an area of the rich menu, counted from 0. */
  tapMenu(userId: string, areaIndex: number, options?: PressOptions): Promise<Delivery | undefined>;

  /** What the user's phone shows. */
  inbox(userId: string): InboxEntry[];
  offers(userId: string): Offer[];
  richMenuOf(userId: string): { menu: RichMenu; by: "user" | "default" } | undefined;
  /** Every rich menu the bot has made. */
  richMenus(): RichMenu[];
  richMenu(richMenuId: string): RichMenu | undefined;
  /** A picture that a user sent, unless it was taken back. */
  contentOf(messageId: string): { content: Buffer; contentType: string } | undefined;
  isLoading(userId: string): boolean;

  /** Accepted requests and who they reached. */
  readonly ledger: {
    batches(): readonly Batch[];
    /** Of all batches, or those that `only` picks. */
    summary(only?: (batch: Batch) => boolean): LedgerSummary;
    /** How many batches reached the user. */
    copiesOf(userId: string): number;
  };
  /** Every API request, oldest first; only those of one endpoint if named. */
  requests(endpoint?: EndpointName | "unknown"): RequestRecord[];
  /** What a well-behaved bot would not have done. */
  clientMistakes(): Mistake[];

  readonly faults: Pick<Faults, "add" | "list" | "remove" | "clear">;
  readonly network: Pick<Network, "latency" | "down">;
  readonly limits: Omit<RateLimits, "take">;
  readonly quota: Pick<Quota, "limit" | "used" | "reported">;
  readonly tokens: Pick<Tokens, "expireAll" | "revokeLongLived">;
  readonly webhook: WebhookControl;
  /** Not of LINE: JMA's feeds at `/jma/developer/xml/feed`, and disasters to happen. */
  readonly jma: Jma;

  subscribe(listener: (change: Change) => void): () => void;
  /** Calls back when something this user sees may have changed. */
  watchUser(userId: string, listener: () => void): () => void;
  waitUntil<T>(look: () => T | Promise<T>, options?: WaitOptions): Promise<NonNullable<T>>;
  /** Forgets what happened (ledger, chats, requests, mistakes); people, menus and settings stay. */
  forget(): void;
}

export function createPlatform(state: State): Platform {
  const { users, changes, ledger, menus, activity, clock } = state;
  return {
    channel: state.channel,
    clock,
    switches: state.switches,

    addUser: (user) => users.add(user).id,
    addUserRange: (range) => users.addRange(range),
    user: (userId) => users.look(userId),
    users: () => users.single(),

    follow: (userId) => follow(state, userId),
    block: (userId) => block(state, userId),
    unblock: (userId) => unblock(state, userId),
    deleteAccount: (userId) => deleteAccount(state, userId),
    say: (userId, text) => say(state, userId, text),
    sendSticker: (userId, sticker) => sendSticker(state, userId, sticker),
    sendImage: (userId, content, contentType) => sendImage(state, userId, content, contentType),
    sendLocation: (userId, location) => sendLocation(state, userId, location),
    unsend: (userId, messageId) => unsend(state, userId, messageId),
    press: (userId, action, options) => press(state, userId, action, options),
    pressLabel: (userId, label, options) => pressLabel(state, userId, label, options),
    tapMenu: (userId, areaIndex, options) => tapMenu(state, userId, areaIndex, options),

    inbox: (userId) => readInbox(state, userId),
    offers: (userId) => listOffers(state, userId),
    richMenuOf: (userId) => menus.shownTo(users.numberOf(userId)),
    richMenus: () => menus.list(),
    richMenu: (richMenuId) => menus.find(richMenuId),
    contentOf: (messageId) => activity.contents.get(messageId),
    isLoading: (userId) => (activity.loadingUntil.get(users.numberOf(userId)) ?? 0) > clock.now(),

    ledger: {
      batches: () => ledger.batches(),
      summary: (only = () => true) => summarize(ledger.batches().filter(only), users),
      copiesOf: (userId) => ledger.batchesOf(users.numberOf(userId)).length,
    },
    requests: (endpoint) => state.requests.list(endpoint),
    clientMistakes: () => state.mistakes.list(),

    faults: state.faults,
    network: state.network,
    limits: state.limits,
    quota: state.quota,
    tokens: state.tokens,
    webhook: createWebhookControl(state),
    jma: state.disasters.jma,

    subscribe: (listener) => changes.subscribe(listener),
    watchUser: (userId, listener) =>
      changes.subscribe((change) => {
        if (concerns(change, userId, users.numberOf(userId))) listener();
      }),
    waitUntil: (look, options) => waitUntil(changes, look, options),
    forget: () => {
      ledger.clear();
      activity.clear();
      state.requests.clear();
      state.mistakes.clear();
      state.webhook.clear();
      state.examiner.forget();
      state.disasters.jma.forget();
    },
  };
}

function concerns(change: Change, userId: string, number: number): boolean {
  switch (change.of) {
    case "messages":
      return change.batch.reached(number);
    case "user":
      return change.userId === userId;
    case "menu":
      return change.userId === undefined || change.userId === userId;
    case "request":
    case "webhook":
      return false;
  }
}
