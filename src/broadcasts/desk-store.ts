import { and, desc, eq, gte, inArray, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { broadcastFinder, broadcasts, staff } from "../../db/schema.ts";
import type { BroadcastState } from "./lifecycle.ts";
import type { Repeat } from "./schedule.ts";

/** A broadcast as lists show it: without its contents. Times are milliseconds, UTC. */
export interface Summary {
  id: string;
  title: string;
  state: BroadcastState;
  sendAt: number | undefined;
  dueAt: number | undefined;
  repeat: Repeat | undefined;
  seriesId: string | undefined;
  authorName: string;
  writers: string[];
  comment: string | undefined;
  updatedAt: number;
}

export interface Search {
  states?: readonly BroadcastState[] | undefined;
  /** Words that all stand in its title or in the titles of its contents. */
  words?: readonly string[] | undefined;
  /** Somebody who wrote or submitted it. */
  writer?: string | undefined;
  /** Only what is older than this id. */
  before?: string | undefined;
}

export type DeskStore = ReturnType<typeof createDeskStore>;

/** More than this in one month is not a calendar any more. */
const mostInTime = 1_000;
const mostRepeats = 200;

/**
 * Finds broadcasts for people. The search reads the narrow `broadcast_finder`, whole if it must: 5,000 rows take 1 to 7 ms,
 * and stay so however long the contents are.
 */
export function createDeskStore({ orm }: Database) {
  const columns = {
    id: broadcasts.id,
    title: broadcasts.title,
    state: broadcasts.state,
    sendAt: broadcasts.sendAt,
    dueAt: broadcasts.dueAt,
    repeat: broadcasts.repeat,
    seriesId: broadcasts.seriesId,
    writers: broadcasts.writers,
    comment: broadcasts.comment,
    updatedAt: broadcasts.updatedAt,
    authorName: staff.name,
  };
  const summaries = () =>
    orm.select(columns).from(broadcasts).innerJoin(staff, eq(staff.id, broadcasts.authorId)).$dynamic();
  const time = sql<number>`coalesce(${broadcasts.dueAt}, ${broadcasts.sendAt})`;

  const matching = ({ states, words = [], writer, before }: Search) =>
    and(
      states === undefined ? undefined : inArray(broadcastFinder.state, [...states]),
      writer === undefined
        ? undefined
        : sql`instr(${broadcastFinder.writers}, ${JSON.stringify(writer)}) > 0`,
      before === undefined ? undefined : lt(broadcastFinder.broadcastId, before),
      ...words.map((word) => sql`${broadcastFinder.words} LIKE ${`%${literal(word)}%`} ESCAPE '\\'`),
    );

  async function byIds(ids: string[]): Promise<Summary[]> {
    if (ids.length === 0) return [];
    return summaries().where(inArray(broadcasts.id, ids)).orderBy(desc(broadcasts.id)).all().map(fromRow);
  }

  return {
    /** Newest first. */
    search: async (asked: Search, limit: number): Promise<Summary[]> => {
      const found = orm
        .select({ id: broadcastFinder.broadcastId })
        .from(broadcastFinder)
        .where(matching(asked))
        .orderBy(desc(broadcastFinder.broadcastId))
        .limit(limit)
        .all();
      return byIds(found.map(({ id }) => id));
    },

    /** How many there are in all, whatever page is asked for. */
    count: async (asked: Search): Promise<number> =>
      orm
        .select({ n: sql<number>`count(*)` })
        .from(broadcastFinder)
        .where(matching({ ...asked, before: undefined }))
        .get()?.n ?? 0,

    /** Those of these ids that there are, newest first. */
    byIds,

    /** What goes or went from an instant to another, soonest first, but for the repeating ones and what was cancelled. */
    between: async (from: number, to: number): Promise<Summary[]> =>
      summaries()
        .where(
          and(gte(time, from), lt(time, to), isNull(broadcasts.repeat), ne(broadcasts.state, "cancelled")),
        )
        .orderBy(time)
        .limit(mostInTime)
        .all()
        .map(fromRow),

    /** What has come of a repeating broadcast, newest first. */
    occurrences: async (seriesId: string, limit: number): Promise<Summary[]> =>
      summaries()
        .where(eq(broadcasts.seriesId, seriesId))
        .orderBy(desc(broadcasts.dueAt))
        .limit(limit)
        .all()
        .map(fromRow),

    /** The repeating broadcasts that go on, and those that may soon. */
    repeating: async (): Promise<Summary[]> =>
      summaries()
        .where(and(isNotNull(broadcasts.repeat), inArray(broadcasts.state, ["approved", "submitted"])))
        .limit(mostRepeats)
        .all()
        .map(fromRow),
  };
}

/** `%`, `_` and `\` stand for themselves. */
function literal(word: string): string {
  return word.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

type Row = Pick<
  typeof broadcasts.$inferSelect,
  "id" | "title" | "state" | "sendAt" | "dueAt" | "repeat" | "seriesId" | "writers" | "comment" | "updatedAt"
> & { authorName: string };

function fromRow(row: Row): Summary {
  return {
    ...row,
    state: row.state as BroadcastState,
    sendAt: row.sendAt ?? undefined,
    dueAt: row.dueAt ?? undefined,
    repeat: row.repeat === null ? undefined : (JSON.parse(row.repeat) as Repeat),
    seriesId: row.seriesId ?? undefined,
    comment: row.comment ?? undefined,
  };
}
