import { HTTPFetchError } from "@line/bot-sdk";
import { withoutUserIds } from "../shared/logger.ts";
import { TokenRefused } from "./token.ts";

/** How LINE, or the way to it, said no. Decided on the status first: LINE may change its texts without notice. */
export type LineFailure =
  | {
      kind: "refused";
      status: number;
      message: string;
      properties: string[];
      acceptedRequestId: string | undefined;
      /** Whether LINE said it, as its header or its way of writing shows, and not a proxy in between. */
      fromLine: boolean;
    }
  /**
   * No answer that can be relied on: connection lost, time limit, 5xx, an answer that is not LINE's. `connected`: false when
   * there was never a connection on which LINE could have heard the request.
   */
  | { kind: "unreachable"; detail: string; connected: boolean };

export function readFailure(error: unknown): LineFailure {
  if (error instanceof TokenRefused) {
    return {
      kind: "refused",
      status: 401,
      message: error.message,
      properties: [],
      acceptedRequestId: undefined,
      fromLine: true,
    };
  }
  if (!(error instanceof HTTPFetchError))
    return { kind: "unreachable", detail: describe(error), connected: !neverConnected(error) };
  if (error.status >= 500 || error.status === 408)
    return { kind: "unreachable", detail: `HTTP ${error.status}`, connected: true };
  const { message, properties, isLines } = readBody(error.body);
  return {
    kind: "refused",
    status: error.status,
    message: withoutUserIds(message),
    properties,
    acceptedRequestId: error.headers.get("x-line-accepted-request-id") ?? undefined,
    fromLine: isLines || error.headers.has("x-line-request-id"),
  };
}

/** Of the two kinds of 429, only the text tells the monthly allowance from the rate (LINE fact sheet, section 2). */
export function isQuotaText(message: string): boolean {
  return /monthly limit/i.test(message);
}

function readBody(text: string): { message: string; properties: string[]; isLines: boolean } {
  try {
    const body = JSON.parse(text) as { message?: unknown; details?: { property?: unknown }[] } | null;
    const message = typeof body?.message === "string" ? body.message : "";
    const details = Array.isArray(body?.details) ? body.details : [];
    const named = /The property, '?([^',]+)'?,/.exec(message)?.[1];
    const properties = details
      .map((detail) => detail?.property)
      .filter((property) => typeof property === "string");
    return {
      message,
      properties: named === undefined ? properties : [named, ...properties],
      isLines: typeof body?.message === "string",
    };
  } catch {
    return { message: text.slice(0, 200), properties: [], isLines: false };
  }
}

/** Whether the way failed before a word was said: the name was not found, or each of its addresses let nobody in. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { cause } = error;
  if (cause instanceof AggregateError)
    return cause.errors.length > 0 && cause.errors.every(isBeforeConnecting);
  return isBeforeConnecting(cause);
}

function isBeforeConnecting(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "syscall" in error && (error.syscall === "connect" || error.syscall === "getaddrinfo");
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause =
    error.cause instanceof Error
      ? ` (${"code" in error.cause ? String(error.cause.code) : error.cause.message})`
      : "";
  return withoutUserIds(`${error.name}: ${error.message}${cause}`);
}
