import type { HazardCalls } from "./hazard-calls.ts";
import type { HazardDeskDeps } from "./hazard-desk-deps.ts";
import { severities } from "./hazard.ts";

/**
 * The safety net: a notice says that a special warning was issued for the ward (VPNO50). When none is known minutes later,
 * the telegram that should have said it was missed or not understood, and a person must look.
 */
export function createCheckNotices({ store, clock }: HazardDeskDeps, calls: HazardCalls) {
  return async (): Promise<void> => {
    for (const { id, reading, decisions } of await store.toCheck(clock.now())) {
      const isKnown = (await store.states()).some(
        ({ kind, rank, severity }) =>
          kind !== "specialWarningNotice" && rank > 0 && severity === severities.at(-1),
      );
      const code = isKnown ? "specialWarningKnown" : "specialWarningMissing";
      if (!isKnown) await calls.alwaysFor(id, reading.telegram, "specialWarningNotice");
      const explained = decisions.map((each) => ({
        ...each,
        reasons: each.checkAt === undefined ? each.reasons : [...each.reasons, { code } as const],
      }));
      await store.checked(id, explained, isKnown ? undefined : "specialWarningNotice", clock.now());
    }
  };
}
