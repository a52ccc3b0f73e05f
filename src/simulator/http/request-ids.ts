import type { RequestHandler, Response } from "express";
import type { State } from "../state.ts";
import type { RequestRecord } from "./request-log.ts";

/** Gives every request its `x-line-request-id` and its line in the log, before anything can go wrong with it. */
export function assignRequestId(state: State): RequestHandler {
  const { random, clock, requests, changes, network } = state;
  return (request, response, next) => {
    const started = performance.now();
    const record: RequestRecord = {
      id: random.uuid(),
      at: clock.precise(),
      method: request.method,
      path: request.path,
      endpoint: "unknown",
    };
    const retryKey = request.get("x-line-retry-key");
    if (retryKey !== undefined) record.retryKey = retryKey;
    requests.add(record);
    response.locals["record"] = record;
    response.set("x-line-request-id", record.id);
    response.on("close", () => {
      record.durationMs = performance.now() - started;
      if (response.writableFinished) record.status = response.statusCode;
      changes.tell({ of: "request", request: record });
    });
    if (network.down) {
      record.fault = "outage";
      request.socket.destroy();
      return;
    }
    next();
  };
}

export function recordOf(response: Response): RequestRecord {
  return response.locals["record"] as RequestRecord;
}
