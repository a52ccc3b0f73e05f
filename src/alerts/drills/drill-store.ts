import type { Database } from "../../../db/open.ts";
import type { AuditStore } from "../../audit/store.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { Mode } from "../../outbox/order.ts";

export type DrillKind = Exclude<Mode, "live">;

/** Somebody's drill mode: what they raise from `since` to `until` is a drill of this kind. */
export interface DrillMode {
  staffId: string;
  mode: DrillKind;
  since: number;
  until: number;
}

export type DrillStore = ReturnType<typeof createDrillStore>;

/** Who is in drill mode. Prepared by hand: the first question is asked for every staff page. */
export function createDrillStore(
  { sqlite, write }: Database,
  broadcasts: Pick<BroadcastStore, "within">,
  audit: AuditStore,
) {
  const columns = `staff_id AS staffId, mode, since, until`;
  const ofOne = sqlite.prepare<[string], DrillMode>(`SELECT ${columns} FROM drill_modes WHERE staff_id = ?`);
  const outdated = sqlite.prepare<[number], DrillMode>(`SELECT ${columns} FROM drill_modes WHERE until <= ?`);
  const put = sqlite.prepare<[DrillMode]>(
    `INSERT OR REPLACE INTO drill_modes VALUES (@staffId, @mode, @since, @until)`,
  );
  const remove = sqlite.prepare<[string, number]>(`DELETE FROM drill_modes WHERE staff_id = ? AND since = ?`);
  const unconfirmed = sqlite.prepare<[string], { id: string; version: number }>(
    `SELECT id, version FROM alerts JOIN broadcasts USING (id)
     WHERE raised_by = ? AND confirmed_at IS NULL AND mode <> 'live' AND state = 'draft'`,
  );

  return {
    /** Also when its time is over and nobody has closed it yet. */
    of: async (staffId: string): Promise<DrillMode | undefined> => ofOne.get(staffId),

    /** Those whose time is over. */
    over: async (now: number): Promise<DrillMode[]> => outdated.all(now),

    /** In place of one that there was. */
    begin: (drill: DrillMode): Promise<void> =>
      write(() => {
        put.run(drill);
        const { staffId, mode, since, until } = drill;
        audit.append({
          at: since,
          actor: staffId,
          act: "drill.begin",
          subject: staffId,
          details: { mode, until },
        });
      }),

    /**
     * What this person raised as a drill and nobody confirmed is discarded with it.
     * @returns false when it was closed, or begun anew, meanwhile
     */
    end: ({ staffId, since, mode }: DrillMode, actor: string, at: number): Promise<boolean> =>
      write(() => {
        if (remove.run(staffId, since).changes === 0) return false;
        audit.append({ at, actor, act: "drill.end", subject: staffId, details: { mode } });
        for (const { id, version } of unconfirmed.all(staffId))
          broadcasts.within.change(id, {
            act: "cancel",
            version,
            set: { state: "cancelled" },
            order: "none",
            entry: { at, actor, act: "drill.discard", subject: id },
          });
        return true;
      }),
  };
}
