import type { webhook } from "@line/bot-sdk";

/** Why a webhook counts as failed: LINE's words, and three of the simulator's own. */
export type FailureReason =
  | "COULD_NOT_CONNECT"
  | "REQUEST_TIMEOUT"
  | "ERROR_STATUS_CODE"
  | "UNCLASSIFIED"
  /** No webhook URL was set. */
  | "NO_WEBHOOK_URL"
  /** A `drop` rule swallowed the event. */
  | "DROPPED"
  /** The simulator was closed before the event was sent. */
  | "CLOSED";

/** What the bot answered to one POST. */
export interface Delivery {
  at: number;
  events: readonly webhook.Event[];
  /** The bot's HTTP status; 0 when it did not answer. */
  status: number;
  /** Absent when the bot answered 2xx. */
  reason?: FailureReason;
  durationMs: number;
  /** The exact bytes that were sent, so that they can be looked at or replayed. */
  body: Buffer;
  signature: string;
}

export interface WireBody {
  bytes: Buffer;
  signature: string;
}

const userAgent = "LineBotWebhook/2.0";

/** Sends one POST and waits for the answer, at most `timeoutMs` of real time (LINE waits 2 seconds). */
export async function post(
  url: string,
  wire: WireBody,
  timeoutMs: number,
  closing: AbortSignal,
): Promise<{ status: number; reason?: FailureReason }> {
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "user-agent": userAgent,
        "x-line-signature": wire.signature,
      },
      body: new Uint8Array(wire.bytes),
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), closing]),
    });
    // The body is ignored, but read, so that the connection can be used again.
    await response.arrayBuffer();
    if (response.ok) return { status: response.status };
    return { status: response.status, reason: "ERROR_STATUS_CODE" };
  } catch (error) {
    if (closing.aborted) return { status: 0, reason: "CLOSED" };
    if (error instanceof DOMException && error.name === "TimeoutError")
      return { status: 0, reason: "REQUEST_TIMEOUT" };
    return { status: 0, reason: connectionRefused(error) ? "COULD_NOT_CONNECT" : "UNCLASSIFIED" };
  }
}

const connectionCodes = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function connectionRefused(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  if (typeof cause !== "object" || cause === null || !("code" in cause)) return false;
  return connectionCodes.has(String(cause.code));
}
