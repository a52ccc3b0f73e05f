/** How the ear is doing, for staff pages, health and metrics. */
export interface FeedStatus {
  /** `off`: no feed is read by will. `starting`: not yet asked. `silent`: five polls long nothing was got. */
  state: "off" | "starting" | "listening" | "silent";
  baseUrl: string | undefined;
  pollSeconds: number;
  /** When both feeds were last got; that a file had not changed is a success. */
  lastSuccessAt: number | undefined;
  lastFailure: { at: number; reason: string } | undefined;
  consecutiveFailures: number;
  /** When the newest entry that was ever listed was issued. */
  lastEntryAt: number | undefined;
  silentSince: number | undefined;
  nextPollAt: number | undefined;
  /** Since the program started. */
  counts: FeedCounts;
}

export interface FeedCounts {
  polls: number;
  failedPolls: number;
  /** Files read anew, that had not changed, and that could not be read. */
  filesRead: number;
  filesUnchanged: number;
  filesFailed: number;
  heard: number;
  ignored: number;
  tooOld: number;
  /** Given up. */
  failed: number;
}

/** What staff must be told. */
export type FeedTrouble =
  | { code: "silent"; since: number; detail: string }
  | { code: "listeningAgain"; silentSince: number }
  /** A telegram could not be heard, and that could not be put on record either. */
  | { code: "telegramFailed"; id: string; type: string; title: string; detail: string };

export const noCounts = (): FeedCounts => ({
  polls: 0,
  failedPolls: 0,
  filesRead: 0,
  filesUnchanged: 0,
  filesFailed: 0,
  heard: 0,
  ignored: 0,
  tooOld: 0,
  failed: 0,
});
