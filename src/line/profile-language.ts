import { setTimeout as pause } from "node:timers/promises";
import type { Line } from "./line-client.ts";

/** Nobody should wait longer than this for a greeting only because the profile is slow. */
const patienceMs = 2_000;

/**
 * The language of somebody's LINE profile, if LINE tells: it is absent without the user's consent, and asking for somebody
 * unknown is refused. Not knowing is no error: the conversation asks.
 */
export function createProfileLanguage(line: Line): (userId: string) => Promise<string | undefined> {
  async function ask(userId: string): Promise<string | undefined> {
    try {
      const { language } = await line.call(({ api }) => api.getProfile(userId));
      return typeof language === "string" ? language : undefined;
    } catch {
      return undefined;
    }
  }
  return async (userId) => {
    const waited = new AbortController();
    const tooLong = pause(patienceMs, undefined, { signal: waited.signal }).catch(() => undefined);
    const language = await Promise.race([ask(userId), tooLong]);
    waited.abort();
    return language;
  };
}
