import { setTimeout as pause } from "node:timers/promises";
import type { Message } from "../messages/flex.ts";
import { readFailure } from "./line-answer.ts";
import type { Line } from "./line-client.ts";

const attempts = 3;

/** What came of a push: taken, refused for good, or LINE could not be reached. */
export type Pushed = "taken" | "refused" | "unreachable";

/** Pushes messages to one phone. The same key goes with every attempt, so that the phone gets them once. */
export function createPush(line: Line, pauseMs = 300) {
  return async (to: string, messages: Message[], retryKey: string): Promise<Pushed> => {
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        await line.call(({ api }) => api.pushMessage({ to, messages }, retryKey));
        return "taken";
      } catch (error) {
        const failure = readFailure(error);
        if (failure.kind === "refused" && failure.status === 409) return "taken";
        if (failure.kind === "refused" && failure.status !== 429) return "refused";
        await pause(pauseMs * 2 ** attempt);
      }
    }
    return "unreachable";
  };
}

/** The same for what nobody waits for later. @returns whether it was taken */
export function createPushTest(line: Line, pauseMs?: number) {
  const push = createPush(line, pauseMs);
  return async (to: string, messages: Message[], retryKey: string): Promise<boolean> =>
    (await push(to, messages, retryKey)) === "taken";
}
