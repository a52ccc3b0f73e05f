import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { agesOn } from "../../src/reports/children-ages.ts";
import { keepDailyHeads } from "../../src/reports/daily-heads.ts";
import { createFollowStore } from "../../src/reports/follow-store.ts";
import { createHeadsNow } from "../../src/reports/heads-now.ts";
import { createHeadsStore } from "../../src/reports/heads-store.ts";
import { createTrends, thinned } from "../../src/reports/trends.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import { createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { createResidentStore } from "../../src/residents/store.ts";
import { addMonths } from "../../src/shared/tokyo.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { mihonProfile } from "../support/wards.ts";

const ward = loadWard(mihonProfile);
const hour = 60 * 60 * 1000;
const clock = createTestClock();
let database: ReturnType<typeof openTestDatabase>;

/** The parts as they are after a start of the program. */
function start() {
  const { db } = database;
  const facets = ensureFacets(db.sqlite, ward);
  const store = createHeadsStore(db);
  const now = createHeadsNow(createHeadCounter(createCensusStore(db), facets), ward, clock);
  const follows = createFollowStore(db);
  return {
    residents: createResidentStore(db, facets),
    now,
    store,
    poke: () => keepDailyHeads({ now, store, clock }),
    trends: createTrends({ heads: store, follows, clock }),
  };
}

beforeEach(() => {
  database = openTestDatabase();
  clock.set("2026-11-20T10:00:00Z");
});
afterEach(() => database.remove());

describe("the heads of a day", () => {
  it("are counted by everything that is shown, and whoever left is not among them", async () => {
    const { residents, poke, store } = start();
    const at = clock.now();
    await residents.change(
      "U1",
      [
        { kind: "category", id: "childcare", chosen: true },
        { kind: "category", id: "health", chosen: true },
        { kind: "district", id: "chuo", chosen: true },
        { kind: "child", birthMonth: "2024-11", added: true },
        { kind: "child", birthMonth: "2025-01", added: true },
      ],
      "ko",
      at,
    );
    await residents.follow("U2", "ja", at);
    await residents.follow("U3", "ja", at);
    await residents.leave("U3", "ja", at + 1);
    expect(await poke()).toBe(true);
    const series = async (kind: Parameters<typeof store.series>[0]) =>
      Object.fromEntries(
        [...(await store.series(kind, ["2026-11-20"]))].map(([id, [first]]) => [id, first?.residents]),
      );
    expect(await series("all")).toEqual({ "": 2 });
    expect(await series("undecided")).toEqual({ "": 1 });
    expect(await series("language")).toEqual({ ja: 1, ko: 1 });
    expect(await series("category")).toMatchObject({ childcare: 1, health: 1, disaster: 0 });
    expect(await series("district")).toMatchObject({ chuo: 1, kita: 0 });
    expect(await series("children")).toEqual({ "0-2": 1, "3-5": 0, "6-11": 0, "12-14": 0, "15-17": 0 });
  });

  it("are counted by the first poke of a day of Tokyo and by no other, across a restart", async () => {
    const { residents, poke } = start();
    await residents.follow("U1", "ja", clock.now());
    expect([await poke(), await poke()]).toEqual([true, false]);
    clock.set("2026-11-20T14:59:59Z");
    expect(await start().poke()).toBe(false);
    clock.set("2026-11-20T15:00:00Z");
    await residents.follow("U2", "ja", clock.now());
    const restarted = start();
    expect([await restarted.poke(), await restarted.poke()]).toEqual([true, false]);
    const { heads } = await restarted.trends({ span: "30d" });
    expect(heads.all?.get("")).toEqual([
      { day: "2026-11-20", residents: 1 },
      { day: "2026-11-21", residents: 2 },
    ]);
  });

  it("two processes that count at once keep one count", async () => {
    const [one, two] = [start(), start()];
    expect((await Promise.all([one.poke(), two.poke()])).toSorted()).toEqual([false, true]);
  });

  it("of days on which the program was down are missing, not made up; follows of those days are exact all the same", async () => {
    const { residents, poke, trends } = start();
    await poke();
    await residents.follow("U1", "ja", clock.now() + 30 * hour);
    clock.advance(72 * hour);
    await poke();
    const { heads, moves } = await trends({ span: "30d" });
    expect(heads.all?.get("")?.map(({ day }) => day)).toEqual(["2026-11-20", "2026-11-23"]);
    expect(moves).toHaveLength(30);
    expect(moves.filter(({ follows }) => follows > 0)).toEqual([{ at: "2026-11-22", follows: 1, leaves: 0 }]);
  });

  it("over twelve months, follows are added up by month", async () => {
    const { residents, trends } = start();
    await residents.follow("U1", "ja", Date.parse("2025-11-30T14:59:59Z"));
    await residents.follow("U2", "ja", Date.parse("2025-11-30T15:00:00Z"));
    await residents.follow("U3", "ja", clock.now());
    const { moves, moved } = await trends({ span: "12m" });
    expect(moves.map(({ at }) => at)).toEqual(Array.from({ length: 12 }, (_, i) => addMonths("2025-12", i)));
    expect([moves[0]?.follows, moves.at(-1)?.follows, moved.follows]).toEqual([1, 1, 2]);
  });

  it("shown now are at most a minute old", async () => {
    const { residents, now } = start();
    expect((await now.read()).total).toBe(0);
    await residents.follow("U1", "ja", clock.now());
    expect((await now.read()).total).toBe(0);
    clock.advance(60_000);
    expect((await now.read()).total).toBe(1);
  });
});

describe("children's ages", () => {
  it("meet without a gap, to the month", () => {
    const ages = agesOn("2026-11-20");
    expect(ages[0]).toEqual({ id: "0-2", bornFrom: "2023-12", bornTo: "2026-11" });
    for (const [index, { bornFrom }] of ages.entries()) {
      const older = ages[index + 1];
      if (older !== undefined) expect(older.bornTo).toBe(addMonths(bornFrom, -1));
    }
    expect(ages.at(-1)).toEqual({ id: "15-17", bornFrom: "2008-12", bornTo: "2011-11" });
  });
});

describe("thinned days", () => {
  it("are at most as many as asked and always have the last", () => {
    const days = Array.from({ length: 365 }, (_, index) => index);
    for (const most of [1, 7, 24, 53, 365, 1000]) {
      const some = thinned(days, most);
      expect(some.length).toBeLessThanOrEqual(most);
      expect(some.at(-1)).toBe(364);
    }
    expect(thinned([], 5)).toEqual([]);
  });
});
