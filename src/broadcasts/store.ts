import { and, desc, eq, inArray, isNotNull, lt, lte, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { broadcasts } from "../../db/schema.ts";
import type { AuditEntry, AuditStore } from "../audit/store.ts";
import type { Contents } from "../messages/contents.ts";
import type { NewOrder } from "../outbox/order.ts";
import type { OrderStore } from "../outbox/order-store.ts";
import type { Addressees } from "./addressees.ts";
import type { Broadcast } from "./broadcast.ts";
import { type Act, type BroadcastState, lifecycle } from "./lifecycle.ts";
import type { Repeat } from "./schedule.ts";

/** What happens to the order of a broadcast in the same commit as the change itself. */
export type OrderEffect =
  | { place: NewOrder; openNow: boolean }
  | "open"
  | "halt"
  | "cancel"
  | "finish"
  | "none";

export interface Change {
  act: Act;
  /** The version that was seen; another one means somebody was faster. */
  version: number;
  set: Partial<Pick<Broadcast, Settable>>;
  order: OrderEffect;
  entry: AuditEntry;
  /** Asked once more in the commit itself: false undoes the change, as when somebody was faster. */
  still?: () => boolean;
}

type Settable =
  | "title"
  | "state"
  | "audience"
  | "contents"
  | "missingTranslations"
  | "sendAt"
  | "graceMs"
  | "repeat"
  | "dueAt"
  | "writers"
  | "approvedBy"
  | "approvedAt"
  | "begunAt"
  | "finishedAt"
  | "stoppedBy"
  | "comment";

export interface Filter {
  state?: BroadcastState | undefined;
  seriesId?: string | undefined;
  before?: string | undefined;
  limit: number;
}

export type BroadcastStore = ReturnType<typeof createBroadcastStore>;

export function createBroadcastStore({ orm, write }: Database, orders: OrderStore, audit: AuditStore) {
  function apply(effect: OrderEffect, id: string, at: number): void {
    if (effect === "none") return;
    if (typeof effect === "object") {
      orders.within.place(effect.place);
      if (effect.openNow) orders.within.open(id);
      return;
    }
    if (effect === "cancel") orders.within.cancel(id, at);
    else orders.within[effect](id);
  }

  function change(id: string, { act, version, set, order, entry, still }: Change): boolean {
    if (still?.() === false) return false;
    const { changes } = orm
      .update(broadcasts)
      .set({ ...toRow(set), version: sql`${broadcasts.version} + 1`, updatedAt: entry.at })
      .where(
        and(
          eq(broadcasts.id, id),
          eq(broadcasts.version, version),
          inArray(broadcasts.kind, [...lifecycle[act].of]),
          inArray(broadcasts.state, [...lifecycle[act].from]),
        ),
      )
      .run();
    if (changes === 0) return false;
    apply(order, id, entry.at);
    audit.append(entry);
    return true;
  }

  function insert(broadcast: Broadcast, entry: AuditEntry): boolean {
    const { changes } = orm.insert(broadcasts).values(asRow(broadcast)).onConflictDoNothing().run();
    if (changes > 0) audit.append(entry);
    return changes > 0;
  }

  /** Broadcasts in one of these states whose rule names this category or district, newest first. */
  function naming(
    kind: "categories" | "districts",
    id: string,
    states: readonly BroadcastState[],
    limit: number,
  ): Broadcast[] {
    return orm
      .select()
      .from(broadcasts)
      .where(
        and(
          inArray(broadcasts.state, [...states]),
          sql`EXISTS (SELECT 1 FROM json_each(${broadcasts.audience}, ${`$.${kind}.anyOf`}) WHERE value = ${id})`,
        ),
      )
      .orderBy(desc(broadcasts.id))
      .limit(limit)
      .all()
      .map(fromRow);
  }

  return {
    /** Parts of other stores' acts. Called only inside a `write`. */
    within: { naming, insert, change },

    naming: async (...asked: Parameters<typeof naming>): Promise<Broadcast[]> => naming(...asked),

    find: async (id: string): Promise<Broadcast | undefined> => {
      const row = orm.select().from(broadcasts).where(eq(broadcasts.id, id)).get();
      return row === undefined ? undefined : fromRow(row);
    },

    /** Notices, newest first. */
    list: async ({ state, seriesId, before, limit }: Filter): Promise<Broadcast[]> =>
      orm
        .select()
        .from(broadcasts)
        .where(
          and(
            eq(broadcasts.kind, "notice"),
            state === undefined ? undefined : eq(broadcasts.state, state),
            seriesId === undefined ? undefined : eq(broadcasts.seriesId, seriesId),
            before === undefined ? undefined : lt(broadcasts.id, before),
          ),
        )
        .orderBy(desc(broadcasts.id))
        .limit(limit)
        .all()
        .map(fromRow),

    /** False when that id exists already: the same request, seen twice. */
    create: (broadcast: Broadcast, entry: AuditEntry): Promise<boolean> =>
      write(() => insert(broadcast, entry)),

    /** One change of state or contents, its order and its audit entry, or none of it: false when it was no longer possible. */
    change: (id: string, asked: Change): Promise<boolean> => write(() => change(id, asked)),

    /** Several changes that belong together, each of them or none of it. */
    changeTogether: (changes: { id: string; change: Change }[]): Promise<void> =>
      write(() => {
        for (const each of changes) change(each.id, each.change);
      }),

    /** Puts on record what was done elsewhere. */
    note: (entry: AuditEntry): Promise<void> => write(() => audit.append(entry)),

    /**
     * An occurrence of a repeating broadcast: the child appears, with its order, and the series moves on to `nextDue`,
     * in one commit. Two clocks, or two processes, make one child (invariant 3).
     */
    releaseOccurrence: (
      series: Broadcast,
      child: Broadcast,
      nextDue: number | undefined,
      order: OrderEffect,
      entry: AuditEntry,
    ): Promise<boolean> =>
      write(() => {
        const over = nextDue === undefined;
        const moved = orm
          .update(broadcasts)
          .set({
            dueAt: nextDue ?? null,
            ...(over ? { state: "sent", finishedAt: entry.at } : {}),
            updatedAt: entry.at,
          })
          .where(
            and(
              eq(broadcasts.id, series.id),
              eq(broadcasts.state, "approved"),
              eq(broadcasts.dueAt, series.dueAt ?? 0),
            ),
          )
          .run();
        if (moved.changes === 0 || !insert(child, entry)) return false;
        apply(order, child.id, entry.at);
        return true;
      }),

    /** What is due at `now`, the longest due first. */
    due: async (now: number, limit: number): Promise<Broadcast[]> =>
      orm
        .select()
        .from(broadcasts)
        .where(and(eq(broadcasts.state, "approved"), isNotNull(broadcasts.dueAt), lte(broadcasts.dueAt, now)))
        .orderBy(broadcasts.dueAt)
        .limit(limit)
        .all()
        .map(fromRow),

    /** Drafts and the like that nobody has touched since `before`. */
    forgotten: async (before: number, limit: number): Promise<Broadcast[]> =>
      orm
        .select()
        .from(broadcasts)
        .where(and(inArray(broadcasts.state, [...lifecycle.expire.from]), lt(broadcasts.updatedAt, before)))
        .limit(limit)
        .all()
        .map(fromRow),
  };
}

type Row = typeof broadcasts.$inferSelect;

function fromRow(row: Row): Broadcast {
  return {
    ...row,
    state: row.state as BroadcastState,
    audience: JSON.parse(row.audience) as Addressees,
    contents: JSON.parse(row.contents) as Contents,
    missingTranslations: row.missingTranslations as Broadcast["missingTranslations"],
    repeat: row.repeat === null ? undefined : (JSON.parse(row.repeat) as Repeat),
    sendAt: row.sendAt ?? undefined,
    dueAt: row.dueAt ?? undefined,
    seriesId: row.seriesId ?? undefined,
    approvedBy: row.approvedBy ?? undefined,
    approvedAt: row.approvedAt ?? undefined,
    begunAt: row.begunAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
    stoppedBy: row.stoppedBy ?? undefined,
    comment: row.comment ?? undefined,
  };
}

/** Undefined means "no value" in a broadcast and is NULL in a row. */
function toRow(set: Partial<Broadcast>): Partial<Row> {
  const asText = new Set(["audience", "contents", "repeat"]);
  const fields = Object.entries(set).map(([field, value]) => {
    if (value === undefined) return [field, null];
    return [field, asText.has(field) ? JSON.stringify(value) : value];
  });
  return Object.fromEntries(fields) as Partial<Row>;
}

function asRow(broadcast: Broadcast): Row {
  return toRow(broadcast) as Row;
}
