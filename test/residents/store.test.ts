import { rmSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Facets, ensureFacets } from "../../src/residents/facet-store.ts";
import type { PreferenceChange } from "../../src/residents/preferences.ts";
import { type ResidentStore, createResidentStore } from "../../src/residents/store.ts";
import { type Ward, loadWard } from "../../src/shared/ward/ward.ts";
import { openTestDatabase } from "../support/database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { createWard, largestWard, mihonProfile } from "../support/wards.ts";

const mihon = loadWard(mihonProfile);
const folder = temporaryFolder();
const largest = createWard(folder, largestWard());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const day = 24 * 60 * 60 * 1000;
const t0 = Date.parse("2026-11-20T00:00:00Z");

let database: ReturnType<typeof openTestDatabase>;
let facets: Facets;
let residents: ResidentStore;
function use(ward: Ward): void {
  facets = ensureFacets(database.db.sqlite, ward);
  residents = createResidentStore(database.db, facets);
}
beforeEach(() => {
  database = openTestDatabase();
});
afterEach(() => database.remove());

let people = 0;
function somebody(): string {
  people += 1;
  return `U${people.toString(16).padStart(32, "0")}`;
}

/** The whole row as it lies in the database, and the children beside it. */
function rowOf(id: number): Record<string, unknown> {
  const { sqlite } = database.db;
  const row = sqlite.prepare("SELECT * FROM residents WHERE id = ?").get(id) as Record<string, unknown>;
  return {
    ...row,
    children: sqlite.prepare("SELECT * FROM resident_children WHERE resident_id = ?").all(id),
  };
}

const childcare: PreferenceChange = { kind: "category", id: "childcare", chosen: true };
const chuo: PreferenceChange = { kind: "district", id: "chuo", chosen: true };
const child: PreferenceChange = { kind: "child", birthMonth: "2024-04", added: true };

describe("who follows and what they chose", () => {
  beforeEach(() => use(mihon));

  it("a resident who comes back within the grace period finds their choices again", async () => {
    const user = somebody();
    await residents.follow(user, "ko", t0);
    await residents.change(user, [childcare, chuo, child], "ko", t0 + 1);
    await residents.leave(user, "ja", t0 + day);
    expect((await residents.find(user))?.standing).toBe("left");
    const back = await residents.follow(user, "en", t0 + 2 * day);
    expect(back.standing).toBe("following");
    expect(back.preferences).toEqual({
      language: "ko",
      categories: new Set(["childcare"]),
      districts: new Set(["chuo"]),
      childrenBirthMonths: new Set(["2024-04"]),
    });
  });

  it("who blocked the account and comes back is shown their menu again: LINE may have dropped the link", async () => {
    const user = somebody();
    await residents.follow(user, "ko", t0);
    await residents.setRichMenu([user], "menu-ko");
    expect((await residents.find(user))?.richMenuId).toBe("menu-ko");
    await residents.leave(user, "ja", t0 + day);
    expect(await residents.follow(user, "ko", t0 + 2 * day)).toMatchObject({ richMenuId: undefined });
    expect((await residents.find(user))?.richMenuId).toBeUndefined();
  });

  it("invariant 2: a follow that arrives after the unfollow that came later changes nothing", async () => {
    const user = somebody();
    await residents.follow(user, "ja", t0);
    await residents.leave(user, "ja", t0 + 20);
    await residents.follow(user, "ja", t0 + 10);
    expect((await residents.find(user))?.standing).toBe("left");
  });

  it("invariant 2: an unfollow that arrives after the refollow that came later changes nothing", async () => {
    const user = somebody();
    await residents.follow(user, "ja", t0);
    await residents.follow(user, "ja", t0 + 20);
    await residents.leave(user, "ja", t0 + 10);
    expect((await residents.find(user))?.standing).toBe("following");
  });

  it("a late tap from before somebody left is kept as a choice and does not bring them back", async () => {
    const user = somebody();
    await residents.follow(user, "ja", t0);
    await residents.leave(user, "ja", t0 + 20);
    const still = await residents.change(user, [childcare], "ja", t0 + 10);
    expect(still.standing).toBe("left");
    expect(still.preferences.categories).toEqual(new Set(["childcare"]));
  });

  it("whoever taps follows, even if their follow event never reached us", async () => {
    const user = somebody();
    const resident = await residents.change(user, [childcare], "en", t0);
    expect(resident).toMatchObject({ standing: "following", chose: true });
    expect(resident.preferences.language).toBe("en");
  });

  it("who leaves without ever having been known is noted for a day, so that a late follow is not believed", async () => {
    const user = somebody();
    await residents.leave(user, "ja", t0);
    expect(await residents.follow(user, "en", t0 - 1)).toMatchObject({ standing: "left" });
    expect(await residents.eraseLongGone(t0 - day, t0 + day - 1, 10)).toBe(0);
    expect(await residents.eraseLongGone(t0 - day, t0 + day, 10)).toBe(1);
    expect(await residents.find(user)).toBeUndefined();
  });

  it("who comes back without ever having chosen is spoken to in the language of their profile", async () => {
    const user = somebody();
    await residents.leave(user, "ja", t0);
    expect((await residents.follow(user, "en", t0 + 1)).preferences.language).toBe("en");
  });

  it("invariant 2: any order and repetition of follows, unfollows and taps ends in the same resident", async () => {
    const what = fc.oneof(
      fc.constant("follow" as const),
      fc.constant("leave" as const),
      fc.record({
        kind: fc.constant("category" as const),
        id: fc.constantFrom("disaster", "childcare", "events"),
        chosen: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("language" as const), to: fc.constantFrom("ja", "en") }),
      fc.record({
        kind: fc.constant("child" as const),
        birthMonth: fc.constantFrom("2020-01", "2024-12"),
        added: fc.boolean(),
      }),
    );
    const arrivals = fc
      .array(what, { minLength: 1, maxLength: 7 })
      .map((all) => all.map((each, index) => ({ each, at: t0 + 1 + index })))
      .chain((happened) =>
        fc
          .shuffledSubarray([...happened, ...happened.slice(0, 3)], {
            minLength: happened.length + Math.min(3, happened.length),
          })
          .map((arrived) => ({ happened, arrived })),
      );
    async function live(
      events: { each: typeof what extends fc.Arbitrary<infer T> ? T : never; at: number }[],
    ) {
      const user = somebody();
      await residents.follow(user, "ja", t0);
      for (const { each, at } of events) {
        if (each === "follow") await residents.follow(user, "ja", at);
        else if (each === "leave") await residents.leave(user, "ja", at);
        else await residents.change(user, [each], "ja", at);
      }
      const { id: _id, lineUserId: _user, ...rest } = (await residents.find(user)) ?? {};
      return rest;
    }
    await fc.assert(
      fc.asyncProperty(arrivals, async ({ happened, arrived }) => {
        expect(await live(arrived)).toEqual(await live(happened));
      }),
      { numRuns: 60 },
    );
  });
});

