import type { Decision } from "../rules/decision.ts";
import type { Reading } from "./hazard.ts";
import type { HazardRecord } from "./hazard-record.ts";

/** A row of `hazards`, as both of its stores read it. */
export interface HazardRow {
  id: string;
  reading: string;
  received_at: number;
  received_from: string;
  stage: HazardRecord["stage"];
  attempts: number;
  decided_at: number | null;
  decisions: string;
  alerts: string;
  call: string | null;
}

export const hazardColumns =
  "id, reading, received_at, received_from, stage, attempts, decided_at, decisions, alerts, call";

export function recordOf(row: HazardRow): HazardRecord {
  return {
    id: row.id,
    reading: JSON.parse(row.reading) as Reading,
    receivedAt: row.received_at,
    receivedFrom: row.received_from,
    stage: row.stage,
    attempts: row.attempts,
    decidedAt: row.decided_at ?? undefined,
    decisions: JSON.parse(row.decisions) as Decision[],
    alerts: JSON.parse(row.alerts) as string[],
    call: row.call ?? undefined,
  };
}
