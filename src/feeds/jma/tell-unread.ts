import type { UnreadCause } from "../../alerts/hazards/hazard.ts";
import type { Logger } from "../../shared/logger.ts";
import type { FeedEntry } from "./entry.ts";
import type { FeedTrouble } from "./feed-status.ts";
import { within } from "./within.ts";

export interface WhyUnread {
  unread: UnreadCause;
  /** Quoted for staff. */
  detail: string;
}

/** Of what came nothing could be read. */
export interface Unread extends WhyUnread {
  /** Whether another attempt may bring something else: somebody in between answered, or it was cut short. */
  mayChange: boolean;
}

/** The line of a feed that announced a telegram: all that is known of one that could not be read or got. */
export type Announced = Pick<FeedEntry, "id" | "url" | "type" | "title" | "updatedAt">;

/**
 * Told of each telegram that cannot be read or got, at once where another attempt would not help, and resolves when that is
 * on record. May be told of the same one again, and of one that is heard later after all.
 */
export type HearUnread = (announced: Announced, why: WhyUnread) => Promise<void>;

/** @returns whether it is on record */
export type TellUnread = (announced: Announced, why: WhyUnread) => Promise<boolean>;

interface Deps {
  hearUnread: HearUnread;
  hearTimeoutMs: number;
  log: Logger;
  reportTrouble: (trouble: FeedTrouble) => void;
}

/** Never silence: what cannot even be put on record is reported as trouble. */
export function createTellUnread({ hearUnread, hearTimeoutMs, log, reportTrouble }: Deps): TellUnread {
  return async (announced, why) => {
    try {
      await within(hearTimeoutMs, hearUnread(announced, why));
      return true;
    } catch (error) {
      const { id, type, title } = announced;
      log.error({ err: error, telegram: id }, "what could not be heard could not be put on record");
      reportTrouble({ code: "telegramFailed", id, type, title, detail: why.detail });
      return false;
    }
  };
}
