import type { Sentences } from "../../shared/i18n.ts";
import type { Platform } from "../platform.ts";

interface Photo {
  content: Buffer;
  contentType: string;
}

export interface PagesDeps {
  platform: Platform;
  /** A picture that a user sent, by message id. */
  photoOf(messageId: string): Photo | undefined;
  sentences: Sentences;
  /** Tells one run of the simulator from the next. */
  boot: string;
  /** Told when something changed that the platform does not announce; the user's id, or "" for the world. */
  pokes: Set<(userId: string) => void>;
}
