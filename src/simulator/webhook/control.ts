import type { Rule } from "../faults/rules.ts";
import type { State } from "../state.ts";
import type { Delivery } from "./delivery.ts";
import type { WebhookFault, WebhookRules } from "./misbehaviour.ts";
import { sign, toWireBytes } from "./signature.ts";

/** The webhook as a test turns it: where it goes, what goes wrong with it, and bodies LINE would not send. */
export interface WebhookControl {
  url: string | undefined;
  /** Makes the next events misbehave: `platform.webhook.misbehave({ does: "duplicateMarked", times: 1 })`. */
  misbehave(fault: WebhookFault): Rule<WebhookFault>;
  readonly faults: Pick<WebhookRules, "list" | "remove" | "clear">;
  /** The verification ping: correctly signed, no events. */
  ping(): Promise<Delivery>;
  /** An earlier POST once more, byte for byte; the last one by default. */
  replay(delivery?: Delivery): Promise<Delivery>;
  /** Any body; correctly signed unless a signature is given. */
  sendRaw(body: string | Buffer, signature?: string): Promise<Delivery>;
  /** A correctly signed body of at least that many bytes. */
  sendGiant(bytes: number): Promise<Delivery>;
  /** Sends on what a `reorder` rule holds back. */
  releaseHeld(): void;
  /** Resolves when no event waits or is under way. */
  settled(): Promise<void>;
  deliveries(): Delivery[];
}

export function createWebhookControl({ channel, switches, webhook, webhookRules }: State): WebhookControl {
  const sendRaw = (body: string | Buffer, signature?: string) => {
    const bytes = Buffer.from(body);
    return webhook.sendBytes({ bytes, signature: signature ?? sign(bytes, channel.secret) });
  };
  const empty = (more: object = {}) =>
    toWireBytes({ destination: channel.botUserId, events: [], ...more }, switches.webhookEscapes);
  return {
    get url() {
      return webhook.url;
    },
    set url(url) {
      webhook.url = url;
    },
    misbehave: (fault) => webhookRules.add(fault),
    faults: webhookRules,
    ping: () => sendRaw(empty()),
    replay: (delivery = webhook.deliveries().at(-1)) => {
      if (delivery === undefined) throw new Error("No webhook was sent yet that could be replayed.");
      return webhook.sendBytes({ bytes: delivery.body, signature: delivery.signature }, delivery.events);
    },
    sendRaw,
    sendGiant: (bytes) => sendRaw(empty({ padding: "x".repeat(bytes) })),
    releaseHeld: () => webhook.releaseHeld(),
    settled: () => webhook.settled(),
    deliveries: () => webhook.deliveries(),
  };
}
