/** Which of two orders goes first when both are due: drills hurry too, but never before what is meant. */
export const lanes = { routine: 0, urgent: 10, emergency: 20 } as const;

/**
 * Whether what is sent is meant, stamped at birth (invariant 8): a rehearsal never leaves the staff test group, a public
 * drill says in every language that it is one.
 */
export const modes = ["live", "rehearsal", "publicDrill"] as const;
export type Mode = (typeof modes)[number];

/** Asks that a broadcast be sent. The outbox reads neither the audience nor the bodies. */
export interface NewOrder {
  broadcastId: string;
  mode: Mode;
  lane: number;
  dueAt: number;
  /** After this nothing more of it is sent; undefined for what does not grow stale. */
  expiresAt: number | undefined;
  /** For the pager that `main` hands in. */
  audience: string;
  /** What is sent, by language, exactly as it will be sent. */
  bodies: Record<string, string>;
  /** Whoever reads a language without a body gets this one's. */
  defaultLanguage: string;
}

export interface Order {
  seq: number;
  broadcastId: string;
  lane: number;
  dueAt: number;
  /** Residents that stand in it so far. */
  planned: number;
  audience: string;
  defaultLanguage: string;
  languages: string[];
  cursor: number;
}

/** Who was handed which broadcast is forgotten so long after it was due; the sums stay. */
export const recipientsKeptMs = 90 * 24 * 60 * 60 * 1000;

/** Where the residents of an order are; their sum is `planned` at every moment (invariant 6). */
export const batchStates = [
  "pending",
  "sending",
  "accepted",
  "rejected",
  "cancelled",
  "expired",
  "undetermined",
  "parked",
] as const;
export type BatchState = (typeof batchStates)[number];

export type DeliveryCounts = Record<BatchState, number>;

export interface Delivery extends DeliveryCounts {
  planned: number;
  /** Whether residents are still being added. */
  planning: boolean;
  firstRequestAt: number | undefined;
  lastAcceptedAt: number | undefined;
  byLanguage: Record<string, DeliveryCounts & { planned: number }>;
}
