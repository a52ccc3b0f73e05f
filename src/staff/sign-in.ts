import type { AttemptStore } from "./attempt-store.ts";
import { passphraseBrakes } from "./brakes.ts";
import type { CredentialStore } from "./credential-store.ts";
import type { EntryStore } from "./entry-store.ts";
import type { AskedFactor, Factors, GivenFactor } from "./factors.ts";
import type { KnownBrowsers } from "./known-browser.ts";
import { isPassphrase, prepareForNobody } from "./passphrase.ts";
import type { SessionStore } from "./session-store.ts";

export interface SignInDeps {
  attempts: AttemptStore;
  credentials: CredentialStore;
  entries: EntryStore;
  factors: Factors;
  sessions: SessionStore;
  browsers: KnownBrowsers;
}

export interface GivenPassphrase {
  email: string;
  passphrase: string;
  /** The network address it comes from. */
  address: string;
  /** The cookie by which a browser is known, if there is one. */
  browserCookie: string | undefined;
  /** The page to go to afterwards. */
  wanted: string;
}

export interface SignedIn {
  /** For the session's cookie. */
  token: string;
  browserCookie: string;
  wanted: string;
}

/**
 * In two steps: address and passphrase, then a second factor. Nothing that is said, and nothing that takes time, tells
 * whether an address is known here.
 */
export function createSignIn({ attempts, credentials, entries, factors, sessions, browsers }: SignInDeps) {
  void prepareForNobody();
  return {
    /** @returns the token of the doorstep's cookie */
    withPassphrase: async (
      given: GivenPassphrase,
    ): Promise<{ entry: string } | { refused: "wrong" } | { refused: "wait"; waitMs: number }> => {
      const email = given.email.trim();
      const found = await credentials.findByEmail(email);
      const known = found === undefined ? undefined : browsers.idFor(given.browserCookie, found.staffId);
      const brakes = passphraseBrakes(email, given.address, known);
      const waitMs = await attempts.begin([...brakes.account, ...brakes.address]);
      if (waitMs > 0) return { refused: "wait", waitMs };
      if (!(await isPassphrase(given.passphrase, found?.passphraseHash)) || found === undefined)
        return { refused: "wrong" };
      await attempts.forgive(brakes.account, brakes.address);
      return { entry: await entries.open("signIn", found.staffId, { wanted: given.wanted }) };
    },

    /** What the second step may ask for; undefined when the first is missing or too long ago. */
    ask: async (entryToken: string): Promise<AskedFactor | undefined> => {
      const entry = await entries.find("signIn", entryToken);
      return entry === undefined ? undefined : factors.ask(entry.staffId, entry.holder);
    },

    withFactor: async (
      entryToken: string,
      given: GivenFactor,
      browser: string,
    ): Promise<SignedIn | { refused: "over" | "wrong" } | { refused: "wait"; waitMs: number }> => {
      const entry = await entries.find("signIn", entryToken);
      if (entry === undefined) return { refused: "over" };
      const outcome = await factors.check(entry.staffId, entry.holder, given);
      if (outcome === "wrong") return { refused: "wrong" };
      if (outcome !== "right") return { refused: "wait", waitMs: outcome.waitMs };
      if (!(await entries.close(entry))) return { refused: "over" };
      return {
        token: await sessions.begin(entry.staffId, "passphrase", browser),
        browserCookie: browsers.cookieFor(entry.staffId),
        wanted: entry.data["wanted"] ?? "",
      };
    },
  };
}