describe("erasure (invariant 10)", () => {
  beforeEach(() => use(mihon));

  const erased = (id: number, at: number) => ({
    id,
    line_user_id: null,
    standing: "erased",
    language: "",
    categories: 0,
    districts: 0,
    chose: 0,
    answered: "[]",
    changed_at: "{}",
    rich_menu_id: null,
    since: at,
    revision: expect.any(Number),
    children: [],
  });

  async function settled(): Promise<{ user: string; id: number }> {
    const user = somebody();
    const { id } = await residents.change(
      user,
      [{ kind: "language", to: "ko" }, childcare, chuo, child],
      "ja",
      t0,
    );
    await residents.setRichMenu([user], "richmenu-1");
    return { user, id };
  }

  it("“forget me” leaves nothing of the resident in the row and none of their children", async () => {
    const { user, id } = await settled();
    await residents.forget(user, t0 + 5);
    expect(rowOf(id)).toEqual(erased(id, t0 + 5));
    expect(await residents.find(user)).toBeUndefined();
  });

  it("who comes back after being forgotten is somebody new, with a new number", async () => {
    const { user, id } = await settled();
    await residents.forget(user, t0 + 5);
    const back = await residents.follow(user, "en", t0 + 6);
    expect(back.id).not.toBe(id);
    expect(back).toMatchObject({ standing: "following", chose: false, answered: new Set() });
    expect(back.preferences.categories.size).toBe(0);
    expect(rowOf(id)).toEqual(erased(id, t0 + 5));
  });

  it("who left is erased when the grace period is over, to the millisecond, and nobody else is", async () => {
    const [gone, recent, here] = [await settled(), await settled(), await settled()];
    await residents.leave(gone.user, "ja", t0 + 100);
    await residents.leave(recent.user, "ja", t0 + 101);
    expect(await residents.eraseLongGone(t0 + 99, t0 + 40 * day, 500)).toBe(0);
    expect(await residents.eraseLongGone(t0 + 100, t0 + 40 * day, 500)).toBe(1);
    expect(rowOf(gone.id)).toEqual(erased(gone.id, t0 + 40 * day));
    expect((await residents.find(recent.user))?.preferences.categories).toEqual(new Set(["childcare"]));
    expect((await residents.find(here.user))?.standing).toBe("following");
  });

  it("the grace period begins anew for who came back and left again", async () => {
    const { user } = await settled();
    await residents.leave(user, "ja", t0 + 10);
    await residents.follow(user, "ja", t0 + 20);
    await residents.leave(user, "ja", t0 + 30);
    expect(await residents.eraseLongGone(t0 + 29, t0 + 40 * day, 500)).toBe(0);
    expect(await residents.eraseLongGone(t0 + 30, t0 + 40 * day, 500)).toBe(1);
  });

  it("many are erased in steps of the size that was asked for", async () => {
    for (let count = 0; count < 5; count++) {
      const { user } = await settled();
      await residents.leave(user, "ja", t0 + 10);
    }
    const steps = [];
    for (let step = 0; step < 4; step++) steps.push(await residents.eraseLongGone(t0 + day, t0 + day, 2));
    expect(steps).toEqual([2, 2, 1, 0]);
  });
});

