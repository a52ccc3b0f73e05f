import type { Clock } from "../shared/clock.ts";
import type { CredentialStore, Credentials } from "./credential-store.ts";
import { ownWords } from "./enrolment.ts";
import type { EntryStore } from "./entry-store.ts";
import type { Passkeys } from "./passkeys.ts";
import { type PassphraseProblem, hashPassphrase, isPassphrase, problemOf } from "./passphrase.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";
import type { Seal } from "./secrets.ts";
import type { Session } from "./session-store.ts";
import { newTotpSecret, totpAddress, totpStepOf } from "./totp.ts";

export interface OwnAccountDeps {
  credentials: CredentialStore;
  entries: EntryStore;
  passkeys: Passkeys;
  seal: Seal;
  clock: Clock;
  issuer: string;
  wardWords: readonly string[];
}

export interface NewAuthenticator {
  totpSecret: string;
  totpAddress: string;
}

/** What everybody changes about their own account. The pages see to it that a second factor was shown just before. */
export function createOwnAccount(deps: OwnAccountDeps) {
  const { credentials, entries, passkeys, seal, clock, issuer, wardWords } = deps;

  /** The authenticator secret that this session is being offered: the same until it is taken. */
  async function offered({ holder }: Session, email: string, secret: string): Promise<NewAuthenticator> {
    await entries.putChallenge(holder, "newTotp", seal.seal(secret));
    return { totpSecret: secret, totpAddress: totpAddress(secret, issuer, email) };
  }

  return {
    /** Undefined for somebody who has no passphrase here: the demo's people, and who comes from the ward's provider. */
    find: ({ actor }: Session): Promise<Credentials | undefined> => credentials.find(actor.id),

    passkeysOffered: passkeys.offered,

    /** Ends all other sessions. @returns what is wrong, if anything */
    changePassphrase: async (
      session: Session,
      current: string,
      passphrase: string,
    ): Promise<PassphraseProblem | "wrong" | undefined> => {
      const has = await credentials.find(session.actor.id);
      if (!(await isPassphrase(current, has?.passphraseHash)) || has === undefined) return "wrong";
      const problem = await problemOf(passphrase, ownWords(has, wardWords));
      if (problem !== undefined) return problem;
      await credentials.changePassphrase(session, await hashPassphrase(passphrase));
      return undefined;
    },

    /** @returns the new codes, to be shown once */
    changeRecoveryCodes: async (session: Session): Promise<string[]> => {
      const { codes, hashes } = newRecoveryCodes(session.actor.id);
      await credentials.changeRecoveryCodes(session, hashes);
      return codes;
    },

    offerAuthenticator: async (session: Session): Promise<NewAuthenticator | undefined> => {
      const has = await credentials.find(session.actor.id);
      return has === undefined ? undefined : offered(session, has.email, newTotpSecret());
    },

    /** With a code that the new app shows. @returns the offer again when the code is not of it */
    changeAuthenticator: async (session: Session, code: string): Promise<NewAuthenticator | undefined> => {
      const sealed = await entries.takeChallenge(session.holder, "newTotp");
      const secret = (sealed === undefined ? undefined : seal.open(sealed)) ?? newTotpSecret();
      const step = totpStepOf(secret, code, clock.now());
      if (sealed === undefined || step === undefined) {
        const has = await credentials.find(session.actor.id);
        return offered(session, has?.email ?? "", secret);
      }
      await credentials.changeTotp(session, seal.seal(secret), step);
      return undefined;
    },

    /** The question for a new passkey, as JSON for the browser. */
    askNewPasskey: async (session: Session): Promise<string | undefined> => {
      const has = await credentials.find(session.actor.id);
      if (has === undefined) return undefined;
      const person = { staffId: session.actor.id, name: has.name, email: has.email };
      return passkeys.askNew(session.holder, person, has.passkeys);
    },

    addPasskey: async (session: Session, answer: string, label: string): Promise<boolean> => {
      const made = await passkeys.readNew(session.holder, answer, label);
      return made !== undefined && (await credentials.addPasskey(session, made));
    },

    removePasskey: (session: Session, id: string): Promise<boolean> => credentials.removePasskey(session, id),
  };
}
