import { createClaimStore } from "../../src/outbox/claim-store.ts";
import { createDeliveryStore } from "../../src/outbox/delivery-store.ts";
import { type DispatcherDeps, createDispatcher } from "../../src/outbox/dispatcher.ts";
import { createHold } from "../../src/outbox/hold.ts";
import { type NewOrder, lanes } from "../../src/outbox/order.ts";
import { createOrderStore } from "../../src/outbox/order-store.ts";
import type { SendBatch } from "../../src/outbox/outcome.ts";
import { createPace } from "../../src/outbox/pace.ts";
import { createPlanStore } from "../../src/outbox/plan-store.ts";
import { type Pager, createPlanner } from "../../src/outbox/planner.ts";
import { createSettle } from "../../src/outbox/settle.ts";
import { createSettleStore } from "../../src/outbox/settle-store.ts";
import { type Ids, createIds } from "../../src/shared/ids.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { nameThisProcess } from "../../src/shared/process-owner.ts";
import { createTestClock, openTestDatabase } from "./database.ts";

export type Outbox = ReturnType<typeof openOutbox>;

/** The outbox alone, on a real database: residents, orders and broadcasts are rows that tests write as they need them. */
export function openOutbox() {
  const clock = createTestClock();
  const { db, url, remove } = openTestDatabase(clock);
  const { sqlite } = db;
  const ids: Ids = createIds();
  const orders = createOrderStore(db);
  const claims = createClaimStore(db, ids);
  const settles = createSettleStore(db, ids);
  const deliveries = createDeliveryStore(db);
  const log = createLogger("silent");
  const owner = nameThisProcess(clock.now());
  sqlite
    .prepare(`INSERT INTO staff (id, name, email, roles, created_at) VALUES ('somebody', '', '', '[]', 0)`)
    .run();
  const addResident = sqlite.prepare<[string, string]>(
    `INSERT INTO residents (line_user_id, standing, language, since, revision) VALUES (?, 'following', ?, 0, 0)`,
  );
  const addBroadcast = sqlite.prepare<[string]>(
    `INSERT INTO broadcasts (id, title, state, audience, contents, grace_ms, author_id, writers, created_at, updated_at)
     VALUES (?, '', 'draft', '{}', '{}', 0, 'somebody', '[]', 0, 0)`,
  );
  const page = sqlite.prepare<[number, number], { id: number; language: string }>(
    `SELECT id, language FROM residents WHERE id > ? AND id <= ? AND standing = 'following' ORDER BY id`,
  );
  const last = sqlite.prepare<[], number>(`SELECT coalesce(max(id), 0) FROM residents`).pluck();
  const address = (id: number): string => `U${id.toString(16).padStart(32, "0")}`;

  /** Everybody who follows, in steps of so many ids. */
  const everybody =
    (span = 1_000): Pager =>
    async (_audience, after) => {
      const readers = new Map<string, number[]>();
      for (const { id, language } of page.all(after, after + span))
        readers.set(language, [...(readers.get(language) ?? []), id]);
      return { readers, next: after + span < (last.get() ?? 0) ? after + span : undefined };
    };

  const outbox = {
    db,
    url,
    clock,
    ids,
    orders,
    claims,
    settles,
    deliveries,
    log,
    owner,
    everybody,
    address,
    plans: createPlanStore(db, ids),

    /** Adds residents, who are numbered from 1; returns their addresses. */
    people: (count: number, language: string | ((index: number) => string) = "ja"): string[] =>
      sqlite.transaction(() =>
        Array.from({ length: count }, (_, index) => {
          const number = (last.get() ?? 0) + 1;
          addResident.run(address(number), typeof language === "string" ? language : language(index));
          return address(number);
        }),
      )(),
    leave: (who: string): void =>
      void sqlite.prepare(`UPDATE residents SET standing = 'left' WHERE line_user_id = ?`).run(who),
    reads: (who: string, language: string): void =>
      void sqlite.prepare(`UPDATE residents SET language = ? WHERE line_user_id = ?`).run(language, who),

    /** Places an order and opens it, as an approval and the clock do; returns the broadcast's id. */
    order: async (order: Partial<NewOrder> = {}): Promise<string> => {
      const broadcastId = order.broadcastId ?? ids.ulid();
      addBroadcast.run(broadcastId);
      await db.write(() => {
        orders.within.place({
          broadcastId,
          mode: "live",
          lane: lanes.routine,
          dueAt: clock.now(),
          expiresAt: undefined,
          audience: "everybody",
          bodies: { ja: `body of ${broadcastId}` },
          defaultLanguage: "ja",
          ...order,
        });
        orders.within.open(broadcastId);
      });
      return broadcastId;
    },
    open: (id: string) => db.write(() => orders.within.open(id)),
    halt: (id: string) => db.write(() => orders.within.halt(id)),
    cancel: (id: string) => db.write(() => orders.within.cancel(id, clock.now())),
    cease: (id: string) => db.write(() => orders.within.cease(id, clock.now())),

    /** Plans every open order to its end. */
    plan: async (pager: Pager = everybody()): Promise<void> => {
      for (;;) {
        const order = await orders.nextToPlan();
        if (order === undefined) return;
        await outbox.plans.add(order, await pager(order.audience, order.cursor, 0), false);
      }
    },
    planner: (pager: Pager = everybody(), planned = (): void => undefined) =>
      createPlanner({ orders, plans: outbox.plans, pager, log, planned }),
    dispatcher: (send: SendBatch, more: Partial<DispatcherDeps> = {}) =>
      createDispatcher({
        claims,
        settles,
        send,
        clock,
        log,
        owner,
        random: () => 0.5,
        requestsPerSecond: 10_000,
        ...more,
      }),

    /** What a turn of the dispatcher claims, without sending it. */
    claim: (terms: Partial<Parameters<typeof claims.claim>[0]> = {}) =>
      claims.claim({
        owner,
        now: clock.now(),
        leasedUntil: clock.now() + 60_000,
        limit: 1_000,
        routineLimit: 1_000,
        triedSince: clock.now() - 23 * 3_600_000,
        ...terms,
      }),
    /** Settles as the dispatcher does, with a pace and a hold of its own. */
    settle: createSettle({
      store: settles,
      claims,
      clock,
      pace: createPace(100, () => clock.now()),
      hold: createHold(),
      random: () => 0.5,
      firstRetryMs: 1_000,
    }),

    delivery: async (id: string) => {
      const delivery = await deliveries.of(id);
      if (delivery === undefined) throw new Error(`There is no order for ${id}.`);
      return delivery;
    },
    batches: (id: string): BatchRow[] =>
      sqlite
        .prepare<[string], BatchRow>(
          `SELECT b.* FROM outbox_batches AS b JOIN outbox_orders AS o ON o.seq = b.order_seq WHERE o.broadcast_id = ? ORDER BY b.id`,
        )
        .all(id),
    /** Which resident stands in which language's batch. */
    copies: (id: string): { resident_id: number; language: string }[] =>
      sqlite
        .prepare<[string], { resident_id: number; language: string }>(
          `SELECT c.resident_id, b.language FROM outbox_copies AS c JOIN outbox_batches AS b ON b.id = c.batch_id
           JOIN outbox_orders AS o ON o.seq = c.order_seq WHERE o.broadcast_id = ? ORDER BY c.resident_id`,
        )
        .all(id),
    remove,
  };
  return outbox;
}

export interface BatchRow {
  id: number;
  language: string;
  state: string;
  size: number;
  residents: string | null;
  addresses: string | null;
  retry_key: string;
  attempts: number;
  first_attempt_at: number | null;
  unsure_since: number | null;
  not_before: number;
  settled_at: number | null;
  detail: string | null;
}
