import type { Alert } from "../alert.ts";
import type { HazardDeskDeps } from "./hazard-desk-deps.ts";
import type { HazardRecord } from "./hazard-record.ts";
import type { Knowledge } from "../rules/decide-telegram.ts";
import { writtenRules } from "../store.ts";
import type { KnownAlert } from "../rules/situation.ts";

/** Gathers what a decision about a telegram stands on: the states, and what became of the alerts that they name. */
export function createKnowledge({ store, alerts }: Pick<HazardDeskDeps, "store" | "alerts">) {
  return async (record: HazardRecord): Promise<Knowledge> => {
    const { hazards, telegram } = record.reading;
    const subjects = hazards.map(({ subject }) => subject);
    // A cancellation names no place: whom it concerns is known by its event.
    const states = await (telegram.infoType === "cancellation"
      ? store.statesOfEvent(subjects, telegram.eventId)
      : store.statesOf(subjects));
    const ids = [...new Set(states.flatMap((state) => [...state.alerts, ...(state.waits?.drafts ?? [])]))];
    const found = await Promise.all(ids.map((id) => alerts.find(id)));
    const known = found.flatMap((alert) =>
      alert === undefined ? [] : [[alert.id, knownOf(alert)] as const],
    );
    return { states, alerts: new Map(known), repeated: await store.repeated(record) };
  };
}

function knownOf({ id, confirmedAt, endedAt, state, audience, discardedBy }: Alert): KnownAlert {
  return {
    id,
    sent: confirmedAt !== undefined,
    ended: endedAt !== undefined || (confirmedAt === undefined && state === "cancelled"),
    thrownAway: discardedBy !== undefined && discardedBy !== writtenRules,
    audience,
  };
}
