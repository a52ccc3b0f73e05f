import { and, eq } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { broadcastSeen, broadcastVersions } from "../../db/schema.ts";
import type { Contents } from "../messages/contents.ts";
import type { Addressees } from "./addressees.ts";
import type { Broadcast } from "./broadcast.ts";
import type { Repeat } from "./schedule.ts";

/** What a person decides about: a broadcast as it was submitted. */
export type Submitted = Pick<
  Broadcast,
  "title" | "audience" | "contents" | "missingTranslations" | "sendAt" | "repeat"
>;

export interface SeenBefore {
  /** When this person looked at it. */
  at: number;
  submitted: Submitted;
}

export type SeenStore = ReturnType<typeof createSeenStore>;

/** Who saw which submitted version. Looking twice at one version still compares it with the one before. */
export function createSeenStore({ orm, write }: Database) {
  const ofPair = (staffId: string, broadcastId: string) =>
    and(eq(broadcastSeen.staffId, staffId), eq(broadcastSeen.broadcastId, broadcastId));

  function versionOf(broadcastId: string, version: number): Submitted | undefined {
    const row = orm
      .select()
      .from(broadcastVersions)
      .where(and(eq(broadcastVersions.broadcastId, broadcastId), eq(broadcastVersions.version, version)))
      .get();
    if (row === undefined) return undefined;
    return {
      title: row.title,
      audience: JSON.parse(row.audience) as Addressees,
      contents: JSON.parse(row.contents) as Contents,
      missingTranslations: row.missingTranslations as Broadcast["missingTranslations"],
      sendAt: row.sendAt ?? undefined,
      repeat: row.repeat === null ? undefined : (JSON.parse(row.repeat) as Repeat),
    };
  }

  return {
    /**
     * Notes that somebody looks at the submitted `version`.
     * @returns the version they saw before it; undefined when this is the first
     */
    look: async (
      staffId: string,
      broadcastId: string,
      version: number,
      now: number,
    ): Promise<SeenBefore | undefined> => {
      const pair = ofPair(staffId, broadcastId);
      let row = orm.select().from(broadcastSeen).where(pair).get();
      if (row === undefined || row.version < version) {
        const seen = {
          staffId,
          broadcastId,
          version,
          seenAt: now,
          beforeVersion: row?.version ?? null,
          beforeSeenAt: row?.seenAt ?? null,
        };
        const { staffId: _, broadcastId: __, ...set } = seen;
        const target = [broadcastSeen.staffId, broadcastSeen.broadcastId];
        await write(() => orm.insert(broadcastSeen).values(seen).onConflictDoUpdate({ target, set }).run());
        row = seen;
      }
      if (row.beforeVersion === null) return undefined;
      const submitted = versionOf(broadcastId, row.beforeVersion);
      return submitted === undefined ? undefined : { at: row.beforeSeenAt ?? now, submitted };
    },
  };
}
