import type { Clock } from "../shared/clock.ts";
import type { EntryStore } from "./entry-store.ts";
import type { InvitationStore, Invited, NewCredentials } from "./invitation-store.ts";
import type { KnownBrowsers } from "./known-browser.ts";
import type { Passkeys } from "./passkeys.ts";
import { type PassphraseProblem, hashPassphrase, problemOf } from "./passphrase.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";
import { type Seal, hashOf } from "./secrets.ts";
import type { SessionStore } from "./session-store.ts";
import { newTotpSecret, totpAddress, totpStepOf } from "./totp.ts";

export interface EnrolmentDeps {
  invitations: InvitationStore;
  entries: EntryStore;
  sessions: SessionStore;
  passkeys: Passkeys;
  browsers: KnownBrowsers;
  seal: Seal;
  clock: Clock;
  /** In an authenticator app the account stands under this name. */
  issuer: string;
  /** Words anybody would try first, such as the ward's name. */
  wardWords: readonly string[];
}

/** What the page for the second factor shows. */
export interface FactorOffer {
  name: string;
  totpSecret: string;
  totpAddress: string;
  /** The question for a passkey as JSON; undefined when passkeys are not offered. */
  passkey: string | undefined;
}

export interface Enrolled {
  recoveryCodes: string[];
  token: string;
  browserCookie: string;
}

/** From an invitation to an account: a passphrase, then a second factor, then recovery codes; before that nobody is in. */
export function createEnrolment(deps: EnrolmentDeps) {
  const { invitations, entries, sessions, passkeys, browsers, seal, clock, issuer, wardWords } = deps;

  return {
    find: invitations.find,

    /** @returns the token of the doorstep's cookie; the link works until the second factor is there too */
    setPassphrase: async (
      link: string,
      passphrase: string,
    ): Promise<{ entry: string } | { refused: PassphraseProblem | "over" }> => {
      const invited = await invitations.find(link);
      if (invited === undefined) return { refused: "over" };
      const problem = await problemOf(passphrase, ownWords(invited, wardWords));
      if (problem !== undefined) return { refused: problem };
      const data = {
        link,
        name: invited.name,
        email: invited.email,
        passphraseHash: await hashPassphrase(passphrase),
        totpSecret: newTotpSecret(),
      };
      return {
        entry: await entries.open("enrolment", invited.staffId, { sealed: seal.seal(JSON.stringify(data)) }),
      };
    },

    offer: async (entryToken: string): Promise<FactorOffer | undefined> => {
      const entry = await entries.find("enrolment", entryToken);
      const data = entry === undefined ? undefined : opened(entry.data, seal);
      if (entry === undefined || data === undefined || (await invitations.find(data.link)) === undefined)
        return undefined;
      const { name, email, totpSecret } = data;
      return {
        name,
        totpSecret,
        totpAddress: totpAddress(totpSecret, issuer, email),
        passkey: await passkeys.askNew(entry.holder, { staffId: entry.staffId, name, email }, []),
      };
    },

    /** The account works from here on, and its owner is signed in. */
    finish: async (
      entryToken: string,
      given: { code: string; passkey: string },
      browser: string,
    ): Promise<Enrolled | { refused: "over" | "wrong" }> => {
      const entry = await entries.find("enrolment", entryToken);
      const data = entry === undefined ? undefined : opened(entry.data, seal);
      if (entry === undefined || data === undefined) return { refused: "over" };
      const factor = await readFactor(entry.holder, given, data.totpSecret, browser);
      if (factor === undefined) return { refused: "wrong" };
      const { codes, hashes } = newRecoveryCodes(entry.staffId);
      const credentials = { passphraseHash: data.passphraseHash, factor, recoveryCodeHashes: hashes };
      await entries.close(entry);
      if (!(await invitations.accept(hashOf(data.link), credentials))) return { refused: "over" };
      return {
        recoveryCodes: codes,
        token: await sessions.begin(entry.staffId, "passphrase", browser),
        browserCookie: browsers.cookieFor(entry.staffId),
      };
    },
  };

  async function readFactor(
    holder: string,
    { code, passkey }: { code: string; passkey: string },
    totpSecret: string,
    browser: string,
  ): Promise<NewCredentials["factor"] | undefined> {
    if (passkey !== "") {
      const made = await passkeys.readNew(holder, passkey, browser);
      return made === undefined ? undefined : { passkey: made };
    }
    const totpStep = totpStepOf(totpSecret, code, clock.now());
    return totpStep === undefined ? undefined : { totpSecret: seal.seal(totpSecret), totpStep };
  }
}

/** What anybody who knows the person would try first. */
export function ownWords(
  { name, email }: Pick<Invited, "name" | "email">,
  wardWords: readonly string[],
): string[] {
  return [name, ...name.split(/\s+/), email, ...email.split(/[@.]/), ...wardWords].filter(
    (each) => each !== "",
  );
}

interface Sealed {
  link: string;
  name: string;
  email: string;
  passphraseHash: string;
  totpSecret: string;
}

function opened(data: Record<string, string>, seal: Seal): Sealed | undefined {
  const text = seal.open(data["sealed"] ?? "");
  return text === undefined ? undefined : (JSON.parse(text) as Sealed);
}
