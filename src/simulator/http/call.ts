import type { IncomingHttpHeaders } from "node:http";
import type { State } from "../state.ts";
import type { Answer } from "./answers.ts";
import type { EndpointName } from "./endpoints.ts";
import type { RequestRecord } from "./request-log.ts";

/** A request that passed the common checks (token, rate, type, JSON, retry key), ready for its endpoint. */
export interface Call {
  requestId: string;
  params: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** The JSON object of the body; empty for endpoints without one. */
  body: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  raw: Buffer;
  headers: IncomingHttpHeaders;
  retryKey: string | undefined;
  record: RequestRecord;
}

/** What an endpoint does. It decides at once, so that two requests with one retry key can never both be first. */
export type Handler = (call: Call, state: State) => Answer | Promise<Answer>;

/** A handler for each of the named endpoints. */
export type Handlers<Names extends EndpointName> = Record<Names, Handler>;
