import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { createLinkStore } from "../../src/broadcasts/link-store.ts";
import { createBroadcastStore } from "../../src/broadcasts/store.ts";
import { createDeliveryStore } from "../../src/outbox/delivery-store.ts";
import { createOrderStore } from "../../src/outbox/order-store.ts";
import { createFollowStore } from "../../src/reports/follow-store.ts";
import { createKeepTotals } from "../../src/reports/keep-totals.ts";
import { createPeriodReports } from "../../src/reports/period-report.ts";
import { createTotalsStore } from "../../src/reports/totals-store.ts";
import { tokyoDate } from "../../src/shared/tokyo.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, createMovableClock, openOffice } from "../support/sending.ts";
import { type World, startWorld } from "../support/world.ts";

const hour = 60 * 60 * 1000;
let world: World;
let office: Office;
let clock: ReturnType<typeof createMovableClock>;
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  office = await openOffice(world);
});
afterEach(() => world.end());

/** The figures, read beside the running program. */
async function look<T>(see: (parts: ReturnType<typeof open>) => Promise<T>): Promise<T> {
  const parts = open();
  try {
    return await see(parts);
  } finally {
    parts.db.close();
  }
}

function open() {
  const db = openDatabase(world.config.databaseUrl);
  const follows = createFollowStore(db);
  const totals = createTotalsStore(db);
  const orders = createOrderStore(db);
  const broadcasts = createBroadcastStore(db, orders, createAuditStore(db));
  const deliveries = createDeliveryStore(db);
  return {
    db,
    follows,
    totals,
    links: createLinkStore(db),
    keep: createKeepTotals({ broadcasts, deliveries, follows, totals, clock }),
    period: createPeriodReports({ totals, follows }),
    final: () =>
      db.sqlite.prepare("SELECT broadcast_id, final FROM broadcast_totals ORDER BY broadcast_id").all(),
  };
}

const thisMonth = () => {
  const month = tokyoDate(clock.now()).slice(0, 7);
  return { from: month, to: month };
};

describe("what was sent in a period", () => {
  it("is each broadcast once, a category for each it names, and taps and moves as they were", async () => {
    await seedResidents(world.config, world.line, 120);
    const all = await office.send();
    const two = await office.send({ audience: { categories: { anyOf: ["health", "childcare"] } } });
    await office.sent(all);
    await office.sent(two);
    await office.write();
    const { accepted } = await office.delivery(two);
    await look(async ({ links, follows, keep, period }) => {
      const begunAt = clock.now() - (clock.now() % hour);
      await Promise.all([links.count(all, "ja", "2026-11-20"), links.count(all, "en", "2026-11-21")]);
      await follows.add([
        { hour: begunAt - hour, follows: 100, leaves: 100 },
        { hour: begunAt, follows: 1, leaves: 2 },
        { hour: begunAt + 23 * hour, follows: 3, leaves: 4 },
        { hour: begunAt + 24 * hour, follows: 100, leaves: 100 },
      ]);
      await keep.newest();
      const report = await period.of(thisMonth());
      const sums = { accepted, leavesAfter: 6, broadcasts: 1, taps: 0 };
      expect(report.total).toMatchObject({ broadcasts: 2, accepted: 120 + Number(accepted), taps: 2 });
      expect(report.months).toHaveLength(1);
      expect(report.categories.toSorted((a, b) => a.category.localeCompare(b.category))).toEqual([
        { category: "", broadcasts: 1, accepted: 120, taps: 2, leavesAfter: 6 },
        { category: "childcare", ...sums },
        { category: "health", ...sums },
      ]);
      const [newest, oldest] = await period.sent(thisMonth(), 10);
      expect([newest?.id, oldest?.id]).toEqual([two, all]);
      expect(oldest).toMatchObject({ planned: 120, followsAfter: 4, leavesAfter: 6 });
    });
  });

  it("is no longer looked at when nothing can change, but a late tap still counts", async () => {
    await seedResidents(world.config, world.line, 5);
    const id = await office.send();
    await office.sent(id);
    await look(async ({ keep, totals, period, links, final }) => {
      await keep.all();
      expect(final()).toEqual([{ broadcast_id: id, final: 0 }]);
      expect(await totals.unsettled(Infinity, 10)).toHaveLength(1);
      clock.advance(31 * hour);
      await keep.all();
      expect(final()).toEqual([{ broadcast_id: id, final: 1 }]);
      expect(await totals.unsettled(Infinity, 10)).toEqual([]);
      await links.count(id, "ja", "2026-12-01");
      const month = tokyoDate(clock.now() - 31 * hour).slice(0, 7);
      expect((await period.of({ from: month, to: month })).total).toMatchObject({ taps: 1, accepted: 5 });
    });
  });

  it("a stopped broadcast counts with what it had handed over, and stays open to change", async () => {
    await seedResidents(world.config, world.line, 5);
    const id = await office.send({ sendAt: new Date(clock.now() + hour).toISOString() });
    await look(async ({ keep, period }) => {
      await keep.all();
      expect((await period.of(thisMonth())).total.broadcasts).toBe(0);
    });
    clock.advance(hour + 1_000);
    await office.sent(id);
    await look(async ({ db, keep, final }) => {
      await db.write(() => db.sqlite.prepare("UPDATE broadcasts SET state = 'stopped' WHERE id = ?").run(id));
      clock.advance(40 * hour);
      await keep.all();
      expect(final()).toEqual([{ broadcast_id: id, final: 0 }]);
    });
  });

  it("months are those of Tokyo, and those without a broadcast are there", async () => {
    await look(async ({ follows, period }) => {
      await follows.add([
        { hour: Date.parse("2026-08-31T14:00:00Z"), follows: 1, leaves: 0 },
        { hour: Date.parse("2026-08-31T15:00:00Z"), follows: 0, leaves: 1 },
      ]);
      const { months, total } = await period.of({ from: "2026-08", to: "2026-10" });
      expect(months.map(({ month, follows: came, leaves }) => [month, came, leaves])).toEqual([
        ["2026-08", 1, 0],
        ["2026-09", 0, 1],
        ["2026-10", 0, 0],
      ]);
      expect(total).toMatchObject({ follows: 1, leaves: 1, broadcasts: 0 });
    });
  });
});
