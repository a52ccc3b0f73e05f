import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFollowStore, dayAfter } from "../../src/reports/follow-store.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import { createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { ensureFacets } from "../../src/residents/facet-store.ts";
import { type ResidentStore, createResidentStore } from "../../src/residents/store.ts";
import { startOfTokyoDay } from "../../src/shared/tokyo.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { openTestDatabase } from "../support/database.ts";
import { mihonProfile } from "../support/wards.ts";

const hour = 60 * 60 * 1000;
const t0 = Date.parse("2026-11-20T00:00:00Z");
const ward = loadWard(mihonProfile);

let database: ReturnType<typeof openTestDatabase>;
let residents: ResidentStore;
let follows: ReturnType<typeof createFollowStore>;
beforeEach(() => {
  database = openTestDatabase();
  residents = createResidentStore(database.db, ensureFacets(database.db.sqlite, ward));
  follows = createFollowStore(database.db);
});
afterEach(() => database.remove());

describe("who began to follow and who left, by the hour", () => {
  const all = () => follows.between(0, Infinity);

  it("each move is counted once, in the hour in which LINE says it happened", async () => {
    await residents.follow("U1", "ja", t0 + hour - 1);
    await residents.follow("U1", "ja", t0 + hour - 1);
    await residents.follow("U2", "ja", t0 + hour);
    await residents.leave("U1", "ja", t0 + hour + 5);
    await residents.leave("U1", "ja", t0 + hour + 5);
    await residents.follow("U1", "ja", t0 + 3 * hour);
    expect(await follows.byHour(t0, t0 + 4 * hour)).toEqual([
      { hour: t0, follows: 1, leaves: 0 },
      { hour: t0 + hour, follows: 1, leaves: 1 },
      { hour: t0 + 3 * hour, follows: 1, leaves: 0 },
    ]);
    expect(await follows.between(t0, t0 + hour)).toEqual({ follows: 1, leaves: 0 });
  });

  it("who taps before their follow has arrived is counted once; who asks to be forgotten has left", async () => {
    await residents.change("U1", [{ kind: "language", to: "ko" }], "ja", t0 + 10);
    await residents.follow("U1", "ja", t0);
    expect(await all()).toEqual({ follows: 1, leaves: 0 });
    await residents.forget("U1", t0 + 20);
    await residents.forget("U1", t0 + 30);
    expect(await all()).toEqual({ follows: 1, leaves: 1 });
  });

  it("a resident who left is not counted again when their choices are erased, nor one who was never known", async () => {
    await residents.follow("U1", "ja", t0);
    await residents.leave("U1", "ja", t0 + 1);
    await residents.eraseLongGone(t0 + 2, t0 + 3, 10);
    await residents.leave("Unknown", "ja", t0 + 4);
    expect(await all()).toEqual({ follows: 1, leaves: 1 });
  });

  it("in any order of any events, those who came less those who left are those who follow", async () => {
    const users = ["U1", "U2", "U3"];
    const event = fc.record({
      user: fc.constantFrom(...users),
      kind: fc.constantFrom("follow", "leave", "tap", "forget"),
      at: fc.integer({ min: 0, max: 8 }).map((step) => t0 + step * 20 * 60 * 1000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 14 }), async (events) => {
        const own = openTestDatabase();
        const facets = ensureFacets(own.db.sqlite, ward);
        const store = createResidentStore(own.db, facets);
        for (const { user, kind, at } of events) {
          if (kind === "follow") await store.follow(user, "ja", at);
          else if (kind === "leave") await store.leave(user, "ja", at);
          else if (kind === "forget") await store.forget(user, at);
          else await store.change(user, [{ kind: "skip", question: "children" }], "ja", at);
        }
        const moves = await createFollowStore(own.db).between(0, Infinity);
        const heads = await createHeadCounter(createCensusStore(own.db), facets).count({ everyone: true });
        own.remove();
        expect(moves.follows - moves.leaves).toBe(heads.total);
      }),
      { numRuns: 40 },
    );
  });

  it("days are those of Tokyo: one ends at 15:00 UTC", async () => {
    await residents.follow("U1", "ja", Date.parse("2026-11-20T14:59:59.999Z"));
    await residents.follow("U2", "ja", Date.parse("2026-11-20T15:00:00.000Z"));
    expect(await follows.byDay(0, Infinity)).toEqual(
      new Map([
        ["2026-11-20", { follows: 1, leaves: 0 }],
        ["2026-11-21", { follows: 1, leaves: 0 }],
      ]),
    );
    expect(startOfTokyoDay("2026-11-21")).toBe(Date.parse("2026-11-20T15:00:00.000Z"));
  });

  it("the 24 hours after a broadcast begin with the hour in which it began", () => {
    expect(dayAfter(t0 + 50 * 60 * 1000)).toEqual({ from: t0, to: t0 + 24 * hour });
  });
});
