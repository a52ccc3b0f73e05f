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
  /** Ids that are meant by `subject` as well: names that do not stand in the database. */
  subjects?: readonly string[] | undefined;
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

/** Where an entry stands in the order of time. */
interface Place {
  seq: number;
  at: number;
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

  /** The kinds of act that occur: steps from one to the next in the index instead of reading every entry. */
  function acts(): string[] {
    return orm
      .all<{ act: string }>(
        sql`WITH RECURSIVE each(act) AS (
              SELECT min(act) FROM audit_entries
              UNION ALL
              SELECT (SELECT min(act) FROM audit_entries WHERE act > each.act) FROM each WHERE each.act IS NOT NULL)
            SELECT act FROM each WHERE act IS NOT NULL`,
      )
      .map(({ act }) => act);
  }

  /**
   * The newest entries of one act, or of any, found in an index alone. A whole kind is asked act by act: as one range of
   * the index it would have to be sorted, which took 300 ms at 300,000 entries.
   */
  function newest(filter: AuditFilter, before: Place | undefined, limit: number): Place[] {
    return orm
      .select({ seq: auditEntries.seq, at: auditEntries.at })
      .from(auditEntries)
      .where(and(...conditionsOf(filter), before === undefined ? undefined : isBelow(before)))
      .orderBy(desc(auditEntries.at), desc(auditEntries.seq))
      .limit(limit)
      .all();
  }

  function find(filter: AuditFilter, before: Place | undefined, limit: number): Place[] {
    const { act } = filter;
    if (act?.endsWith(".") !== true) return newest(filter, before, limit);
    return acts()
      .filter((each) => each.startsWith(act))
      .flatMap((each) => newest({ ...filter, act: each }, before, limit))
      .toSorted((a, b) => b.at - a.at || b.seq - a.seq)
      .slice(0, limit);
  }

  function placeOf(seq: number | undefined): Place | undefined {
    if (seq === undefined) return undefined;
    return orm
      .select({ seq: auditEntries.seq, at: auditEntries.at })
      .from(auditEntries)
      .where(eq(auditEntries.seq, seq))
      .get();
  }

  return {
    /** Newest first; goes on after the entry of the number `before`. */
    list: async (filter: AuditFilter, before: number | undefined, limit: number): Promise<AuditRecord[]> => {
      const found = find(filter, placeOf(before), limit).map(({ seq }) => seq);
      const rows = orm
        .select()
        .from(auditEntries)
        .where(inArray(auditEntries.seq, found))
        .orderBy(desc(auditEntries.at), desc(auditEntries.seq))
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

    acts: async (): Promise<string[]> => acts(),

    /** Everybody on the staff, by name. */
    people: async (): Promise<{ id: string; name: string }[]> =>
      orm.select({ id: staff.id, name: staff.name }).from(staff).orderBy(staff.name, staff.id).all(),
  };
}

function conditionsOf({ actor, act, subject, subjects, from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    act === undefined ? undefined : eq(auditEntries.act, act),
    subject === undefined ? undefined : about(subject, subjects ?? []),
    from === undefined ? undefined : gte(auditEntries.at, from),
    to === undefined ? undefined : lt(auditEntries.at, to),
  ];
}

/** In the order of {@link AuditRecord}s: by time, and of the same moment by number. */
function isBelow({ at, seq }: Place): SQL {
  return sql`(${auditEntries.at}, ${auditEntries.seq}) < (${at}, ${seq})`;
}

function about(subject: string, subjects: readonly string[]): SQL {
  const part = `%${subject.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`${auditEntries.subject} IN (
    SELECT ${subject}
    UNION ALL SELECT value FROM json_each(${JSON.stringify(subjects)})
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
