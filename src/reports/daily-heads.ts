import type { Clock } from "../shared/clock.ts";
import { tokyoDate } from "../shared/tokyo.ts";
import { type HeadsNow, asDailyHeads } from "./heads-now.ts";
import type { HeadsStore } from "./heads-store.ts";

/**
 * Counts once on each day of Tokyo and keeps it. The clock pokes every minute: the first poke of a day counts, whether
 * that is at midnight or when the program is up again. Returns whether it did.
 */
export async function keepDailyHeads(deps: {
  now: HeadsNow;
  store: HeadsStore;
  clock: Clock;
}): Promise<boolean> {
  if (await deps.store.has(tokyoDate(deps.clock.now()))) return false;
  const heads = await deps.now.count();
  return deps.store.keep(tokyoDate(heads.at), asDailyHeads(heads));
}
