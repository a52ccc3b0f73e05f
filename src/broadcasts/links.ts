import { createHmac, timingSafeEqual } from "node:crypto";

export interface Links {
  /** The address to send in place of a link of a broadcast's content. */
  linkFor(broadcastId: string, language: string): ((url: string) => string) | undefined;
  /** What a token stands for; undefined when it is not one of ours. */
  read(token: string): { broadcastId: string; language: string } | undefined;
}

/**
 * Signed addresses `/r/<token>`: they can be counted, say nothing of who taps, and cannot be made to lead anywhere but
 * where a broadcast's own content leads. Without a public address links are sent as they were written.
 */
export function createLinks(publicUrl: string | undefined, secret: string): Links {
  const sign = (payload: string): string =>
    createHmac("sha256", secret).update(`link:${payload}`).digest("base64url").slice(0, 22);
  return {
    linkFor: (broadcastId, language) => {
      if (publicUrl === undefined) return undefined;
      const payload = Buffer.from(`${broadcastId}.${language}`).toString("base64url");
      return (url) => (/^https?:/.test(url) ? `${publicUrl}/r/${payload}.${sign(payload)}` : url);
    },
    read: (token) => {
      const [payload = "", signature = "", ...rest] = token.split(".");
      const expected = Buffer.from(sign(payload));
      const given = Buffer.from(signature);
      if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected))
        return undefined;
      const [broadcastId, language] = Buffer.from(payload, "base64url").toString().split(".");
      return broadcastId === undefined || language === undefined ? undefined : { broadcastId, language };
    },
  };
}
