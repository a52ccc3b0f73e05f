import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { pictures, templates, workingCopies } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";

export type PictureStore = ReturnType<typeof createPictureStore>;

const rowsAtOnce = 500;

export function createPictureStore({ orm, write }: Database, audit: AuditStore, clock: Clock) {
  /** Whether its address stands anywhere. Broadcasts of years are read some at a time: in one go they would hold up everybody. */
  async function isNamed(id: string): Promise<boolean> {
    for (const table of ["broadcasts", "broadcast_versions"]) {
      let after = 0;
      for (;;) {
        const { last, named } = orm.get<{ last: number | null; named: number | null }>(
          sql`SELECT max(rowid) AS last, max(instr(contents, ${id})) AS named FROM
                (SELECT rowid, contents FROM ${sql.raw(table)} WHERE rowid > ${after} ORDER BY rowid LIMIT ${rowsAtOnce})`,
        );
        if (named !== null && named > 0) return true;
        if (last === null) break;
        after = last;
        await nextTurn();
      }
    }
    return [[templates, templates.fields] as const, [workingCopies, workingCopies.fields] as const].some(
      ([table, text]) =>
        orm
          .select({ named: sql`1` })
          .from(table)
          .where(gt(sql`instr(${text}, ${id})`, 0))
          .limit(1)
          .get() !== undefined,
    );
  }

  return {
    /** Keeps a re-encoded picture; the same bytes are kept once. @returns its id, 43 letters */
    keep: (staffId: string, jpeg: Buffer): Promise<string> =>
      write(() => {
        const id = createHash("sha256").update(jpeg).digest("base64url");
        const createdAt = clock.now();
        const known = orm.update(pictures).set({ seenAt: createdAt }).where(eq(pictures.id, id)).run();
        if (known.changes > 0) return id;
        orm.insert(pictures).values({ id, jpeg, uploadedBy: staffId, createdAt, seenAt: createdAt }).run();
        audit.append({ at: createdAt, actor: staffId, act: "picture.upload", subject: id });
        return id;
      }),

    /**
     * Looks at the one picture that was longest not seen, if that is before an instant, and forgets it when nothing names it:
     * no broadcast, sent or not, as it is or was, no template, nothing that somebody is still typing.
     */
    forgetUnused: async (before: number): Promise<void> => {
      const oldest = orm
        .select({ id: pictures.id, seenAt: pictures.seenAt })
        .from(pictures)
        .where(lt(pictures.seenAt, before))
        .orderBy(pictures.seenAt)
        .limit(1)
        .get();
      if (oldest === undefined) return;
      const named = await isNamed(oldest.id);
      await write(() => {
        // Nobody has uploaded it again meanwhile.
        const unchanged = and(eq(pictures.id, oldest.id), eq(pictures.seenAt, oldest.seenAt));
        if (named) orm.update(pictures).set({ seenAt: clock.now() }).where(unchanged).run();
        else orm.delete(pictures).where(unchanged).run();
      });
    },

    find: async (id: string): Promise<Buffer | undefined> =>
      orm.select({ jpeg: pictures.jpeg }).from(pictures).where(eq(pictures.id, id)).get()?.jpeg,
  };
}
