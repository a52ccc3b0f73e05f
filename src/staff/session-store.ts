import { and, desc, eq, gte, isNull, lt, ne, or } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staff, staffSessions } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Clock } from "../shared/clock.ts";
import { createAsActor } from "./actor-store.ts";
import type { Actor } from "./permissions.ts";
import type { Ids } from "../shared/ids.ts";
import { hashOf, newToken } from "./secrets.ts";

/** Nothing done for so long ends a session; and so does this much time in all. */
const idleMs = 30 * 60_000;
const longestMs = 8 * 60 * 60_000;
/** Being seen is noted once in so long, so that looking at pages hardly writes. */
const notedEveryMs = 60_000;

/** How somebody came in: `provider` is the ward's own identity provider, `demo` needs no passphrase. */
export type SignInMethod = "passphrase" | "provider" | "demo";

export interface Session {
  /** Names it on pages; not what is in the cookie. */
  id: string;
  actor: Actor;
  method: SignInMethod;
  /** When a second factor was last shown. */
  factorAt: number | undefined;
  /** Whose challenges these are: see `entry-store.ts`. */
  holder: string;
}

export interface SessionLine {
  id: string;
  browser: string;
  createdAt: number;
  seenAt: number;
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** Who is signed in. Limits are held here, whatever the browser's cookie says. */
export function createSessionStore(db: Database, audit: AuditStore, ids: Ids, clock: Clock) {
  const { orm, write } = db;
  const asActor = createAsActor(db);
  const alive = () =>
    and(
      gte(staffSessions.seenAt, clock.now() - idleMs),
      gte(staffSessions.createdAt, clock.now() - longestMs),
    );

  return {
    /** @returns the token for the cookie: the only time it can be read */
    begin: (staffId: string, method: SignInMethod, browser: string): Promise<string> =>
      write(() => {
        const token = newToken();
        const now = clock.now();
        orm
          .insert(staffSessions)
          .values({
            tokenHash: hashOf(token),
            id: ids.ulid(),
            staffId,
            method,
            browser,
            createdAt: now,
            seenAt: now,
            factorAt: method === "demo" ? null : now,
          })
          .run();
        orm.update(staff).set({ lastSignInAt: now }).where(eq(staff.id, staffId)).run();
        audit.append({
          at: now,
          actor: staffId,
          act: "staff.signIn",
          subject: staffId,
          details: { method, browser },
        });
        return token;
      }),

    /**
     * Undefined when it is over, or the person has been deactivated. What goes on by itself in a browser is no sign of
     * life: `unnoted`.
     */
    find: async (token: string, unnoted = false): Promise<Session | undefined> => {
      const tokenHash = hashOf(token);
      const row = orm
        .select()
        .from(staffSessions)
        .innerJoin(staff, eq(staff.id, staffSessions.staffId))
        .where(and(eq(staffSessions.tokenHash, tokenHash), isNull(staff.deactivatedAt), alive()))
        .get();
      if (row === undefined) return undefined;
      const now = clock.now();
      const { id, method, seenAt, factorAt } = row.staff_sessions;
      if (!unnoted && now - seenAt > notedEveryMs)
        await write(() =>
          orm.update(staffSessions).set({ seenAt: now }).where(eq(staffSessions.tokenHash, tokenHash)).run(),
        );
      return { id, actor: asActor(row.staff), method, factorAt: factorAt ?? undefined, holder: tokenHash };
    },

    /** A second factor has just been shown. */
    noteFactor: ({ id }: Session): Promise<void> =>
      write(() => {
        orm.update(staffSessions).set({ factorAt: clock.now() }).where(eq(staffSessions.id, id)).run();
      }),

    /** Those of one person that are not over, the newest first. */
    list: async (staffId: string): Promise<SessionLine[]> =>
      orm
        .select({
          id: staffSessions.id,
          browser: staffSessions.browser,
          createdAt: staffSessions.createdAt,
          seenAt: staffSessions.seenAt,
        })
        .from(staffSessions)
        .where(and(eq(staffSessions.staffId, staffId), alive()))
        .orderBy(desc(staffSessions.createdAt))
        .all(),

    end: (token: string): Promise<void> =>
      write(() => {
        const ended = orm
          .delete(staffSessions)
          .where(eq(staffSessions.tokenHash, hashOf(token)))
          .returning()
          .get();
        if (ended !== undefined)
          audit.append({
            at: clock.now(),
            actor: ended.staffId,
            act: "staff.signOut",
            subject: ended.staffId,
          });
      }),

    /** Ends one of somebody's own sessions, or all but the one they are in. */
    endOwn: ({ id, actor }: Session, which: { id: string } | "others"): Promise<void> =>
      write(() => {
        const chosen = which === "others" ? ne(staffSessions.id, id) : eq(staffSessions.id, which.id);
        const { changes } = orm
          .delete(staffSessions)
          .where(and(eq(staffSessions.staffId, actor.id), chosen))
          .run();
        if (changes > 0)
          audit.append({
            at: clock.now(),
            actor: actor.id,
            act: "staff.endSessions",
            subject: actor.id,
            details: { sessions: changes },
          });
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
