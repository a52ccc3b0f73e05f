import { asc, eq, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { linkTapTotals, linkTaps } from "../../db/schema.ts";

export type LinkStore = ReturnType<typeof createLinkStore>;

/** How often the links of broadcasts were tapped: by language and Tokyo day, never by whom. */
export function createLinkStore({ orm, write }: Database) {
  return {
    count: (broadcastId: string, language: string, day: string): Promise<void> =>
      write(() => {
        orm
          .insert(linkTaps)
          .values({ broadcastId, language, day, taps: 1 })
          .onConflictDoUpdate({
            target: [linkTaps.broadcastId, linkTaps.language, linkTaps.day],
            set: { taps: sql`${linkTaps.taps} + 1` },
          })
          .run();
        orm
          .insert(linkTapTotals)
          .values({ broadcastId, taps: 1 })
          .onConflictDoUpdate({
            target: linkTapTotals.broadcastId,
            set: { taps: sql`${linkTapTotals.taps} + 1` },
          })
          .run();
      }),

    taps: async (broadcastId: string): Promise<number> =>
      orm
        .select({ taps: sql<number>`coalesce(sum(${linkTaps.taps}), 0)` })
        .from(linkTaps)
        .where(eq(linkTaps.broadcastId, broadcastId))
        .get()?.taps ?? 0,

    /** By Tokyo day and the language the text was written in, oldest first. */
    tapsByDay: async (broadcastId: string): Promise<{ day: string; language: string; taps: number }[]> =>
      orm
        .select({ day: linkTaps.day, language: linkTaps.language, taps: linkTaps.taps })
        .from(linkTaps)
        .where(eq(linkTaps.broadcastId, broadcastId))
        .orderBy(asc(linkTaps.day), asc(linkTaps.language))
        .all(),
  };
}
