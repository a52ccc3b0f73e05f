import type { HazardRecord } from "../../alerts/hazard-record.ts";
import type { Maintenance, MaintenanceAsk } from "../../alerts/hazard-store.ts";
import type { Rules } from "../../alerts/rules/rule.ts";
import type { Actor } from "../../staff/permissions.ts";

export type Ruling = HazardRecord["decisions"][number];

/** What these pages ask of the hazard desk. */
export interface HazardDesk {
  /** Newest first; goes on after the id `before`. */
  list: (ask: { before?: string; limit: number }) => Promise<HazardRecord[]>;
  find: (id: string) => Promise<HazardRecord | undefined>;
  maintenance: () => Promise<Maintenance>;
  setMaintenance: (actor: Actor, ask: MaintenanceAsk) => Promise<unknown>;
  rules: Rules;
}

/** How an ear is: JMA's feeds that are fetched, or the door that the ward's own systems knock at. */
export interface Ear {
  id: "jma" | "inbound";
  /** `failing`: the last look failed, and it has not been silent for long yet. `off`: by the settings. */
  state: "well" | "starting" | "failing" | "silent" | "off";
  /** When the last look at it went well; undefined for what comes in by itself. */
  lastSuccessAt: number | undefined;
  /** When it last said something. */
  lastTelegramAt: number | undefined;
  silentSince: number | undefined;
  /** What went wrong last, in the words of whoever found out. */
  detail: string | undefined;
}
