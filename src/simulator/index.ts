import { type Channel, defaultChannel } from "./channel/channel.ts";
import { type Platform, createPlatform } from "./platform.ts";
import { createApp, listen } from "./server.ts";
import { createState } from "./state.ts";
import { type Switches, switchesSchema } from "./switches.ts";

export type { Act, ActRecord } from "./acts/activity.ts";
export type { FromBot, FromUser, InboxEntry } from "./acts/inbox.ts";
export type { Offer } from "./acts/offers.ts";
export type { Change } from "./changes.ts";
export type { Mistake, MistakeKind } from "./channel/mistakes.ts";
export type { FaultKind } from "./faults/faults.ts";
export type { EndpointName } from "./http/endpoints.ts";
export type { RequestRecord } from "./http/request-log.ts";
export type { RichMenu } from "./menus/menus.ts";
export type { Platform } from "./platform.ts";
export type { Batch } from "./sending/ledger.ts";
export type { LedgerSummary } from "./sending/ledger-summary.ts";
export type { Switches } from "./switches.ts";
export type { Delivery } from "./webhook/delivery.ts";

export interface SimulatorOptions {
  /** Default 127.0.0.1. */
  host?: string | undefined;
  /** Default 0: any free port. */
  port?: number | undefined;
  /** The bot's webhook URL. May also be set later: `platform.webhook.url = …`. */
  webhook?: string | undefined;
  /** The account's name, as phones show it. */
  displayName?: string | undefined;
  channelId?: string | undefined;
  channelSecret?: string | undefined;
  channelAccessToken?: string | undefined;
  /** Decides invented ids and the dice of faults. Default 1. */
  seed?: number | undefined;
  /** Where the platform's clock begins, in milliseconds since 1970. Default: now. */
  startAt?: number | undefined;
  switches?: Partial<Switches> | undefined;
  /** Multiplies all of LINE's rate limits. Default 1. */
  rateLimitFactor?: number | undefined;
  /** Where disasters happen, by JMA's code, and the name that its telegrams print. Default 1310900, 品川区. */
  municipality?: { code?: string | undefined; name?: string | undefined } | undefined;
}

export interface Simulator {
  /** For `LINE_API_BASE_URL` and `LINE_DATA_API_BASE_URL`: one address serves both hosts. */
  url: string;
  platform: Platform;
  /** LINE is away: connections are refused, the simulator's own endpoints included. */
  goOffline(): Promise<void>;
  goOnline(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a local LINE. In a test: `const { url, platform, close } = await startSimulator();` */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = "127.0.0.1", port = 0, seed = 1, webhook, startAt, rateLimitFactor, municipality } = options;
  const channel: Channel = {
    ...defaultChannel,
    id: options.channelId ?? defaultChannel.id,
    displayName: options.displayName ?? defaultChannel.displayName,
    secret: options.channelSecret ?? defaultChannel.secret,
    accessToken: options.channelAccessToken ?? defaultChannel.accessToken,
  };
  const switches = switchesSchema.parse(options.switches ?? {});
  const state = createState({ channel, switches, seed, startAt, webhook, rateLimitFactor, municipality });
  const platform = createPlatform(state);
  const app = createApp(state, platform, (ms) => void listener.stopFor(ms));
  const listener = await listen(app, host, port);
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`,
    platform,
    goOffline: () => listener.stop(),
    goOnline: () => listener.restart(),
    close: async () => {
      state.clock.close();
      state.webhook.close();
      await listener.close();
    },
  };
}
