import { type SQL, and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { auditEntries, broadcasts, sections, staff } from "../../db/schema.ts";
import type { AuditEntry } from "./store.ts";

/** Which entries are asked for; what is absent asks nothing. */
export interface AuditFilter {
  /** A staff id, or `system`. */
  actor?: string | undefined;
  /** `staff.create`, or with a full stop at its end `staff.`: everything of that kind. */
  act?: string | undefined;
  /** An id, or a part of the name of a broadcast, a person or a section. */
  subject?: string | undefined;
  /** Instants in milliseconds; `to` is no longer part of it. */
  from?: number | undefined;
  to?: number | undefined;
}

/** An entry with the names that its ids have today. */
export interface AuditRecord extends Required<AuditEntry> {
  seq: number;
  actorName: string | undefined;
  subjectName: string | undefined;
  /** What the subject is, when it still exists. */
  subjectKind: "broadcast" | "staff" | "section" | undefined;
  hash: string;
}

export type RecordStore = ReturnType<typeof createRecordStore>;

/** The record of who did what, for reading. */
export function createRecordStore({ orm }: Database) {
  type Named = { name: string; kind: AuditRecord["subjectKind"] };

  function namesOf(ids: string[]): Map<string, Named> {
    const titles = orm
      .select({ id: broadcasts.id, name: broadcasts.title })
      .from(broadcasts)
      .where(inArray(broadcasts.id, ids))
      .all();
    const people = orm
      .select({ id: staff.id, name: staff.name })
      .from(staff)
      .where(inArray(staff.id, ids))
      .all();
    const named = orm
      .select({ id: sections.id, name: sections.nameJa })
      .from(sections)
      .where(inArray(sections.id, ids))
      .all();
    const as = (kind: Named["kind"]) => (each: { id: string; name: string }) =>
      [each.id, { name: each.name, kind }] as const;
    return new Map([...titles.map(as("broadcast")), ...people.map(as("staff")), ...named.map(as("section"))]);
  }

  return {
    /** Newest first; goes on below the number `before`. */
    list: async (filter: AuditFilter, before: number | undefined, limit: number): Promise<AuditRecord[]> => {
      const rows = orm
        .select()
        .from(auditEntries)
        .where(and(before === undefined ? undefined : lt(auditEntries.seq, before), ...conditionsOf(filter)))
        .orderBy(desc(auditEntries.seq))
        .limit(limit)
        .all();
      const names = namesOf([...new Set(rows.flatMap(({ actor, subject }) => [actor, subject]))]);
      return rows.map(({ seq, at, actor, act, subject, details, hash }) => ({
        seq,
        at,
        actor,
        act,
        subject,
        details: readDetails(details),
        hash,
        actorName: names.get(actor)?.name,
        subjectName: names.get(subject)?.name,
        subjectKind: names.get(subject)?.kind,
      }));
    },

    /** The kinds of act that occur: steps from one to the next in the index instead of reading every entry. */
    acts: async (): Promise<string[]> =>
      orm
        .all<{ act: string }>(
          sql`WITH RECURSIVE each(act) AS (
                SELECT min(act) FROM audit_entries
                UNION ALL
                SELECT (SELECT min(act) FROM audit_entries WHERE act > each.act) FROM each WHERE each.act IS NOT NULL)
              SELECT act FROM each WHERE act IS NOT NULL`,
        )
        .map(({ act }) => act),

    /** Everybody on the staff, by name. */
    people: async (): Promise<{ id: string; name: string }[]> =>
      orm.select({ id: staff.id, name: staff.name }).from(staff).orderBy(staff.name, staff.id).all(),
  };
}

function conditionsOf({ actor, act, subject, from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    act === undefined ? undefined : ofKind(act),
    subject === undefined ? undefined : about(subject),
    from === undefined ? undefined : gte(auditEntries.at, from),
    to === undefined ? undefined : lt(auditEntries.at, to),
  ];
}

function ofKind(act: string): SQL | undefined {
  if (!act.endsWith(".")) return eq(auditEntries.act, act);
  // "/" is the character after the full stop: a range of the index.
  return and(gte(auditEntries.act, act), lt(auditEntries.act, `${act.slice(0, -1)}/`));
}

function about(subject: string): SQL {
  const part = `%${subject.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${auditEntries.subject} IN (
    SELECT ${subject}
    UNION ALL SELECT id FROM broadcasts WHERE title LIKE ${part} ESCAPE '\\'
    UNION ALL SELECT id FROM staff WHERE name LIKE ${part} ESCAPE '\\'
    UNION ALL SELECT id FROM sections WHERE name_ja LIKE ${part} ESCAPE '\\' OR name_en LIKE ${part} ESCAPE '\\')`;
}

/** Somebody may have spoilt what stands there; it is shown all the same. */
function readDetails(details: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(details);
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch {
    // Shown as it is.
  }
  return { details };
}
