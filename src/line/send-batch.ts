import type { messagingApi } from "@line/bot-sdk";
import type { SealedBatch, SendBatch, SendOutcome } from "../outbox/outcome.ts";
import { isQuotaText, readFailure } from "./line-answer.ts";
import type { Line } from "./line-client.ts";

/** Hands batches to LINE by multicast, and says what came of it in the outbox's words (LINE fact sheet, sections 4 and 5). */
export function createSendBatch(line: Line): SendBatch {
  const parsed = createBodyCache();

  return async (batch) => {
    const messages = parsed(batch.body);
    try {
      const { httpResponse } = await line.call(({ api }) =>
        api.multicastWithHttpInfo({ to: batch.addresses, messages }, batch.retryKey),
      );
      const requestId = httpResponse.headers.get("x-line-request-id");
      if (requestId === null)
        return {
          kind: "unknown",
          detail: `HTTP ${httpResponse.status} without x-line-request-id: not LINE's answer`,
        };
      return { kind: "accepted", requestId };
    } catch (error) {
      return outcomeOf(error, batch, () => isMessageValid(line, messages));
    }
  };
}

async function outcomeOf(
  error: unknown,
  batch: SealedBatch,
  messageIsValid: () => Promise<boolean>,
): Promise<SendOutcome> {
  const failure = readFailure(error);
  if (failure.kind === "unreachable")
    return { kind: failure.connected ? "unknown" : "notReached", detail: failure.detail };
  const { status, message } = failure;
  const detail = `HTTP ${status}: ${message}`;
  // 401 and 429 decide nothing for good; everything else is final, so it must be LINE that says it.
  if (!failure.fromLine && status !== 401 && status !== 429)
    return { kind: "unknown", detail: `HTTP ${status}: not LINE's answer` };
  switch (status) {
    case 409:
      return { kind: "alreadyAccepted", requestId: failure.acceptedRequestId ?? "" };
    case 401:
      return { kind: "notAuthorised", detail };
    case 429:
      return isQuotaText(message) ? { kind: "quotaExhausted", detail } : { kind: "tryLater", detail };
    case 400:
      break;
    default:
      return { kind: "rejected", detail };
  }
  if (failure.properties.some((property) => property.startsWith("messages")))
    return { kind: "rejected", detail };
  const positions = refusedPositions(failure.properties, batch.addresses.length);
  if (positions.length > 0) return { kind: "recipientRefused", positions, detail };
  // Neither a message nor a recipient is named. If LINE finds the message alone in order, it must be a recipient.
  return (await messageIsValid())
    ? { kind: "recipientRefused", positions: [], detail }
    : { kind: "rejected", detail };
}

/** `to[3]` → 3. */
function refusedPositions(properties: string[], size: number): number[] {
  const positions = properties.flatMap((property) => {
    const index = /^to\[(\d+)\]/.exec(property)?.[1];
    return index === undefined || Number(index) >= size ? [] : [Number(index)];
  });
  return [...new Set(positions)];
}

async function isMessageValid(line: Line, messages: messagingApi.Message[]): Promise<boolean> {
  try {
    await line.call(({ api }) => api.validateMulticast({ messages }));
    return true;
  } catch (error) {
    const failure = readFailure(error);
    return !(failure.kind === "refused" && failure.status === 400);
  }
}

/** The same few bodies go out thousands of times; each is parsed once. */
function createBodyCache(): (body: string) => messagingApi.Message[] {
  const cache = new Map<string, messagingApi.Message[]>();
  return (body) => {
    const known = cache.get(body);
    if (known !== undefined) return known;
    if (cache.size >= 64) cache.clear();
    const messages = JSON.parse(body) as messagingApi.Message[];
    cache.set(body, messages);
    return messages;
  };
}
