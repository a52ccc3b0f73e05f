import { and, eq, gte, isNotNull, lt, or } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { broadcasts } from "../../db/schema.ts";
import type { Addressees } from "./addressees.ts";

/** What has gone out or will: only whom it addresses. */
export interface Addressed {
  id: string;
  audience: Addressees;
}

export type BusyWeekStore = ReturnType<typeof createBusyWeekStore>;

export function createBusyWeekStore({ orm }: Database) {
  return {
    /** What began, or is approved to begin, from one instant until before another; at most 500. */
    between: async (from: number, until: number): Promise<Addressed[]> =>
      orm
        .select({ id: broadcasts.id, audience: broadcasts.audience })
        .from(broadcasts)
        .where(
          or(
            and(isNotNull(broadcasts.begunAt), gte(broadcasts.begunAt, from), lt(broadcasts.begunAt, until)),
            and(
              eq(broadcasts.state, "approved"),
              isNotNull(broadcasts.dueAt),
              gte(broadcasts.dueAt, from),
              lt(broadcasts.dueAt, until),
            ),
          ),
        )
        .limit(500)
        .all()
        .map(({ id, audience }) => ({ id, audience: JSON.parse(audience) as Addressees })),
  };
}
