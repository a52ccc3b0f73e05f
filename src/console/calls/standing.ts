import type { Call } from "../../alerts/calls/call-store.ts";

/** A call to this person, and what it says in their language. */
export type OpenCall = Pick<Call, "id" | "kind" | "at" | "alert" | "hazard"> & { sentence: string };

/** While it is on, nothing that the feeds say is sent by itself. */
export interface MaintenanceNow {
  since: number;
  until: number | undefined;
  /** Who switched it on. */
  by: string;
  note: string;
}

/** What stands at the top of every page. */
export interface Standing {
  calls: readonly OpenCall[];
  maintenance: MaintenanceNow | undefined;
  now: number;
}
