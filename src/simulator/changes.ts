import type { Batch } from "./sending/ledger.ts";
import type { RequestRecord } from "./http/request-log.ts";
import type { Delivery } from "./webhook/delivery.ts";

/** Something that a phone on a page, or a waiting test, may want to look at again. */
export type Change =
  | { of: "messages"; batch: Batch }
  | { of: "user"; userId: string }
  | { of: "menu"; userId?: string }
  | { of: "request"; request: RequestRecord }
  | { of: "webhook"; delivery: Delivery };

export interface Changes {
  tell(change: Change): void;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void;
}

export function createChanges(): Changes {
  const listeners = new Set<(change: Change) => void>();
  return {
    tell: (change) => {
      for (const listener of listeners) listener(change);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
