import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { webhook } from "@line/bot-sdk";
import { afterEach } from "vitest";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../src/simulator/index.ts";
import { HTTPFetchError, LineBotClient, validateSignature } from "../support/line-sdk.ts";

let cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  const pending = cleanups;
  cleanups = [];
  for (const cleanUp of pending) await cleanUp();
});

export interface Line extends Simulator {
  /** LINE's own client, as a bot would build it. */
  client: LineBotClient;
  /** A request without the SDK in between. */
  request(method: string, path: string, options?: RawRequest): Promise<Response>;
}

interface RawRequest {
  json?: unknown;
  body?: BodyInit;
  headers?: Record<string, string>;
  redirect?: RequestRedirect;
}

/** A simulator that is closed when the test ends. */
export async function startLine(options: SimulatorOptions = {}): Promise<Line> {
  const simulator = await startSimulator(options);
  cleanups.push(simulator.close);
  const { url, platform } = simulator;
  const channelAccessToken = platform.channel.accessToken;
  const client = LineBotClient.fromChannelAccessToken({
    channelAccessToken,
    apiBaseURL: url,
    dataApiBaseURL: url,
  });
  const request = (
    method: string,
    path: string,
    { json, body, headers = {}, redirect = "follow" }: RawRequest = {},
  ) =>
    fetch(url + path, {
      method,
      redirect,
      headers: {
        authorization: `Bearer ${channelAccessToken}`,
        ...(json === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
    });
  return { ...simulator, client, request };
}

export interface Bot {
  url: string;
  /** Events in the order they arrived, repeated ones included. */
  events: webhook.Event[];
  /** How many events each POST carried. */
  batches: number[];
  /** What to answer: 200 unless changed. */
  answer: number;
  /** Wait this long before answering. */
  delayMs: number;
  headers: Record<string, unknown>[];
  bodies: string[];
}

/** A bot that checks signatures with LINE's SDK, keeps what it is told, and answers what the test wants. */
export async function startBot(channelSecret: string): Promise<Bot> {
  const bot: Bot = { url: "", events: [], batches: [], answer: 200, delayMs: 0, headers: [], bodies: [] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      bot.headers.push(request.headers);
      bot.bodies.push(body.toString());
      const signature = String(request.headers["x-line-signature"]);
      if (!validateSignature(body, channelSecret, signature)) {
        response.writeHead(401).end();
        return;
      }
      const { events } = JSON.parse(body.toString()) as webhook.CallbackRequest;
      bot.events.push(...events);
      bot.batches.push(events.length);
      setTimeout(() => response.writeHead(bot.answer).end(), bot.delayMs);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  bot.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  cleanups.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return bot;
}

/** A simulator and a bot that know each other. */
export async function startLineAndBot(options: SimulatorOptions = {}): Promise<{ line: Line; bot: Bot }> {
  const line = await startLine(options);
  const bot = await startBot(line.platform.channel.secret);
  line.platform.webhook.url = bot.url;
  return { line, bot };
}

/** What LINE refused, as `[status, parsed body]`; fails if it did not refuse. */
export async function refusal(attempt: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof HTTPFetchError) return { status: error.status, body: JSON.parse(error.body) };
    throw error;
  }
  throw new Error("The request was accepted, although it should have been refused.");
}

export const text = (words: string) => ({ type: "text" as const, text: words });

/** The reply token of the bot's newest event. */
export function replyToken(bot: Bot): string {
  const event = bot.events.at(-1);
  if (event === undefined || !("replyToken" in event) || event.replyToken === undefined)
    throw new Error("The bot's newest event has no reply token.");
  return event.replyToken;
}
