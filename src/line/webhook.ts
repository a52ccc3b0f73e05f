import { validateSignature } from "@line/bot-sdk";
import express, { type RequestHandler, Router } from "express";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import type { InboxEvent } from "./inbox/inbox-event.ts";
import { NotAWebhook, readWebhook } from "./inbox/read-webhook.ts";

/** LINE's own events are far smaller. */
export const largestWebhookBytes = 1_000_000;

export interface WebhookDeps {
  channelSecret: string;
  clock: Clock;
  log: Logger;
  /** Resolves when the events are on the disk. */
  store: (events: InboxEvent[], receivedAt: number) => Promise<void>;
  /** Told after the answer that there is something to do. */
  arrived: () => void;
}

/**
 * `POST /line/webhook`: the size first, then the signature over the raw bytes, then the events are stored, then 200
 * (invariant 1). When storing fails the answer is 503, so that LINE sends it again.
 */
export function createWebhookRouter(deps: WebhookDeps): Router {
  const router = Router();
  router.post(
    "/line/webhook",
    refuseLarge,
    express.raw({ type: () => true, limit: largestWebhookBytes, inflate: false }),
    receive(deps),
  );
  return router;
}

const refuseLarge: RequestHandler = (request, response, next) => {
  if (Number(request.headers["content-length"] ?? 0) <= largestWebhookBytes) return next();
  response.status(413).set("connection", "close").end();
};

function receive({ channelSecret, clock, log, store, arrived }: WebhookDeps): RequestHandler {
  return async (request, response) => {
    const body: unknown = request.body;
    const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const signature = request.headers["x-line-signature"];
    if (typeof signature !== "string" || !validateSignature(raw, channelSecret, signature)) {
      response.status(401).end();
      return;
    }
    const receivedAt = clock.now();
    let events: InboxEvent[];
    try {
      events = readWebhook(raw, receivedAt);
    } catch (error) {
      if (!(error instanceof NotAWebhook)) throw error;
      log.warn({ reason: error.message }, "a signed webhook could not be read");
      response.status(400).end();
      return;
    }
    try {
      if (events.length > 0) await store(events, receivedAt);
    } catch (error) {
      log.error({ err: error }, "webhook events could not be stored; LINE is asked to send them again");
      response.status(503).end();
      return;
    }
    response.status(200).end();
    if (events.length > 0) arrived();
  };
}
