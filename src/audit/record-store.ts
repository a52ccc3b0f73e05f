import { type SQL, type SQLWrapper, and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { auditEntries, broadcasts, sections, staff } from "../../db/schema.ts";
import { readDetails } from "./read-details.ts";
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

/** As many subjects as this have few entries among those of everything. */
const fewSubjects = 200;

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

  /** The ids that are meant by what was typed: every title is read for them, so they are looked for once. */
  function meantBy({ subject, subjects = [] }: AuditFilter): string[] | undefined {
    if (subject === undefined) return undefined;
    const part = `%${subject.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
    const named = orm.all<{ id: string }>(
      sql`SELECT id FROM broadcasts WHERE title LIKE ${part} ESCAPE '\\'
          UNION ALL SELECT id FROM staff WHERE name LIKE ${part} ESCAPE '\\'
          UNION ALL SELECT id FROM sections WHERE name_ja LIKE ${part} ESCAPE '\\' OR name_en LIKE ${part} ESCAPE '\\'`,
    );
    return [subject, ...subjects, ...named.map(({ id }) => id)];
  }

  function newest(
    entries: typeof auditEntries | SQL,
    conditions: (SQL | undefined)[],
    limit: number,
  ): Place[] {
    return orm
      .select({ seq: sql<number>`${auditEntries.seq}`, at: sql<number>`${auditEntries.at}` })
      .from(entries)
      .where(and(...conditions))
      .orderBy(desc(auditEntries.at), desc(auditEntries.seq))
      .limit(limit)
      .all();
  }

  /**
   * A few subjects are found by their own index: left to choose, SQLite looks through all entries of an act or a person,
   * which took 600 ms at 300,000 entries. Else a whole kind is asked act by act: as one range of the index it would have
   * to be sorted, which took 300 ms.
   */
  function find(filter: AuditFilter, before: Place | undefined, limit: number): Place[] {
    const { act } = filter;
    const asked = act?.endsWith(".") === true ? acts().filter((each) => each.startsWith(act)) : [act];
    const meant = meantBy(filter);
    const conditions = [
      ...conditionsOf(filter),
      meant === undefined ? undefined : isOneOf(auditEntries.subject, meant),
      before === undefined ? undefined : isBelow(before),
    ];
    if (meant !== undefined && meant.length <= fewSubjects) {
      const kinds = asked.filter((each) => each !== undefined);
      const acted = act === undefined ? undefined : isOneOf(auditEntries.act, kinds);
      return newest(sql`${auditEntries} INDEXED BY audit_entries_by_subject`, [...conditions, acted], limit);
    }
    return asked
      .flatMap((one) =>
        newest(
          auditEntries,
          [...conditions, one === undefined ? undefined : eq(auditEntries.act, one)],
          limit,
        ),
      )
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

function conditionsOf({ actor, from, to }: AuditFilter): (SQL | undefined)[] {
  return [
    actor === undefined ? undefined : eq(auditEntries.actor, actor),
    from === undefined ? undefined : gte(auditEntries.at, from),
    to === undefined ? undefined : lt(auditEntries.at, to),
  ];
}

function isOneOf(column: SQLWrapper, values: readonly string[]): SQL {
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

/** In the order of {@link AuditRecord}s: by time, and of the same moment by number. */
function isBelow({ at, seq }: Place): SQL {
  return sql`(${auditEntries.at}, ${auditEntries.seq}) < (${at}, ${seq})`;
}
