import * as oidc from "openid-client";
import type { MemberStore } from "./member-store.ts";
import type { Seal } from "./secrets.ts";
import type { Session, SessionStore } from "./session-store.ts";

/** The ward's own identity provider (OpenID Connect), from the environment. */
export interface ProviderConfig {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Where the provider sends people back to. */
  backTo: string;
}

export interface ProviderDeps {
  config: ProviderConfig | undefined;
  members: MemberStore;
  sessions: SessionStore;
  seal: Seal;
}

/** What we have to know when somebody comes back; travels in a sealed cookie. */
interface Journey {
  state: string;
  nonce: string;
  verifier: string;
  wanted: string;
  /** The session whose second factor this is; undefined for a sign-in. */
  sessionId?: string;
}

export type ProviderOutcome =
  | { kind: "signedIn"; token: string; wanted: string }
  | { kind: "factorShown"; wanted: string }
  | { refused: "failed"; error: unknown }
  | { refused: "unknown_person" };

/** For a fresh factor the provider has to have asked within this time. */
const freshSeconds = 300;

/**
 * Signing in through the ward's provider: only people who are on the staff here with that address, which the provider
 * has to have verified. Its sign-in counts as both factors; a fresh factor means being asked by it again.
 */
export function createProvider({ config, members, sessions, seal }: ProviderDeps) {
  let discovered: Promise<oidc.Configuration> | undefined;

  /** Asked for once; a failure is forgotten, so that the next person tries again. */
  function discover(terms: ProviderConfig): Promise<oidc.Configuration> {
    discovered ??= configure(terms).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  }

  return {
    configured: config !== undefined,

    /**
     * Where to send the browser, and the cookie for its way.
     * @throws when the provider does not answer
     */
    depart: async (
      wanted: string,
      session?: Session,
    ): Promise<{ to: string; cookie: string } | undefined> => {
      if (config === undefined) return undefined;
      const terms = await discover(config);
      const journey: Journey = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        wanted,
        ...(session === undefined ? {} : { sessionId: session.id }),
      };
      const to = oidc.buildAuthorizationUrl(terms, {
        redirect_uri: config.backTo,
        scope: "openid email profile",
        response_type: "code",
        state: journey.state,
        nonce: journey.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(journey.verifier),
        code_challenge_method: "S256",
        ...(session === undefined ? {} : { prompt: "login", max_age: "0" }),
      });
      return { to: to.href, cookie: seal.seal(JSON.stringify(journey)) };
    },

    /** @param query what the provider added to our address, with its question mark */
    arrive: async (
      cookie: string,
      query: string,
      browser: string,
      session: Session | undefined,
    ): Promise<ProviderOutcome> => {
      const text = seal.open(cookie);
      if (config === undefined || text === undefined) return { refused: "failed", error: "no journey" };
      const journey = JSON.parse(text) as Journey;
      const isStepUp = journey.sessionId !== undefined;
      let claims: oidc.IDToken | undefined;
      try {
        const tokens = await oidc.authorizationCodeGrant(
          await discover(config),
          new URL(`${config.backTo}${query}`),
          {
            pkceCodeVerifier: journey.verifier,
            expectedState: journey.state,
            expectedNonce: journey.nonce,
            idTokenExpected: true,
            ...(isStepUp ? { maxAge: freshSeconds } : {}),
          },
        );
        claims = tokens.claims();
      } catch (error) {
        return { refused: "failed", error };
      }
      const email = claims?.["email_verified"] === true ? claims["email"] : undefined;
      const person = typeof email === "string" ? await members.findByEmail(email) : undefined;
      if (person === undefined) return { refused: "unknown_person" };
      if (!isStepUp)
        return {
          kind: "signedIn",
          token: await sessions.begin(person.id, "provider", browser),
          wanted: journey.wanted,
        };
      if (session?.id !== journey.sessionId || session?.actor.id !== person.id)
        return { refused: "unknown_person" };
      await sessions.noteFactor(session);
      return { kind: "factorShown", wanted: journey.wanted };
    },
  };
}

async function configure({ issuer, clientId, clientSecret }: ProviderConfig): Promise<oidc.Configuration> {
  const server = new URL(issuer);
  const found = await oidc.discovery(server, clientId, clientSecret, undefined, {
    timeout: 10,
    // `config.ts` refuses http in production.
    ...(server.protocol === "http:" ? { execute: [oidc.allowInsecureRequests] } : {}),
  });
  const methods = found.serverMetadata().token_endpoint_auth_methods_supported;
  if (methods === undefined || methods.includes("client_secret_post")) return found;
  const basic = new oidc.Configuration(
    found.serverMetadata(),
    clientId,
    undefined,
    oidc.ClientSecretBasic(clientSecret),
  );
  basic.timeout = 10;
  if (server.protocol === "http:") oidc.allowInsecureRequests(basic);
  return basic;
}
