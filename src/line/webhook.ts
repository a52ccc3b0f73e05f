import type { IncomingMessage, ServerResponse } from "node:http";
import { validateSignature } from "@line/bot-sdk";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import type { InboxEvent } from "./inbox/inbox-event.ts";
import { NotAWebhook, readWebhook } from "./inbox/read-webhook.ts";

export const webhookPath = "/line/webhook";
/** LINE's own posts are far smaller. */
const largestBytes = 1_000_000;

export interface WebhookDeps {
  channelSecret: string;
  clock: Clock;
  log: Logger;
  /** Resolves when the events are on the disk. */
  store: (events: InboxEvent[], receivedAt: number) => Promise<void>;
  /** Told after the answer that there is something to do. */
  arrived: () => void;
  /** Told how long the answer took, in seconds. */
  answered: (seconds: number) => void;
}

export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * `POST /line/webhook`: the size first, then the signature over the raw bytes, then the events are stored, then 200
 * (invariant 1). When storing fails the answer is 503, so that LINE sends it again. A handler of Node's own server and
 * not a route of Express: the way through the framework costs a quarter of all that is done here (P3).
 */
export function createWebhook(deps: WebhookDeps): WebhookHandler {
  const { log, answered } = deps;
  return (request, response) => {
    const began = performance.now();
    answer(request, deps)
      .catch((error: unknown) => {
        log.error({ err: error }, "a webhook could not be answered in order");
        return 503;
      })
      .then((status) => {
        if (status === undefined) return;
        // What is left of a body that is too large is read and thrown away, or its sender would never see the answer.
        if (status === 413) request.removeAllListeners("data").resume();
        const headers =
          status === 413 ? { "content-length": 0, connection: "close" } : { "content-length": 0 };
        response.writeHead(status, headers).end();
        answered((performance.now() - began) / 1000);
        if (status === 200) deps.arrived();
      })
      .catch((error: unknown) => log.error({ err: error }, "a webhook could not be answered"));
  };
}

/** @returns the status to answer with; undefined when nobody is there any more to be answered */
async function answer(
  request: IncomingMessage,
  { channelSecret, clock, log, store }: WebhookDeps,
): Promise<number | undefined> {
  if (request.method !== "POST") return 405;
  const body = await readBody(request);
  if (body === "tooLarge") return 413;
  if (body === "gone") return undefined;
  const signature = request.headers["x-line-signature"];
  if (typeof signature !== "string" || !validateSignature(body, channelSecret, signature)) return 401;
  const receivedAt = clock.now();
  let events: InboxEvent[];
  try {
    events = readWebhook(body, receivedAt);
  } catch (error) {
    if (!(error instanceof NotAWebhook)) throw error;
    log.warn({ reason: error.message }, "a signed webhook could not be read");
    return 400;
  }
  try {
    if (events.length > 0) await store(events, receivedAt);
    return 200;
  } catch (error) {
    log.error({ err: error }, "webhook events could not be stored; LINE is asked to send them again");
    return 503;
  }
}

function readBody(request: IncomingMessage): Promise<Buffer | "tooLarge" | "gone"> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"] ?? 0) > largestBytes) {
      resolve("tooLarge");
      return;
    }
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > largestBytes) resolve("tooLarge");
      else chunks.push(chunk);
    });
    request.on("end", () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    request.on("error", () => resolve("gone"));
    request.on("close", () => resolve("gone"));
  });
}
