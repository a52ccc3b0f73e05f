import { randomUUID } from "node:crypto";
import { monotonicFactory } from "ulid";

/** Where new identifiers come from. Handed to the parts that need one, so that tests can predict them. */
export interface Ids {
  /** A sortable identifier (ULID, 26 characters) for things people refer to. */
  ulid(): string;
  /** A random UUID, as LINE asks of an `X-Line-Retry-Key`. */
  uuid(): string;
}

export function createIds(): Ids {
  const next = monotonicFactory();
  return { ulid: () => next(), uuid: () => randomUUID() };
}
