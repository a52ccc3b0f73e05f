import { and, desc, eq, gt, isNotNull, like, lt, ne } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, workingCopies } from "../../db/schema.ts";

/** Fields of a form as a browser posted them, valid or not. */
export type Fields = Record<string, string | string[]>;

export interface WorkingCopy {
  key: string;
  fields: Fields;
  savedAt: number;
}

/** More unsaved new notices than this nobody remembers; the oldest makes room. */
const mostNew = 20;

export type WorkingCopyStore = ReturnType<typeof createWorkingCopyStore>;

/** What is typed and not yet saved, per person. `key` is a broadcast's id, or `new-` and the id it will have. */
export function createWorkingCopyStore({ orm, write }: Database) {
  const mine = (staffId: string, key: string) =>
    and(eq(workingCopies.staffId, staffId), eq(workingCopies.key, key));
  const newOnes = (staffId: string) =>
    orm
      .select()
      .from(workingCopies)
      .where(
        and(
          eq(workingCopies.staffId, staffId),
          like(workingCopies.key, "new-%"),
          isNotNull(workingCopies.fields),
        ),
      )
      .orderBy(desc(workingCopies.savedAt))
      .all();

  return {
    keep: (staffId: string, key: string, fields: Fields, savedAt: number): Promise<void> =>
      write(() => {
        const text = JSON.stringify(fields);
        orm
          .insert(workingCopies)
          .values({ staffId, key, fields: text, savedAt })
          .onConflictDoUpdate({
            target: [workingCopies.staffId, workingCopies.key],
            set: { fields: text, savedAt },
          })
          .run();
        for (const old of newOnes(staffId).slice(mostNew))
          orm.delete(workingCopies).where(mine(staffId, old.key)).run();
      }),

    /** Notes that somebody looks at a form, without touching what they typed before. */
    look: (staffId: string, key: string, savedAt: number): Promise<void> =>
      write(() => {
        orm
          .insert(workingCopies)
          .values({ staffId, key, fields: null, savedAt })
          .onConflictDoUpdate({ target: [workingCopies.staffId, workingCopies.key], set: { savedAt } })
          .run();
      }),

    find: async (staffId: string, key: string): Promise<WorkingCopy | undefined> =>
      asCopy(orm.select().from(workingCopies).where(mine(staffId, key)).get()),

    /** A person's unsaved new notices, newest first. */
    listNew: async (staffId: string): Promise<WorkingCopy[]> =>
      newOnes(staffId).flatMap((row) => asCopy(row) ?? []),

    forget: (staffId: string, key: string): Promise<void> =>
      write(() => {
        orm.delete(workingCopies).where(mine(staffId, key)).run();
      }),

    /** Names of the others who had this form open since then. */
    others: async (staffId: string, key: string, since: number): Promise<string[]> =>
      orm
        .select({ name: staff.name })
        .from(workingCopies)
        .innerJoin(staff, eq(staff.id, workingCopies.staffId))
        .where(
          and(
            eq(workingCopies.key, key),
            ne(workingCopies.staffId, staffId),
            gt(workingCopies.savedAt, since),
          ),
        )
        .limit(10)
        .all()
        .map(({ name }) => name),

    purge: (before: number): Promise<void> =>
      write(() => {
        orm.delete(workingCopies).where(lt(workingCopies.savedAt, before)).run();
      }),
  };
}

function asCopy(row: typeof workingCopies.$inferSelect | undefined): WorkingCopy | undefined {
  if (row === undefined || row.fields === null) return undefined;
  return { key: row.key, fields: JSON.parse(row.fields) as Fields, savedAt: row.savedAt };
}
