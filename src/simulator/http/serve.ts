import { setTimeout as sleep } from "node:timers/promises";
import type { Request, RequestHandler } from "express";
import type { State } from "../state.ts";
import { type Answer, answers } from "./answers.ts";
import type { Handler } from "./call.ts";
import { type Endpoint, type EndpointName, endpoints } from "./endpoints.ts";
import { noteRetryKey, rawBody, readBody, readRetryKey } from "./read-request.ts";
import { recordOf } from "./request-ids.ts";
import type { RequestRecord } from "./request-log.ts";
import { lose, refuse, write } from "./write-answer.ts";

/**
 * One endpoint as Express wants it: network and faults around the outside, then what LINE asks of every request (token,
 * rate, content type, JSON, retry key), then the endpoint itself.
 */
export function serve(state: State, name: EndpointName, handle: Handler): RequestHandler {
  const { faults, network } = state;
  return async (request, response) => {
    const record = recordOf(response);
    record.endpoint = name;

    const wait = network.nextLatencyMs() + faults.delayFor(name);
    if (wait > 0) await sleep(wait, undefined, { ref: false });
    if (response.destroyed) return;

    noteRetryKey(state, request, record.id);
    const refusal = faults.refusalFor(name);
    if (refusal !== undefined) {
      record.fault = refusal;
      refuse(response, refusal);
      return;
    }
    const answer = await decide(state, name, handle, request, record);
    record.decided = answer.status;
    const accepted = answer.status >= 200 && answer.status < 300;
    const lost = accepted ? faults.lostAnswerFor(name) : undefined;
    if (lost === undefined) {
      write(response, answer);
      return;
    }
    record.fault = lost.kind;
    await lose(response, answer, lost.kind, lost.ms);
  };
}

async function decide(
  state: State,
  name: EndpointName,
  handle: Handler,
  request: Request,
  record: RequestRecord,
): Promise<Answer> {
  const endpoint: Endpoint = endpoints[name];
  if (endpoint.token && !hasValidToken(state, request)) return answers.unauthorized();
  if (!state.limits.take(name)) return answers.rateLimited();
  const read = readBody(endpoint, request);
  if ("refusal" in read) return read.refusal;
  const keyed = readRetryKey(state, endpoint, request, record.id);
  if ("refusal" in keyed) return keyed.refusal;
  const call = {
    requestId: record.id,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.originalUrl.split("?")[1]),
    body: read.body,
    raw: rawBody(request),
    headers: request.headers,
    retryKey: keyed.retryKey,
    record,
  };
  return await handle(call, state);
}

function hasValidToken({ tokens }: State, request: Request): boolean {
  const [scheme, token] = (request.get("authorization") ?? "").split(" ");
  return scheme === "Bearer" && token !== undefined && tokens.isValid(token);
}
