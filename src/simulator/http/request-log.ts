import type { FaultKind } from "../faults/faults.ts";
import type { EndpointName } from "./endpoints.ts";

/** One HTTP request to the simulated LINE, whatever became of it. */
export interface RequestRecord {
  /** The `x-line-request-id` it was given. */
  readonly id: string;
  /** When its head arrived, in milliseconds of the platform's clock, with fractions. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** `unknown`: no such endpoint, or none that is simulated. */
  endpoint: EndpointName | "unknown";
  retryKey?: string;
  /** User ids the request named, for the sending endpoints. */
  recipients?: number;
  /** What LINE decided: a 2xx was accepted, even if the answer got lost. Absent when it never came to a decision. */
  decided?: number;
  /** What was written to the wire. Absent while under way, and when the connection was cut. */
  status?: number;
  /** The misbehaviour that struck it. */
  fault?: FaultKind | "outage";
  /** Milliseconds until the answer was sent or the connection cut. Absent while under way. */
  durationMs?: number;
}

export interface RequestLog {
  add(record: RequestRecord): void;
  /** Oldest first; only those of one endpoint if named. */
  list(endpoint?: EndpointName | "unknown"): RequestRecord[];
  clear(): void;
}

/** The newest of them are kept: more than any test needs, less than a long demo would pile up. */
const capacity = 100_000;

export function createRequestLog(): RequestLog {
  let records: RequestRecord[] = [];
  return {
    add: (record) => {
      records.push(record);
      if (records.length >= 2 * capacity) records = records.slice(-capacity);
    },
    list: (endpoint) =>
      endpoint === undefined ? [...records] : records.filter((record) => record.endpoint === endpoint),
    clear: () => {
      records = [];
    },
  };
}
