/** What came of one attempt to hand over a batch. Every outcome is a value; nothing about sending is thrown. */
export type SendOutcome =
  /** Taken over for delivery, now or by an earlier attempt with the same key. */
  | { kind: "accepted" | "alreadyAccepted"; requestId: string }
  /** Too fast; certainly not taken. */
  | { kind: "tryLater"; detail: string }
  /** The month's allowance is used up, or reserved for the moment; certainly not taken. */
  | { kind: "quotaExhausted"; detail: string }
  /** Our credentials are not valid; certainly not taken. */
  | { kind: "notAuthorised"; detail: string }
  /** The message itself is refused; certainly not taken, and no repetition will change it. */
  | { kind: "rejected"; detail: string }
  /** One or more recipients are refused, and with them the whole batch. `positions` when the answer names them. */
  | { kind: "recipientRefused"; positions: number[]; detail: string }
  /** No connection came about, so nothing was said; certainly not taken. */
  | { kind: "notReached"; detail: string }
  /** No answer, or none that says whether it was taken. */
  | { kind: "unknown"; detail: string };

export interface SealedBatch {
  id: number;
  retryKey: string;
  addresses: string[];
  body: string;
}

/** Hands one batch over. Must not throw, and must end within its own time limit. */
export type SendBatch = (batch: SealedBatch) => Promise<SendOutcome>;
