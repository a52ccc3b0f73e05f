import type { webhook } from "@line/bot-sdk";
import type { Changes } from "../changes.ts";
import type { Channel } from "../channel/channel.ts";
import type { ReplyTokens } from "../channel/reply-tokens.ts";
import type { Switches } from "../switches.ts";
import type { SimulatorClock } from "../time/clock.ts";
import { type Delivery, type FailureReason, type WireBody, post } from "./delivery.ts";
import type { EventQueue, Queued } from "./event-queue.ts";
import { asRedelivery } from "./misbehaviour.ts";
import { sign, toWireBytes } from "./signature.ts";

/** Hands events to the bot: in order, several in one POST when they pile up, again after a failure if the account asks. */
export interface WebhookSender {
  url: string | undefined;
  /** Queues the event; resolves with what the bot answered to the POST that carried it. */
  send(event: webhook.Event): Promise<Delivery>;
  /** Sends exactly these bytes at once, past the queue and the rules. */
  sendBytes(wire: WireBody, events?: readonly webhook.Event[], url?: string): Promise<Delivery>;
  /** Resolves when nothing waits to be sent and nothing is under way. Redeliveries planned for later do not count. */
  settled(): Promise<void>;
  /** Sends what a `reorder` rule holds back, if no other event came after it. */
  releaseHeld(): void;
  deliveries(): Delivery[];
  clear(): void;
  close(): void;
}

export interface SenderDeps {
  channel: Channel;
  clock: SimulatorClock;
  switches: Switches;
  replyTokens: ReplyTokens;
  queue: EventQueue;
  changes: Changes;
}

const keptDeliveries = 2_000;
const notTheSecret = "not the channel's secret";

export function createWebhookSender(deps: SenderDeps, url: string | undefined): WebhookSender {
  const { channel, clock, switches, replyTokens, queue, changes } = deps;
  const closing = new AbortController();
  let underWay = 0;
  let deliveries: Delivery[] = [];
  let waitingForCalm: (() => void)[] = [];

  /** Starts as many POSTs as may be under way; a tick later, so that events sent together travel together. */
  const pump = () => setImmediate(pumpNow);
  const pumpNow = () => {
    while (!queue.isEmpty() && underWay < switches.webhooksAtOnce) {
      underWay += 1;
      void carry(queue.takeTogether(switches.eventsPerWebhook)).finally(() => {
        underWay -= 1;
        pumpNow();
      });
    }
    if (queue.isEmpty() && underWay === 0) calm();
  };
  const calm = () => {
    for (const resolve of waitingForCalm) resolve();
    waitingForCalm = [];
  };

  const carry = async (together: Queued[]) => {
    const events = together.map((queued) => queued.event);
    const bytes = toWireBytes({ destination: channel.botUserId, events }, switches.webhookEscapes);
    const secret = together[0]?.badlySigned === true ? notTheSecret : channel.secret;
    const delivery = await sendBytes({ bytes, signature: sign(bytes, secret) }, events);
    if (delivery.reason !== undefined) together.forEach(planRedelivery);
    for (const queued of together) queued.answered(delivery);
  };
  const sendBytes = async (wire: WireBody, events: readonly webhook.Event[] = [], to = sender.url) => {
    for (const event of events)
      if ("replyToken" in event && event.replyToken !== undefined) replyTokens.handedOver(event.replyToken);
    const at = clock.now();
    const started = performance.now();
    const answer =
      to === undefined
        ? { status: 0, reason: "NO_WEBHOOK_URL" as const }
        : await post(to, wire, switches.webhookTimeoutMs, closing.signal);
    const durationMs = performance.now() - started;
    const delivery: Delivery = {
      at,
      events,
      ...answer,
      durationMs,
      body: wire.bytes,
      signature: wire.signature,
    };
    deliveries.push(delivery);
    if (deliveries.length > keptDeliveries) deliveries = deliveries.slice(-keptDeliveries / 2);
    changes.tell({ of: "webhook", delivery });
    return delivery;
  };
  const planRedelivery = ({ event, redeliveries, answered: _told }: Queued) => {
    const wait = switches.redeliveryAfterMs[redeliveries];
    if (!switches.redelivery || wait === undefined || sender.url === undefined) return;
    clock.after(wait, () => {
      queue.addUntouched({
        event: asRedelivery(event),
        redeliveries: redeliveries + 1,
        badlySigned: false,
        answered: () => {},
      });
      pump();
    });
  };
  const notSent = (event: webhook.Event, reason: FailureReason): Delivery => ({
    at: clock.now(),
    events: [event],
    status: 0,
    reason,
    durationMs: 0,
    body: Buffer.alloc(0),
    signature: "",
  });

  const sender: WebhookSender = {
    url,
    send: (event) =>
      new Promise((resolve) => {
        if (closing.signal.aborted) resolve(notSent(event, "CLOSED"));
        else if (queue.add({ event, redeliveries: 0, badlySigned: false, answered: resolve })) pump();
        else resolve(notSent(event, "DROPPED"));
      }),
    sendBytes,
    settled: () =>
      new Promise((resolve) => {
        waitingForCalm.push(resolve);
        pump();
      }),
    releaseHeld: () => {
      queue.release();
      pump();
    },
    deliveries: () => [...deliveries],
    clear: () => {
      deliveries = [];
    },
    close: () => {
      closing.abort();
      for (const { event, answered } of queue.drain()) answered(notSent(event, "CLOSED"));
      calm();
    },
  };
  return sender;
}
