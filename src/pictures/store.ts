import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { pictures } from "../../db/schema.ts";
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
        const { changes } = orm
          .insert(pictures)
          .values({ id, jpeg, uploadedBy: staffId, createdAt })
          .onConflictDoNothing()
          .run();
        if (changes > 0) audit.append({ at: createdAt, actor: staffId, act: "picture.upload", subject: id });
        return id;
      }),

    find: async (id: string): Promise<Buffer | undefined> =>
      orm.select({ jpeg: pictures.jpeg }).from(pictures).where(eq(pictures.id, id)).get()?.jpeg,
  };
}
