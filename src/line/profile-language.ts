import type { Line } from "./line-client.ts";

/**
 * The language of somebody's LINE profile, if LINE tells: it is absent without the user's consent, and asking for somebody
 * unknown is refused. Not knowing is no error: the conversation asks.
 */
export function createProfileLanguage(line: Line): (userId: string) => Promise<string | undefined> {
  return async (userId) => {
    try {
      const { language } = await line.call(({ api }) => api.getProfile(userId));
      return typeof language === "string" ? language : undefined;
    } catch {
      return undefined;
    }
  };
}
