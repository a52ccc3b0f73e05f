import { createAddressing } from "./addressing.ts";
import { createControl } from "./control.ts";
import { createDeciding } from "./decide.ts";
import type { BroadcastDeps } from "./deps.ts";
import { createWriting } from "./write.ts";

/** Everything people may do with broadcasts: the same functions for the console, the API and alerts. */
export function createBroadcasts(deps: BroadcastDeps) {
  return {
    ...createAddressing(deps),
    ...createWriting(deps),
    ...createDeciding(deps),
    ...createControl(deps),
  };
}

export type Broadcasts = ReturnType<typeof createBroadcasts>;
