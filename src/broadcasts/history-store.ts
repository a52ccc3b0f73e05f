import { desc, eq } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { auditEntries, staff } from "../../db/schema.ts";
import { readDetails } from "../audit/read-details.ts";

/** One thing that was done with a broadcast. */
export interface Deed {
  at: number;
  /** A staff id, or `system`. */
  actor: string;
  /** Undefined for the clock. */
  actorName: string | undefined;
  /** `broadcast.approve` … */
  act: string;
  details: Record<string, unknown>;
}

export type HistoryStore = ReturnType<typeof createHistoryStore>;

const mostDeeds = 300;

/** Who did what with one broadcast, read from the audit entries; never written here. */
export function createHistoryStore({ orm }: Database) {
  return {
    /** Newest first. */
    of: async (broadcastId: string): Promise<Deed[]> =>
      orm
        .select({
          at: auditEntries.at,
          actor: auditEntries.actor,
          actorName: staff.name,
          act: auditEntries.act,
          details: auditEntries.details,
        })
        .from(auditEntries)
        .leftJoin(staff, eq(staff.id, auditEntries.actor))
        .where(eq(auditEntries.subject, broadcastId))
        .orderBy(desc(auditEntries.seq))
        .limit(mostDeeds)
        .all()
        .map((row) => ({
          ...row,
          actorName: row.actorName ?? undefined,
          details: readDetails(row.details),
        })),
  };
}
