import { and, eq, gte, lt } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { staffChallenges, staffEntries } from "../../db/schema.ts";
import type { Clock } from "../shared/clock.ts";
import { hashOf, newToken } from "./secrets.ts";

/** So long somebody may take between passphrase and second factor, or with a challenge. */
const keptMs = 15 * 60_000;

export type Purpose = "signIn" | "enrolment";

export interface Entry {
  staffId: string;
  data: Record<string, string>;
  /** Whose challenges these are: see {@link EntryStore.putChallenge}. */
  holder: string;
}

export type EntryStore = ReturnType<typeof createEntryStore>;

/** People on the doorstep: the passphrase is there, the second factor not yet. And what a browser was asked to sign. */
export function createEntryStore({ orm, write }: Database, clock: Clock) {
  const oldest = () => clock.now() - keptMs;

  return {
    /** @returns the token for the cookie: the only time it can be read */
    open: (purpose: Purpose, staffId: string, data: Record<string, string>): Promise<string> =>
      write(() => {
        const token = newToken();
        orm
          .insert(staffEntries)
          .values({
            tokenHash: hashOf(token),
            purpose,
            staffId,
            data: JSON.stringify(data),
            createdAt: clock.now(),
          })
          .run();
        return token;
      }),

    find: async (purpose: Purpose, token: string): Promise<Entry | undefined> => {
      const holder = hashOf(token);
      const row = orm
        .select()
        .from(staffEntries)
        .where(
          and(
            eq(staffEntries.tokenHash, holder),
            eq(staffEntries.purpose, purpose),
            gte(staffEntries.createdAt, oldest()),
          ),
        )
        .get();
      if (row === undefined) return undefined;
      return { staffId: row.staffId, data: JSON.parse(row.data) as Record<string, string>, holder };
    },

    /** True for the one who closes it, false when it was closed before. */
    close: ({ holder }: Entry): Promise<boolean> =>
      write(() => orm.delete(staffEntries).where(eq(staffEntries.tokenHash, holder)).run().changes === 1),

    /** Remembers what this browser was asked; an earlier question for the same purpose is forgotten. */
    putChallenge: (holder: string, purpose: string, value: string): Promise<void> =>
      write(() => {
        const row = { holder, purpose, value, createdAt: clock.now() };
        orm
          .insert(staffChallenges)
          .values(row)
          .onConflictDoUpdate({ target: [staffChallenges.holder, staffChallenges.purpose], set: row })
          .run();
      }),

    /** What this browser was asked, once. */
    takeChallenge: (holder: string, purpose: string): Promise<string | undefined> =>
      write(() => {
        const row = orm
          .delete(staffChallenges)
          .where(and(eq(staffChallenges.holder, holder), eq(staffChallenges.purpose, purpose)))
          .returning()
          .get();
        return row === undefined || row.createdAt < oldest() ? undefined : row.value;
      }),

    purge: (): Promise<void> =>
      write(() => {
        orm.delete(staffEntries).where(lt(staffEntries.createdAt, oldest())).run();
        orm.delete(staffChallenges).where(lt(staffChallenges.createdAt, oldest())).run();
      }),
  };
}
