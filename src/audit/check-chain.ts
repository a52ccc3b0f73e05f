import { setImmediate as nextTurn } from "node:timers/promises";
import type { AuditStore, Link } from "./store.ts";

/** Entries checked in one step: about 2 ms, the event loop being given back after each. */
const atOnce = 100;

export type ChainResult = { whole: true; entries: number; last: Link } | { whole: false; brokenAt: number };

/** Checks the whole chain from its first entry, in small steps; `progressed` is told how many entries fitted so far. */
export async function checkChain(
  audit: Pick<AuditStore, "verify">,
  progressed: (checked: number) => void = () => undefined,
): Promise<ChainResult> {
  let after: Link | undefined;
  for (let checked = 0; ;) {
    const step = await audit.verify(after, atOnce);
    if ("brokenAt" in step) return { whole: false, brokenAt: step.brokenAt };
    checked += step.checked;
    progressed(checked);
    if (step.next === undefined) return { whole: true, entries: checked, last: step.last };
    after = step.next;
    await nextTurn();
  }
}
