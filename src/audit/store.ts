import { createHash } from "node:crypto";
import { asc, desc, gt, sql } from "drizzle-orm";
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
export function createAuditStore({ orm, write }: Database) {
  function append(entry: AuditEntry): void {
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
  }

  /** The highest number that was ever given to an entry. */
  function everGiven(): number {
    const row = orm.get<{ seq: number } | undefined>(
      sql`SELECT seq FROM sqlite_sequence WHERE name = 'audit_entries'`,
    );
    return row?.seq ?? 0;
  }

  return {
    /** Part of other stores' acts: an act and its entry commit together. Called only inside a `write`. */
    append,

    /** Puts on record what changes nothing else. */
    note: (entry: AuditEntry): Promise<void> => write(() => append(entry)),

    /** How many entries there are, as far as their numbers tell. */
    size: async (): Promise<number> => everGiven(),

    /**
     * Checks up to `limit` entries after `seq`, given the hash that stands there.
     * @returns the last entry checked and where to go on, or the number of the first entry that does not fit or, at the
     * end, is no longer there
     */
    verify: async (after: Link | undefined, limit: number): Promise<Verified> => {
      // Before the rows: what another process appends meanwhile is not missing.
      const given = everGiven();
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
      const last = { seq: rows.at(-1)?.seq ?? after?.seq ?? 0, hash };
      if (rows.length === limit) return { checked: rows.length, last, next: last };
      if (given > last.seq) return { brokenAt: last.seq + 1 };
      return { checked: rows.length, last, next: undefined };
    },
  };
}

/** An entry by its number, with its hash. */
export interface Link {
  seq: number;
  hash: string;
}

export type Verified = { brokenAt: number } | { checked: number; last: Link; next: Link | undefined };

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
