import type { Database } from "../../../db/open.ts";
import type { AuditStore } from "../../audit/store.ts";

/** The switch that stops automatic sending: whether it is on, who switched it last, and when it ends by itself. */
export interface Maintenance {
  on: boolean;
  by: string;
  since: number;
  until: number | undefined;
  note: string;
}

export interface MaintenanceAsk {
  on: boolean;
  until?: number | undefined;
  note?: string | undefined;
}

export function createMaintenanceStore(
  { sqlite, write }: Pick<Database, "sqlite" | "write">,
  audit: AuditStore,
) {
  const switched = sqlite.prepare<
    [],
    { is_on: number; by_id: string; since: number; until: number | null; note: string }
  >(`SELECT is_on, by_id, since, until, note FROM feed_maintenance`);
  const setSwitch = sqlite.prepare(
    `UPDATE feed_maintenance SET is_on = ?, by_id = ?, since = ?, until = ?, note = ?`,
  );

  function maintenance(): Maintenance {
    const row = switched.get();
    return {
      on: row?.is_on === 1,
      by: row?.by_id ?? "system",
      since: row?.since ?? 0,
      until: row?.until ?? undefined,
      note: row?.note ?? "",
    };
  }

  return {
    maintenance: async (): Promise<Maintenance> => maintenance(),

    setMaintenance: (by: string, { on, until, note }: MaintenanceAsk, now: number): Promise<Maintenance> =>
      write(() => {
        const was = maintenance();
        setSwitch.run(
          on ? 1 : 0,
          by,
          was.on && on ? was.since : now,
          (on ? until : undefined) ?? null,
          note ?? "",
        );
        const details = {
          ...(until === undefined ? {} : { until }),
          ...(note === undefined ? {} : { note }),
        };
        audit.append(
          on
            ? { at: now, actor: by, act: "feed.maintenanceOn", subject: "feeds", details }
            : { at: now, actor: by, act: "feed.maintenanceOff", subject: "feeds", details },
        );
        return maintenance();
      }),
  };
}
