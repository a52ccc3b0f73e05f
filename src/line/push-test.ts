import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "../messages/flex.ts";
import { readFailure } from "./line-answer.ts";
import type { Line } from "./line-client.ts";

const attempts = 3;

/** Pushes messages to one phone. The same key goes with every attempt, so that the phone gets them once. */
export function createPushTest(line: Line, pauseMs = 300) {
  return async (to: string, messages: Message[], retryKey: string): Promise<boolean> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        await line.call(({ api }) => api.pushMessage({ to, messages }, retryKey));
        return true;
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === "refused" && failure.status === 409) return true;
        if (failure.kind === "refused" && failure.status !== 429) return false;
        await pause(pauseMs * 2 ** attempt);
      }
    }
    return false;
  };
}