describe("which rich menu a resident is shown", () => {
  beforeEach(() => use(mihon));

  it("those whose menu is another one are found by their language; those who never had one are left alone", async () => {
    const [old, current, never, left, other] = [somebody(), somebody(), somebody(), somebody(), somebody()];
    for (const user of [old, current, never, left]) await residents.follow(user, "en", t0);
    await residents.follow(other, "ko", t0);
    await residents.setRichMenu([old, left, other], "menu-1");
    await residents.setRichMenu([current], "menu-2");
    await residents.leave(left, "ja", t0 + 1);
    expect(await residents.withOtherMenu("menu-2", "en", 500)).toEqual([old]);
  });
});

describe("the bit of a category or district (facets)", () => {
  it("keeps the 64th category and the 64th district apart from the first", async () => {
    use(largest);
    const last = await residents.change(
      somebody(),
      [
        { kind: "category", id: "c64", chosen: true },
        { kind: "district", id: "d64", chosen: true },
      ],
      "ja",
      t0,
    );
    const found = await residents.find(last.lineUserId);
    expect(found?.preferences.categories).toEqual(new Set(["c64"]));
    expect(found?.preferences.districts).toEqual(new Set(["d64"]));
  });

  it("any set of 64 categories and 64 districts is read back as it was saved", async () => {
    use(largest);
    const user = somebody();
    let at = t0;
    await fc.assert(
      fc.asyncProperty(
        fc.subarray(largest.categories.map(({ id }) => id)),
        fc.subarray(largest.districts),
        async (categories, districts) => {
          const changes: PreferenceChange[] = [
            { kind: "categories", ids: categories },
            { kind: "districts", ids: districts },
          ];
          await residents.change(user, changes, "ja", at++);
          const found = await residents.find(user);
          expect(found?.preferences.categories).toEqual(new Set(categories));
          expect(found?.preferences.districts).toEqual(new Set(districts));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("stays the same when categories are reordered, retired and added, so that old choices keep their meaning", async () => {
    const first = createWard(join(folder, "first"), { groups: { g: ["one", "two", "three"] } });
    use(first);
    const user = somebody();
    await residents.change(user, [{ kind: "categories", ids: ["one", "three"] }], "ja", t0);

    const second = createWard(join(folder, "second"), { groups: { g: ["four", "three", "one", "five"] } });
    use(second);
    expect((await residents.find(user))?.preferences.categories).toEqual(new Set(["one", "three"]));
    await residents.change(user, [{ kind: "category", id: "four", chosen: true }], "ja", t0 + 1);

    use(createWard(join(folder, "third"), { groups: { g: ["five", "two", "four"] } }));
    expect((await residents.find(user))?.preferences.categories).toEqual(new Set(["one", "three", "four"]));
  });

  it("a retired category keeps its place: the 65th ever is refused by name, and nothing is half given", () => {
    use(largest);
    const renamed = { ...largest, categories: [{ id: "late", group: "g1", emergency: false }] };
    const bits = () => database.db.sqlite.prepare("SELECT count(*) AS n FROM facets").get();
    const before = bits();
    expect(() => ensureFacets(database.db.sqlite, renamed)).toThrow(/64 places for a category.*"late"/);
    expect(bits()).toEqual(before);
  });
});
