import type { FeedCounts } from "./feed-status.ts";
import { handledTypes } from "./types.ts";

export type FileOutcome = "read" | "unchanged" | "failed";
export type TelegramOutcome = "heard" | "ignored" | "too_old" | "failed";

/** Counts for `/metrics`. */
export interface FeedMeter {
  polled(outcome: FileOutcome): void;
  /** @param type one that we handle, or `other`: a feed could name any number of others */
  telegram(type: string, outcome: TelegramOutcome): void;
}

export type Counting = ReturnType<typeof createCounting>;

export function createCounting(counts: FeedCounts, meter: FeedMeter | undefined) {
  const files = { read: "filesRead", unchanged: "filesUnchanged", failed: "filesFailed" } as const;
  const telegrams = { heard: "heard", ignored: "ignored", too_old: "tooOld", failed: "failed" } as const;
  return {
    file: (outcome: FileOutcome): void => {
      counts[files[outcome]]++;
      meter?.polled(outcome);
    },
    telegram: (type: string, outcome: TelegramOutcome): void => {
      counts[telegrams[outcome]]++;
      meter?.telegram(handledTypes.has(type) ? type : "other", outcome);
    },
  };
}
