import { HTTPFetchError, messagingApi } from "@line/bot-sdk";
import type { LineConfig } from "../config.ts";
import type { Clock } from "../shared/clock.ts";
import { guardFetch } from "./guard-fetch.ts";
import { createTokenSource } from "./token.ts";

export interface LineClients {
  api: messagingApi.MessagingApiClient;
  blob: messagingApi.MessagingApiBlobClient;
}

export interface Line {
  /** Calls LINE with a valid token; after a 401 once more with a new one. Throws what the SDK throws. */
  call<T>(act: (clients: LineClients) => Promise<T>): Promise<T>;
  /** No more calls will follow: other servers may come to live at LINE's address, as in tests. */
  end(): void;
}

/** How long LINE may take to answer a request. */
export const requestTimeoutMs = 10_000;

export function createLine(config: LineConfig, clock: Clock, timeoutMs: number = requestTimeoutMs): Line {
  const end = guardFetch([config.apiBaseUrl, config.dataApiBaseUrl], timeoutMs);
  const tokens = createTokenSource(config, clock);
  let clients: (LineClients & { token: string }) | undefined;

  function clientsFor(token: string): LineClients & { token: string } {
    if (clients?.token === token) return clients;
    clients = {
      token,
      api: new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: config.apiBaseUrl }),
      blob: new messagingApi.MessagingApiBlobClient({
        channelAccessToken: token,
        baseURL: config.dataApiBaseUrl,
      }),
    };
    return clients;
  }

  return {
    end,
    call: async (act) => {
      const token = await tokens.current();
      try {
        return await act(clientsFor(token));
      } catch (error) {
        if (!(error instanceof HTTPFetchError) || error.status !== 401 || !tokens.renew(token)) throw error;
        return act(clientsFor(await tokens.current()));
      }
    },
  };
}
