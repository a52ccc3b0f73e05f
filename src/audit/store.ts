import { createHash } from "node:crypto";
import { asc, desc, gt } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { auditEntries } from "../../db/schema.ts";

export interface AuditEntry {
  at: number;
  /** A staff id, or `system`. */
  actor: string;
  /** `broadcast.approve`, `staff.create` … */
  act: string;
  /** The id of what was acted on. */
  subject: string;
  details?: Record<string, unknown>;
}

export type AuditStore = ReturnType<typeof createAuditStore>;

const beginning = "0".repeat(64);

/** Who did what, append-only: the database refuses changes, and each entry carries the hash of the one before it. */
export function createAuditStore({ orm }: Database) {
  return {
    /** Part of other stores' acts: an act and its entry commit together. Called only inside a `write`. */
    append: (entry: AuditEntry): void => {
      const last = orm
        .select({ hash: auditEntries.hash })
        .from(auditEntries)
        .orderBy(desc(auditEntries.seq))
        .limit(1)
        .get();
      const previousHash = last?.hash ?? beginning;
      const row = { ...entry, details: JSON.stringify(entry.details ?? {}), previousHash };
      orm
        .insert(auditEntries)
        .values({ ...row, hash: hashOf(row) })
        .run();
    },

    /**
     * Checks up to `limit` entries after `seq`, given the hash that stands there.
     * @returns where to go on, or the first entry that does not fit
     */
    verify: async (after: { seq: number; hash: string } | undefined, limit: number): Promise<Verified> => {
      const rows = orm
        .select()
        .from(auditEntries)
        .where(gt(auditEntries.seq, after?.seq ?? 0))
        .orderBy(asc(auditEntries.seq))
        .limit(limit)
        .all();
      let hash = after?.hash ?? beginning;
      for (const row of rows) {
        if (row.previousHash !== hash || row.hash !== hashOf(row)) return { brokenAt: row.seq };
        hash = row.hash;
      }
      const last = rows.at(-1);
      return {
        next: last === undefined || rows.length < limit ? undefined : { seq: last.seq, hash: last.hash },
      };
    },
  };
}

export type Verified = { brokenAt: number } | { next: { seq: number; hash: string } | undefined };

function hashOf(row: {
  at: number;
  actor: string;
  act: string;
  subject: string;
  details: string;
  previousHash: string;
}): string {
  const { at, actor, act, subject, details, previousHash } = row;
  return createHash("sha256")
    .update(JSON.stringify([previousHash, at, actor, act, subject, details]))
    .digest("hex");
}
