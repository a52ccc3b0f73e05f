import { HTTPFetchError, channelAccessToken } from "@line/bot-sdk";
import type { LineConfig } from "../config.ts";
import type { Clock } from "../shared/clock.ts";

export interface TokenSource {
  /** A token believed to be valid now. Rejects with {@link TokenRefused}, or the network's error, when none can be had. */
  current(): Promise<string>;
  /** Called after a 401: the next {@link TokenSource.current} asks LINE anew. False when there is nothing to renew. */
  renew(refused: string): boolean;
}

/** LINE will not give us a token: the channel id or secret is wrong. */
export class TokenRefused extends Error {
  override name = "TokenRefused";
  constructor(cause: HTTPFetchError) {
    super("LINE refused to issue a token for this channel id and secret", { cause });
  }
}

/** A token is replaced this long before it expires, so that no request is begun with a dying one. */
const marginMs = 2 * 60 * 1000;

/** The long-lived token of the configuration, or stateless ones that live 15 minutes (LINE fact sheet, section 13). */
export function createTokenSource(config: LineConfig, clock: Clock): TokenSource {
  const { credentials } = config;
  if ("accessToken" in credentials) {
    return { current: async () => credentials.accessToken, renew: () => false };
  }
  return createStatelessTokens(config, credentials.channelId, clock);
}

function createStatelessTokens(config: LineConfig, channelId: string, clock: Clock): TokenSource {
  const client = new channelAccessToken.ChannelAccessTokenClient({ baseURL: config.apiBaseUrl });
  let issued: { token: string; until: number } | undefined;
  let issuing: Promise<string> | undefined;

  async function issue(): Promise<string> {
    const answer = await client
      .issueStatelessChannelTokenByClientSecret(channelId, config.channelSecret)
      .catch((error: unknown) => {
        const refused = error instanceof HTTPFetchError && error.status < 500 && error.status !== 429;
        throw refused ? new TokenRefused(error) : error;
      });
    issued = { token: answer.access_token, until: clock.now() + answer.expires_in * 1000 };
    return issued.token;
  }

  return {
    current: () => {
      if (issued !== undefined && clock.now() < issued.until - marginMs) return Promise.resolve(issued.token);
      issuing ??= issue().finally(() => {
        issuing = undefined;
      });
      return issuing;
    },
    renew: (refused) => {
      if (issued?.token === refused) issued = undefined;
      return true;
    },
  };
}
