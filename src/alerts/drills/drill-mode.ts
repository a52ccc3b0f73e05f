import type { Mode } from "../../outbox/order.ts";
import type { Clock } from "../../shared/clock.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import type { DrillKind, DrillMode, DrillStore } from "./drill-store.ts";

/** How long somebody may be in drill mode, in minutes. */
export const drillMinutes = { shortest: 30, longest: 240, usual: 120 } as const;

export type DrillRefusal = { refused: "role_missing" | "bad_duration" };

export interface DrillModesDeps {
  store: DrillStore;
  clock: Clock;
}

export type DrillModes = ReturnType<typeof createDrillModes>;

/**
 * Drill mode (invariant 8): it belongs to a person, is kept on the server, and closes itself. Which mode an alert is
 * stamped with is read from here, never from a form.
 */
export function createDrillModes({ store, clock }: DrillModesDeps) {
  async function of(staffId: string): Promise<DrillMode | undefined> {
    const drill = await store.of(staffId);
    return drill !== undefined && drill.until > clock.now() ? drill : undefined;
  }

  return {
    /** Undefined for whoever is in none; as cheap as one look by key. */
    of,

    /** What an alert is, that somebody raises now. */
    modeOf: async (staffId: string): Promise<Mode> => (await of(staffId))?.mode ?? "live",

    /** Enters it, or begins anew what one is in. */
    begin: async (actor: Actor, mode: DrillKind, minutes: number): Promise<DrillMode | DrillRefusal> => {
      if (!may(actor, "alert.raise")) return { refused: "role_missing" };
      const { shortest, longest } = drillMinutes;
      if (!Number.isInteger(minutes) || minutes < shortest || minutes > longest)
        return { refused: "bad_duration" };
      const before = await store.of(actor.id);
      if (before !== undefined && before.mode !== mode) await store.end(before, actor.id, clock.now());
      const since = clock.now();
      const drill = { staffId: actor.id, mode, since, until: since + minutes * 60_000 };
      await store.begin(drill);
      return drill;
    },

    /** Leaves it at any time; what nobody confirmed is discarded. */
    end: async (actor: Actor): Promise<void> => {
      const drill = await store.of(actor.id);
      if (drill !== undefined) await store.end(drill, actor.id, clock.now());
    },

    /** Closes those that were left open. */
    closeOver: async (): Promise<void> => {
      for (const drill of await store.over(clock.now())) await store.end(drill, "system", clock.now());
    },
  };
}
