import { createHash } from "node:crypto";
import type { Request } from "express";
import { isUuid } from "../channel/retry-keys.ts";
import { isRecord } from "../messages/place.ts";
import type { State } from "../state.ts";
import { type Answer, answers } from "./answers.ts";
import type { Endpoint } from "./endpoints.ts";

export function rawBody(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

const expectedType = {
  json: /^application\/json\b/i,
  form: /^application\/x-www-form-urlencoded\b/i,
  image: /^image\/(jpeg|png)\b/i,
};

/** The JSON object of the body (empty where none is expected), or why it is refused. */
export function readBody(
  endpoint: Endpoint,
  request: Request,
): { refusal: Answer } | { body: Record<string, unknown> } {
  if (endpoint.body === "nothing") return { body: {} };
  const contentType = request.get("content-type") ?? "";
  if (!expectedType[endpoint.body].test(contentType))
    return { refusal: answers.unsupportedType(contentType) };
  if (endpoint.body !== "json") return { body: {} };
  const text = rawBody(request).toString("utf8");
  try {
    const body: unknown = JSON.parse(text);
    return isRecord(body) ? { body } : { refusal: answers.notJson("1", "1") };
  } catch (error) {
    return { refusal: answers.notJson(...positionOf(error, text)) };
  }
}

/** Line and column, if this version of Node tells where it stumbled. */
function positionOf(error: unknown, text: string): [string, string] {
  const position = /position (\d+)/.exec(String(error))?.[1];
  if (position === undefined) return ["-", "-"];
  const before = text.slice(0, Number(position)).split("\n");
  return [String(before.length), String((before.at(-1)?.length ?? 0) + 1)];
}

/** The retry key in lower case, or why it is refused (LINE fact sheet section 5; the texts are not documented). */
export function readRetryKey(
  state: State,
  endpoint: Endpoint,
  request: Request,
  requestId: string,
): { refusal: Answer } | { retryKey: string | undefined } {
  const key = request.get("x-line-retry-key");
  if (key === undefined) return { retryKey: undefined };
  if (!endpoint.retryKey) {
    state.mistakes.note("retryKeyOnWrongEndpoint", requestId, request.path);
    return { refusal: answers.badRequest("The X-Line-Retry-Key header is not supported by this API") };
  }
  if (!isUuid(key)) {
    state.mistakes.note("retryKeyNotUuid", requestId, key);
    return { refusal: answers.badRequest("The X-Line-Retry-Key header is invalid") };
  }
  return { retryKey: key.toLowerCase() };
}

/**
 * Remembers which body came first under a key. Whether LINE compares them is unverified; the platform answers as if it
 * did not, and tells the bot's author. Refused attempts count too: a retry has to repeat them byte for byte.
 */
export function noteRetryKey(state: State, request: Request, requestId: string): void {
  const key = request.get("x-line-retry-key");
  if (key === undefined || !isUuid(key)) return;
  const hash = createHash("sha1").update(rawBody(request)).digest("base64");
  if (!state.retryKeys.attempt(key.toLowerCase(), hash))
    state.mistakes.note("retryKeyWithChangedBody", requestId, `retry key ${key}`);
}
