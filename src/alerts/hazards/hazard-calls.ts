import type { Telegram } from "./hazard.ts";
import type { HazardDeskDeps } from "./hazard-desk-deps.ts";
import type { HazardRecord } from "./hazard-record.ts";
import { type HazardCallKind, hazardCallKinds } from "../calls/call-kinds.ts";
import type { Decision } from "../rules/decision.ts";

/** So long nobody is called again for the same kind of trouble: forty stale telegrams are one call, not forty. */
const quietMs = 60 * 60_000;

export type HazardCalls = ReturnType<typeof createHazardCalls>;

export function createHazardCalls({ store, call, rules, clock }: HazardDeskDeps) {
  function place(id: string, telegram: Telegram, kind: HazardCallKind): Promise<void> {
    const title = telegram.title.slice(0, 100);
    const count = String(rules.mostAutomaticPerHour);
    return call({ kind, role: "dutyOfficer", hazard: id, values: { title, count }, once: `${kind}/${id}` });
  }

  return {
    /** One call for a telegram, for the gravest of its troubles. @returns what was called for, if anybody was */
    forDecisions: async (
      { id, reading }: HazardRecord,
      decisions: readonly Decision[],
    ): Promise<HazardCallKind | undefined> => {
      const kind = hazardCallKinds.find((each) => decisions.some((decision) => decision.call === each));
      if (kind === undefined) return undefined;
      if (await store.calledSince(kind, clock.now() - quietMs)) return undefined;
      await place(id, reading.telegram, kind);
      return kind;
    },

    alwaysFor: place,
  };
}
