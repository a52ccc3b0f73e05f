import type { Health } from "../console/broadcasts/health.tsx";
import type { Ground } from "./ground.ts";
import type { Sending } from "./sending.ts";
import type { Stores } from "./stores.ts";

const stillWaiting: ReadonlySet<string> = new Set(["filling", "pending", "sending"]);
/** So long the dispatcher may be silent; it turns every second, also when there is nothing to do. */
const longestSilenceMs = 10_000;

/** What is wrong, by part, in a word for those who run Kairan; and the same for the staff's home page. */
export function createHealth({ db, clock }: Ground, { deliveries }: Stores, { dispatcher }: Sending) {
  async function faults(): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    await db.tryWrite().catch((error: unknown) => (found["database"] = String(error)));
    const { lastTurnAt, hold } = dispatcher.status();
    if (clock.now() - lastTurnAt > longestSilenceMs) found["dispatcher"] = "has not run for 10 seconds";
    if (hold?.reason === "notAuthorised")
      found["line"] = `LINE does not accept our credentials: ${hold.detail}`;
    return found;
  }

  async function health(): Promise<Health> {
    const waiting = (await deliveries.backlog())
      .filter(({ state }) => stillWaiting.has(state))
      .reduce((sum, { residents }) => sum + residents, 0);
    return { faults: await faults(), hold: dispatcher.status().hold, waiting };
  }

  return { faults, health };
}
