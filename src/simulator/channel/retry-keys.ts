import type { messagingApi } from "@line/bot-sdk";
import type { SimulatorClock } from "../time/clock.ts";

/** The request that was accepted under a key: what a 409 has to tell. */
interface AcceptedRequest {
  requestId: string;
  /** Push only (LINE fact sheet section 5). */
  sentMessages?: messagingApi.SentMessage[] | undefined;
}

/**
 * Retry keys of the channel, shared by its four sending endpoints (unverified, the sheet's assumption). A key lives
 * 24 hours from its first request; after that the same key is a new request, and sends again.
 */
export interface RetryKeys {
  /** Notes an attempt. False when an earlier attempt under this key carried another body. */
  attempt(key: string, bodyHash: string): boolean;
  accepted(key: string): AcceptedRequest | undefined;
  accept(key: string, request: AcceptedRequest): void;
}

const lifetimeMs = 24 * 3_600_000;
const sweepAfter = 10_000;
const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

interface Entry {
  firstAt: number;
  bodyHash: string;
  accepted?: AcceptedRequest;
}

export function createRetryKeys(clock: SimulatorClock): RetryKeys {
  const entries = new Map<string, Entry>();
  let sweepAt = sweepAfter;

  const alive = (key: string): Entry | undefined => {
    const entry = entries.get(key);
    return entry !== undefined && clock.now() - entry.firstAt < lifetimeMs ? entry : undefined;
  };
  const sweep = () => {
    if (entries.size < sweepAt) return;
    for (const key of entries.keys()) if (alive(key) === undefined) entries.delete(key);
    sweepAt = entries.size * 2 + sweepAfter;
  };
  return {
    attempt: (key, bodyHash) => {
      const entry = alive(key);
      if (entry !== undefined) return entry.bodyHash === bodyHash;
      sweep();
      entries.set(key, { firstAt: clock.now(), bodyHash });
      return true;
    },
    accepted: (key) => alive(key)?.accepted,
    accept: (key, request) => {
      const entry = alive(key);
      if (entry !== undefined) entry.accepted = request;
    },
  };
}
