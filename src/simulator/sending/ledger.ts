import type { messagingApi } from "@line/bot-sdk";
import type { UserNumber } from "../users/user.ts";
import type { Users } from "../users/users.ts";

/** How messages came: by which endpoint. */
export type Via = "reply" | "push" | "multicast" | "broadcast";

/** Why an accepted request did not reach a recipient. LINE never tells the bot; the ledger does. */
export type NotDelivered = "blocked" | "deleted" | "notAFriend" | "unknown";

/** What the bot handed over in one accepted request: the record of truth for "who got what, how often". */
export interface Batch {
  /** Order among everything that happened on the platform, inboxes included. */
  readonly order: number;
  readonly at: number;
  readonly via: Via;
  readonly requestId: string;
  readonly retryKey: string | undefined;
  readonly messages: readonly messagingApi.Message[];
  /** Ids given to the messages, in their order. Multicast and broadcast keep them to themselves, as at LINE. */
  readonly sentMessages: readonly messagingApi.SentMessage[];
  /** The same for the same messages: tells copies apart from different messages. */
  readonly fingerprint: string;
  readonly notificationDisabled: boolean;
  readonly unit: string | undefined;
  /** User ids named by the request (for a broadcast: all friends). */
  to(): string[];
  /** User ids that got it. */
  delivered(): string[];
  notDelivered(): { userId: string; why: NotDelivered }[];
  reached(number: UserNumber): boolean;
  /** User numbers named, and those of them it did not reach. Shared, not to be changed. */
  readonly recipients: Int32Array;
  readonly missed: ReadonlyMap<UserNumber, NotDelivered>;
}

type NewBatch = Omit<Batch, "to" | "delivered" | "notDelivered" | "reached">;

export interface Ledger {
  add(batch: NewBatch): Batch;
  /** All accepted requests, oldest first. */
  batches(): readonly Batch[];
  /** The batches that reached a user, oldest first. */
  batchesOf(number: UserNumber): Batch[];
  clear(): void;
}

/**
 * Recipients are kept as integers (4 bytes a copy) and messages as shared references, so that a million copies take a
 * few megabytes; inboxes are derived from here when somebody looks.
 */
export function createLedger(users: Users): Ledger {
  let batches: Batch[] = [];
  return {
    add: (entry) => {
      const batch: Batch = {
        ...entry,
        to: () => Array.from(entry.recipients, (number) => users.idOf(number)),
        delivered: () =>
          Array.from(
            entry.recipients.filter((number) => !entry.missed.has(number)),
            (number) => users.idOf(number),
          ),
        notDelivered: () =>
          Array.from(entry.missed, ([number, why]) => ({ userId: users.idOf(number), why })),
        reached: (number) => entry.recipients.includes(number) && !entry.missed.has(number),
      };
      batches.push(batch);
      return batch;
    },
    batches: () => batches,
    batchesOf: (number) => batches.filter((batch) => batch.reached(number)),
    clear: () => {
      batches = [];
    },
  };
}
