import { isIP } from "node:net";
import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import type { NewPasskey, Passkey } from "./credential-store.ts";
import type { EntryStore } from "./entry-store.ts";

/** What passkeys are bound to: the address in the browser, which has to be a name and not a number. */
export interface Site {
  origin: string;
  rpId: string;
}

export function siteOf(consoleUrl: string | undefined): Site | undefined {
  if (consoleUrl === undefined) return undefined;
  const { origin, hostname } = new URL(consoleUrl);
  return isIP(hostname.replaceAll(/[[\]]/g, "")) === 0 ? { origin, rpId: hostname } : undefined;
}

export interface PasskeyDeps {
  entries: EntryStore;
  /** Undefined: passkeys are not offered. */
  site: Site | undefined;
  wardName: string;
}

export type Passkeys = ReturnType<typeof createPasskeys>;

/** Passkeys (WebAuthn) as a second factor. `holder` is whose browser is asked; each question is answered once. */
export function createPasskeys({ entries, site, wardName }: PasskeyDeps) {
  return {
    offered: site !== undefined,

    /** The question for a new passkey, as JSON for the browser. */
    askNew: async (
      holder: string,
      person: { staffId: string; name: string; email: string },
      existing: readonly Passkey[],
    ): Promise<string | undefined> => {
      if (site === undefined) return undefined;
      const options = await generateRegistrationOptions({
        rpName: wardName,
        rpID: site.rpId,
        userName: person.email,
        userDisplayName: person.name,
        userID: new TextEncoder().encode(person.staffId),
        excludeCredentials: existing.map(({ id, transports }) => ({ id, transports })),
        authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
      });
      await entries.putChallenge(holder, "newPasskey", options.challenge);
      return JSON.stringify(options);
    },

    /** Undefined when the answer is none, or not to our question. */
    readNew: async (holder: string, answer: string, label: string): Promise<NewPasskey | undefined> => {
      const challenge = await entries.takeChallenge(holder, "newPasskey");
      const response = parsed(answer) as RegistrationResponseJSON | undefined;
      if (site === undefined || challenge === undefined || response === undefined) return undefined;
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: false,
      }).catch(() => ({ verified: false, registrationInfo: undefined }));
      if (!verified || registrationInfo === undefined) return undefined;
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      return { id, publicKey: Buffer.from(publicKey).toString("base64url"), counter, transports, label };
    },

    /** The question for one of these passkeys, as JSON for the browser; undefined when there is none to ask for. */
    ask: async (holder: string, passkeys: readonly Passkey[]): Promise<string | undefined> => {
      if (site === undefined || passkeys.length === 0) return undefined;
      const options = await generateAuthenticationOptions({
        rpID: site.rpId,
        allowCredentials: passkeys.map(({ id, transports }) => ({ id, transports })),
        userVerification: "preferred",
      });
      await entries.putChallenge(holder, "passkey", options.challenge);
      return JSON.stringify(options);
    },

    /** Which passkey answered our question, with its new count; undefined when none did. */
    read: async (
      holder: string,
      passkeys: readonly Passkey[],
      answer: string,
    ): Promise<{ id: string; counter: number } | undefined> => {
      const challenge = await entries.takeChallenge(holder, "passkey");
      const response = parsed(answer) as AuthenticationResponseJSON | undefined;
      const passkey = passkeys.find(({ id }) => id === response?.id);
      if (site === undefined || challenge === undefined || response === undefined || passkey === undefined)
        return undefined;
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: site.origin,
        expectedRPID: site.rpId,
        requireUserVerification: false,
        credential: {
          id: passkey.id,
          publicKey: new Uint8Array(Buffer.from(passkey.publicKey, "base64url")),
          counter: passkey.counter,
          transports: passkey.transports,
        },
      }).catch(() => ({ verified: false, authenticationInfo: undefined }));
      return verified && authenticationInfo !== undefined
        ? { id: passkey.id, counter: authenticationInfo.newCounter }
        : undefined;
    },
  };
}

function parsed(answer: string): { id: string } | undefined {
  try {
    const value: unknown = JSON.parse(answer);
    return typeof Object(value)["id"] === "string" ? (value as { id: string }) : undefined;
  } catch {
    return undefined;
  }
}
