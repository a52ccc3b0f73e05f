import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ids } from "../shared/ids.ts";
import type { Logger } from "../shared/logger.ts";
import type { StaffStore } from "../staff/store.ts";
import type { IdempotencyStore } from "./idempotency-store.ts";

export interface MountDeps {
  staff: StaffStore;
  idempotency: IdempotencyStore;
  sentences: Sentences;
  clock: Clock;
  ids: Ids;
  log: Logger;
}
