import type { webhook } from "@line/bot-sdk";
import type { Random } from "../random.ts";
import type { Delivery } from "./delivery.ts";
import { type WebhookRules, asRedelivery, asStandby, unknownEvent, withoutUserId } from "./misbehaviour.ts";

/** An event on its way to the bot. */
export interface Queued {
  event: webhook.Event;
  /** How many times it was redelivered before. */
  redeliveries: number;
  /** Signed with a secret that is not the channel's. */
  badlySigned: boolean;
  answered(delivery: Delivery): void;
}

/** Events waiting to be sent, and what goes wrong with them before they are. */
export interface EventQueue {
  /** Adds an event under the rules in force. False when a `drop` rule swallowed it. */
  add(queued: Queued): boolean;
  /** Adds an event as it is. */
  addUntouched(queued: Queued): void;
  /** The next events for one POST, at most so many. */
  takeTogether(most: number): Queued[];
  /** Lets go what a `reorder` rule holds back. */
  release(): void;
  isEmpty(): boolean;
  /** Takes everything out. */
  drain(): Queued[];
}

export interface EventQueueDeps {
  rules: WebhookRules;
  random: Random;
  /** The event is ready to go out, in this mode. */
  onLeaving(event: webhook.Event): void;
}

/** For copies that nobody waits for. */
const unheard = () => {};

export function createEventQueue({ rules, random, onLeaving }: EventQueueDeps): EventQueue {
  let queue: Queued[] = [];
  let held: Queued | undefined;

  const strikes = (kind: string) => rules.strike((rule) => rule.does === kind) !== undefined;

  const change = (queued: Queued): Queued => {
    let { event, badlySigned } = queued;
    if (strikes("standby")) event = asStandby(event);
    onLeaving(event);
    if (strikes("withoutUserId")) event = withoutUserId(event);
    if (strikes("badSignature")) badlySigned = true;
    return { ...queued, event, badlySigned };
  };
  const release = () => {
    if (held !== undefined) queue.push(held);
    held = undefined;
  };

  return {
    add: (queued) => {
      if (strikes("drop")) return false;
      const changed = change(queued);
      if (held === undefined && strikes("reorder")) {
        held = changed;
        return true;
      }
      if (strikes("unknownEventAlong"))
        queue.push({ ...changed, event: unknownEvent(changed.event, random), answered: unheard });
      queue.push(changed);
      release();
      if (strikes("duplicateUnmarked")) queue.push({ ...changed, answered: unheard });
      if (strikes("duplicateMarked"))
        queue.push({ ...changed, event: asRedelivery(changed.event), answered: unheard });
      return true;
    },
    addUntouched: (queued) => queue.push(queued),
    takeTogether: (most) => {
      const together: Queued[] = [];
      for (const next of queue) {
        const [first] = together;
        const sameSecret = first === undefined || first.badlySigned === next.badlySigned;
        const twice = together.some(({ event }) => event.webhookEventId === next.event.webhookEventId);
        if (together.length >= most || !sameSecret || twice) break;
        together.push(next);
      }
      queue = queue.slice(together.length);
      return together;
    },
    release,
    isEmpty: () => queue.length === 0,
    drain: () => {
      release();
      const all = queue;
      queue = [];
      return all;
    },
  };
}
