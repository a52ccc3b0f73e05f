import { eq, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staffAttempts } from "../../db/schema.ts";
import type { Clock } from "../shared/clock.ts";
import { hashOf } from "./secrets.ts";

/** How often somebody may be wrong before they have to wait, and how the wait grows: it doubles with each mistake. */
export interface Brake {
  /** Whose mistakes are counted; stored as its hash. */
  subject: string;
  free: number;
  firstWaitMs: number;
  /** Short, so that nobody can lock somebody else out for good. */
  longestWaitMs: number;
}

/** Mistakes are forgotten after this long without another one. */
const forgottenAfterMs = 30 * 60_000;

export type AttemptStore = ReturnType<typeof createAttemptStore>;

/** Mistakes at signing in. In the database, so that a restart forgives nothing. */
export function createAttemptStore({ orm, write }: Database, clock: Clock) {
  return {
    /**
     * Counts an attempt before it is looked at, so that many at once gain nothing.
     * @returns how long to wait in milliseconds; 0 when the attempt may be made
     */
    begin: (brakes: readonly Brake[]): Promise<number> =>
      write(() => {
        const now = clock.now();
        const found = brakes.map((brake) => {
          const subject = hashOf(brake.subject);
          const row = orm.select().from(staffAttempts).where(eq(staffAttempts.subject, subject)).get();
          const failures = row === undefined || now - row.lastAt > forgottenAfterMs ? 0 : row.failures;
          return { brake, subject, failures, waitMs: Math.max(0, (row?.heldUntil ?? 0) - now) };
        });
        const waitMs = Math.max(0, ...found.map((each) => each.waitMs));
        if (waitMs > 0) return waitMs;
        for (const { brake, subject, failures } of found) {
          const row = {
            subject,
            failures: failures + 1,
            lastAt: now,
            heldUntil: now + waitAfter(brake, failures + 1),
          };
          orm
            .insert(staffAttempts)
            .values(row)
            .onConflictDoUpdate({ target: staffAttempts.subject, set: row })
            .run();
        }
        return 0;
      }),

    /** It was no mistake: the counts of `whole` begin anew, those of `one` go back by this attempt. */
    forgive: (whole: readonly Brake[], one: readonly Brake[] = []): Promise<void> =>
      write(() => {
        const hashes = (brakes: readonly Brake[]) => brakes.map(({ subject }) => hashOf(subject));
        orm
          .delete(staffAttempts)
          .where(inArray(staffAttempts.subject, hashes(whole)))
          .run();
        orm
          .update(staffAttempts)
          .set({ failures: sql`max(0, failures - 1)`, heldUntil: 0 })
          .where(inArray(staffAttempts.subject, hashes(one)))
          .run();
      }),

    purge: (): Promise<void> =>
      write(() => {
        orm
          .delete(staffAttempts)
          .where(lt(staffAttempts.lastAt, clock.now() - forgottenAfterMs))
          .run();
      }),
  };
}

function waitAfter({ free, firstWaitMs, longestWaitMs }: Brake, failures: number): number {
  return failures < free ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - free));
}
