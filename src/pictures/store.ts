import { createHash } from "node:crypto";
import { eq, gt, lt, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { broadcasts, pictures, templates, workingCopies } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";

export type PictureStore = ReturnType<typeof createPictureStore>;

export function createPictureStore({ orm, write }: Database, audit: AuditStore, clock: Clock) {
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
     * no broadcast, sent or not, no template, nothing that somebody is still typing.
     */
    forgetUnused: (before: number): Promise<void> =>
      write(() => {
        const oldest = orm
          .select({ id: pictures.id })
          .from(pictures)
          .where(lt(pictures.seenAt, before))
          .orderBy(pictures.seenAt)
          .limit(1)
          .get();
        if (oldest === undefined) return;
        const { id } = oldest;
        const isNamed = [
          [broadcasts, broadcasts.contents] as const,
          [templates, templates.fields] as const,
          [workingCopies, workingCopies.fields] as const,
        ].some(
          ([table, text]) =>
            orm
              .select({ named: sql`1` })
              .from(table)
              .where(gt(sql`instr(${text}, ${id})`, 0))
              .limit(1)
              .get() !== undefined,
        );
        if (isNamed) orm.update(pictures).set({ seenAt: clock.now() }).where(eq(pictures.id, id)).run();
        else orm.delete(pictures).where(eq(pictures.id, id)).run();
      }),

    find: async (id: string): Promise<Buffer | undefined> =>
      orm.select({ jpeg: pictures.jpeg }).from(pictures).where(eq(pictures.id, id)).get()?.jpeg,
  };
}
