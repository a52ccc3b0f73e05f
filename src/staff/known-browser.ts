import { randomBytes } from "node:crypto";
import type { Seal } from "./secrets.ts";

export type KnownBrowsers = ReturnType<typeof createKnownBrowsers>;

/**
 * Remembers, in a signed cookie and nowhere else, that somebody has signed in with this browser. It opens nothing; it only
 * keeps strangers' wrong passphrases from making its owner wait.
 */
export function createKnownBrowsers({ sign }: Seal) {
  const signed = (id: string, staffId: string) => `${id}.${staffId}.${sign(`browser ${id} ${staffId}`)}`;
  return {
    cookieFor: (staffId: string): string => signed(randomBytes(12).toString("base64url"), staffId),
    /** The browser's id, if this cookie was given to this person. */
    idFor: (cookie: string | undefined, staffId: string): string | undefined => {
      const [id = ""] = (cookie ?? "").split(".");
      return id !== "" && cookie === signed(id, staffId) ? id : undefined;
    },
  };
}
