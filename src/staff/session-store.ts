import { createHash, randomBytes } from "node:crypto";
import { eq, lt, or } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, staffSessions } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import { createAsActor } from "./actor-store.ts";
import type { Actor } from "./permissions.ts";

/** Nothing done for so long ends a session; and so does this much time in all. */
const idleMs = 30 * 60_000;
const longestMs = 8 * 60 * 60_000;
/** Being seen is noted once in so long, so that looking at pages hardly writes. */
const notedEveryMs = 60_000;

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Who is signed in. Limits are held here, whatever the browser's cookie says. */
export function createSessionStore(db: Database, audit: AuditStore, clock: Clock) {
  const { orm, write } = db;
  const asActor = createAsActor(db);
  return {
    /** @returns the token for the cookie: the only time it can be read */
    begin: (staffId: string): Promise<string> =>
      write(() => {
        const token = randomBytes(32).toString("base64url");
        const now = clock.now();
        orm
          .insert(staffSessions)
          .values({ tokenHash: hashOf(token), staffId, createdAt: now, seenAt: now })
          .run();
        audit.append({ at: now, actor: staffId, act: "staff.signIn", subject: staffId });
        return token;
      }),

    /** Whose session it is; undefined when it is over. What goes on by itself in a browser is no sign of life: `unnoted`. */
    find: async (token: string, unnoted = false): Promise<Actor | undefined> => {
      const tokenHash = hashOf(token);
      const row = orm
        .select()
        .from(staffSessions)
        .innerJoin(staff, eq(staff.id, staffSessions.staffId))
        .where(eq(staffSessions.tokenHash, tokenHash))
        .get();
      const now = clock.now();
      if (row === undefined) return undefined;
      const { createdAt, seenAt } = row.staff_sessions;
      if (now - seenAt > idleMs || now - createdAt > longestMs) return undefined;
      if (!unnoted && now - seenAt > notedEveryMs)
        await write(() =>
          orm.update(staffSessions).set({ seenAt: now }).where(eq(staffSessions.tokenHash, tokenHash)).run(),
        );
      return asActor(row.staff);
    },

    end: (token: string): Promise<void> =>
      write(() => {
        orm
          .delete(staffSessions)
          .where(eq(staffSessions.tokenHash, hashOf(token)))
          .run();
      }),

    /** Forgets sessions that are over. */
    purge: (): Promise<void> =>
      write(() => {
        const now = clock.now();
        orm
          .delete(staffSessions)
          .where(or(lt(staffSessions.seenAt, now - idleMs), lt(staffSessions.createdAt, now - longestMs)))
          .run();
      }),
  };
}

function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}
