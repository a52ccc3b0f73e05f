import type { SimulatorClock } from "../time/clock.ts";

/** Something a well-behaved bot never does, whether or not LINE would notice. Tests assert that there are none. */
export type MistakeKind =
  | "retryKeyWithChangedBody"
  | "retryKeyOnWrongEndpoint"
  | "retryKeyNotUuid"
  | "replyTokenUsedTwice"
  | "replyTokenExpired"
  | "replyTokenUnknown"
  | "answeredStandby"
  | "duplicateRecipients"
  | "tooManyRecipients"
  | "malformedRecipient"
  | "unknownRecipient"
  | "invalidMessage"
  | "unknownFlexProperty"
  | "unknownEndpoint";

export interface Mistake {
  kind: MistakeKind;
  at: number;
  requestId: string;
  /** What exactly was wrong, for the person reading a failed test. */
  detail: string;
}

export interface Mistakes {
  note(kind: MistakeKind, requestId: string, detail: string): void;
  list(): Mistake[];
  clear(): void;
}

const kept = 10_000;

export function createMistakes(clock: SimulatorClock): Mistakes {
  let mistakes: Mistake[] = [];
  return {
    note: (kind, requestId, detail) => {
      if (mistakes.length < kept) mistakes.push({ kind, at: clock.now(), requestId, detail });
    },
    list: () => [...mistakes],
    clear: () => {
      mistakes = [];
    },
  };
}
