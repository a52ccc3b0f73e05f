import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import type { ClaimStore } from "./claim-store.ts";
import type { BrokenSum, DeliveryStore } from "./delivery-store.ts";

/**
 * Looks every minute whether the sum of invariant 6 holds and frees batches whose lease ran out.
 * @returns the orders whose residents do not add up; there should be none
 */
export async function reconcile(deps: {
  deliveries: DeliveryStore;
  claims: ClaimStore;
  clock: Clock;
  log: Logger;
}): Promise<BrokenSum[]> {
  const freed = await deps.claims.releaseLapsed(deps.clock.now());
  if (freed > 0) deps.log.warn({ batches: freed }, "batches whose lease ran out are tried again");
  const broken = await deps.deliveries.brokenSums();
  for (const each of broken) deps.log.error(each, "the residents of a broadcast do not add up (invariant 6)");
  return broken;
}
