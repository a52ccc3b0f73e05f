import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "../messages/flex.ts";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import { readFailure } from "./line-answer.ts";
import type { Line } from "./line-client.ts";

/** A reply token lives a minute from its receipt; a request begun later than this may arrive too late. */
const replyTokenLifeMs = 50_000;
/** After this long nobody waits for an answer to a tap any more; a greeting is owed for a day. */
const waitsForAnswerMs = 10 * 60_000;
const waitsForGreetingMs = 24 * 60 * 60_000;
const attempts = 4;

export interface Occasion {
  eventId: string;
  userId: string;
  replyToken: string;
  receivedAt: number;
  /** When the resident acted. */
  at: number;
  isGreeting: boolean;
  /** Whether an earlier attempt was cut short, by a crash perhaps, and may have said it already. */
  maybeAnswered?: boolean;
}

export type Spoken = "replied" | "pushed" | "silent";

/**
 * Says something to one resident: by reply while the token lives (free of charge), by push if it does not and somebody
 * still waits, else not at all. Repeats are safe: a reply token works once, and the push's key comes from the event.
 */
export function createSpeak(line: Line, clock: Clock, log: Logger, pauseMs = 300) {
  async function reply(occasion: Occasion, messages: Message[]): Promise<"done" | "refused" | "unreachable"> {
    let mayHaveArrived = false;
    for (let attempt = 1; attempt <= attempts && isAlive(occasion, clock.now()); attempt++) {
      try {
        await line.call(({ api }) => api.replyMessage({ replyToken: occasion.replyToken, messages }));
        return "done";
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === "refused" && failure.status !== 429) {
          // A token that is "invalid" after an attempt whose answer was lost has most likely done its work.
          if (mayHaveArrived || occasion.maybeAnswered === true) return "done";
          log.warn({ status: failure.status, reason: failure.message }, "LINE refused a reply");
          return "refused";
        }
        if (failure.kind === "unreachable") mayHaveArrived = true;
        await pause(pauseMs * 2 ** attempt);
      }
    }
    return mayHaveArrived ? "unreachable" : "refused";
  }

  async function push(occasion: Occasion, messages: Message[]): Promise<boolean> {
    const key = keyOf(occasion.eventId);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      try {
        await line.call(({ api }) => api.pushMessage({ to: occasion.userId, messages }, key));
        return true;
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === "refused" && failure.status === 409) return true;
        if (failure.kind === "refused" && failure.status !== 429) {
          log.warn(
            { status: failure.status, reason: failure.message },
            "LINE refused a push in place of a reply",
          );
          return false;
        }
        await pause(pauseMs * 2 ** attempt);
      }
    }
    return false;
  }

  return async (occasion: Occasion, messages: Message[]): Promise<Spoken> => {
    if (isAlive(occasion, clock.now())) {
      const replied = await reply(occasion, messages);
      if (replied === "done") return "replied";
      // A lost reply may still have arrived; saying it twice is worse than once too few.
      if (replied === "unreachable") return "silent";
    }
    const patience = occasion.isGreeting ? waitsForGreetingMs : waitsForAnswerMs;
    if (clock.now() - occasion.at > patience) return "silent";
    return (await push(occasion, messages)) ? "pushed" : "silent";
  };
}

function isAlive({ receivedAt }: Occasion, now: number): boolean {
  return now - receivedAt < replyTokenLifeMs;
}

/** A UUID that is the same each time the same event is answered, also after a crash. */
function keyOf(eventId: string): string {
  const hex = createHash("sha256").update(`answer:${eventId}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
