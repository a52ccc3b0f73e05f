import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuditStore } from "../../src/audit/store.ts";
import type { Broadcast } from "../../src/broadcasts/broadcast.ts";
import { createDeciding } from "../../src/broadcasts/decide.ts";
import type { BroadcastDeps } from "../../src/broadcasts/deps.ts";
import { createLinks } from "../../src/broadcasts/links.ts";
import { type BroadcastStore, createBroadcastStore } from "../../src/broadcasts/store.ts";
import { type Catalogue, createCatalogue } from "../../src/catalogue/catalogue.ts";
import { derivedId } from "../../src/catalogue/names.ts";
import { createCatalogueStore, recallCatalogue } from "../../src/catalogue/store.ts";
import { createOrderStore } from "../../src/outbox/order-store.ts";
import { createCensusStore } from "../../src/residents/census-store.ts";
import { createHeadCounter } from "../../src/residents/census/head-counter.ts";
import { type GrowingFacets, ensureFacets } from "../../src/residents/facet-store.ts";
import { type ResidentStore, createResidentStore } from "../../src/residents/store.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { type ChangingWard, loadWard } from "../../src/shared/ward/ward.ts";
import type { Actor } from "../../src/staff/permissions.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { numbered, writeWard } from "../support/wards.ts";

const administrator: Actor = {
  id: "s",
  name: "s",
  roles: ["administrator"],
  sections: [],
  categories: undefined,
  mayAddressEveryone: true,
};
const clock = createTestClock();

let folder: string;
let database: ReturnType<typeof openTestDatabase>;
let ward: ChangingWard;
let facets: GrowingFacets;
let residents: ResidentStore;
let catalogue: Catalogue;
let broadcasts: BroadcastStore;

async function use(path: string): Promise<void> {
  const { db } = database;
  const store = createCatalogueStore(db);
  ward = loadWard(path);
  await recallCatalogue(ward, store);
  facets = ensureFacets(db.sqlite, ward);
  residents = createResidentStore(db, facets);
  const audit = createAuditStore(db);
  broadcasts = createBroadcastStore(db, createOrderStore(db), audit);
  const heads = createHeadCounter(createCensusStore(db), facets);
  catalogue = createCatalogue({ db, ward, facets, store, broadcasts, heads, audit, clock });
}

const add = (id: string, group = "family") =>
  catalogue.add(administrator, { kind: "categories", id, group, names: { ja: id } }, ward.version);
const categories = () => ward.categories.map(({ id }) => id);

const groups = { safety: ["disaster", "crime", "traffic"], family: ["childcare", "school"] };

beforeEach(async () => {
  folder = temporaryFolder();
  database = openTestDatabase(clock);
  database.db.sqlite.exec(
    `INSERT INTO staff (id, name, email, roles, created_at) VALUES ('s', 's', 's', '[]', 0)`,
  );
  await use(writeWard(folder, { groups, districts: ["north"] }));
});
afterEach(() => {
  database.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe("a change of the catalogue", () => {
  it("is whole or not at all: after one of several is refused, ward, bits and database are as before", async () => {
    const before = [ward.version, categories(), facets.placesLeft("category")];
    const refusal = await catalogue.change(
      administrator,
      [
        { change: "addCategory", id: "pets", group: "family", names: { ja: "pets" } },
        { change: "retire", kind: "categories", id: "disaster" },
      ],
      ward.version,
    );
    expect(refusal).toEqual({ refused: "for_emergencies" });
    expect([ward.version, categories(), facets.placesLeft("category")]).toEqual(before);
    expect(facets.categories.bitOf.has("pets")).toBe(false);
    const { sqlite } = database.db;
    expect(sqlite.prepare("SELECT count(*) FROM catalogue_changes").pluck().get()).toBe(0);
    expect(sqlite.prepare("SELECT count(*) FROM audit_entries").pluck().get()).toBe(0);

    // The place that was nearly given goes to the next one, and means only that.
    await add("bees");
    await residents.change("U1", [{ kind: "category", id: "bees", chosen: true }], "ja", clock.now());
    expect((await residents.find("U1"))?.preferences.categories).toEqual(new Set(["bees"]));
  });

  it("when the disk refuses, nothing is changed, and the next one is taken", async () => {
    const { sqlite } = database.db;
    sqlite.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    await expect(add("pets")).rejects.toThrow("full");
    expect([ward.version, facets.categories.bitOf.has("pets")]).toEqual([0, false]);
    sqlite.exec(`DROP TRIGGER full`);
    expect(await add("pets")).toEqual({ added: "pets" });
    expect(categories()).toContain("pets");
  });

  it("is refused by the rules below the page, whoever asks", async () => {
    for (const role of ["viewer", "author", "approver", "dutyOfficer", "auditor"] as const) {
      const change = { change: "retire", kind: "categories", id: "crime" } as const;
      expect(await catalogue.change({ ...administrator, roles: [role] }, [change], 0)).toEqual({
        refused: "role_missing",
      });
    }
  });

  it("an id that the profile's file once had is not given again: nobody inherits its subscribers", async () => {
    await residents.change("U1", [{ kind: "category", id: "school", chosen: true }], "ja", clock.now());
    await use(writeWard(join(folder, "later"), { groups: { ...groups, family: ["childcare"] } }));
    expect(await add("school")).toEqual({ refused: "id_taken" });
  });

  it("a category that the file has got meanwhile too stands there once, with its subscribers", async () => {
    await add("pets");
    await residents.change("U1", [{ kind: "category", id: "pets", chosen: true }], "ja", clock.now());
    await use(writeWard(join(folder, "later"), { groups: { ...groups, animals: ["pets"] } }));
    expect(categories()).toEqual(["disaster", "crime", "traffic", "childcare", "school", "pets"]);
    expect((await catalogue.choosers("categories")).get("pets")).toBe(1);
  });

  it("is seen by a second process, which also looks before it changes something itself", async () => {
    const path = writeWard(folder, { groups, districts: ["north"] });
    const second = { ward, facets, catalogue, residents };
    await use(path);
    await add("pets");
    expect(second.ward.version).toBe(0);
    const late = { kind: "categories", id: "bees", group: "family", names: { ja: "bees" } } as const;
    expect(await second.catalogue.add(administrator, late, 0)).toEqual({ refused: "changed_meanwhile" });
    expect(second.ward.categories.map(({ id }) => id)).toContain("pets");
    expect(await second.catalogue.add(administrator, late, second.ward.version)).toEqual({ added: "bees" });

    await second.residents.change("U1", [{ kind: "category", id: "bees", chosen: true }], "ja", clock.now());
    expect(categories()).not.toContain("bees");
    await catalogue.catchUp();
    expect(categories()).toContain("bees");
    expect((await residents.find("U1"))?.preferences.categories).toEqual(new Set(["bees"]));
    expect((await catalogue.choosers("categories")).get("bees")).toBe(1);
  });

  it("never fewer than three categories, and never 13 in a group", async () => {
    for (const id of ["school", "crime"])
      expect(
        await catalogue.change(administrator, [{ change: "retire", kind: "categories", id }], ward.version),
      ).toBeUndefined();
    expect(
      await catalogue.change(
        administrator,
        [{ change: "retire", kind: "categories", id: "traffic" }],
        ward.version,
      ),
    ).toEqual({ refused: "too_few_categories" });
    for (const id of numbered("n", 11)) expect(await add(id)).toEqual({ added: id });
    expect(await add("n12")).toEqual({ refused: "group_full", group: "family" });
    expect(
      await catalogue.change(
        administrator,
        [{ change: "bringBack", kind: "categories", id: "school" }],
        ward.version,
      ),
    ).toEqual({ refused: "group_full", group: "family" });
    expect(
      await catalogue.change(
        administrator,
        [{ change: "move", kind: "categories", id: "traffic", after: null, group: "family" }],
        ward.version,
      ),
    ).toEqual({ refused: "group_full", group: "family" });
  });
});

describe("retired between an approver's look and the commit", () => {
  const submitted: Broadcast = {
    id: "b",
    kind: "notice",
    mode: "live",
    title: "b",
    state: "submitted",
    version: 1,
    audience: { categories: { anyOf: ["crime"] } },
    contents: { ja: { title: "t", body: "b" } },
    missingTranslations: "fallback",
    sendAt: undefined,
    graceMs: 0,
    repeat: undefined,
    dueAt: undefined,
    seriesId: undefined,
    authorId: "s",
    writers: ["s"],
    approvedBy: undefined,
    approvedAt: undefined,
    begunAt: undefined,
    finishedAt: undefined,
    stoppedBy: undefined,
    comment: undefined,
    createdAt: 0,
    updatedAt: 0,
  };
  const retire = () =>
    catalogue.change(administrator, [{ change: "retire", kind: "categories", id: "crime" }], ward.version);

  it("the approval is refused, and no order is placed; the other way round the retiring is", async () => {
    await broadcasts.create(submitted, { at: 0, actor: "s", act: "broadcast.create", subject: "b" });
    let before = retire;
    const { approve } = createDeciding({
      store: {
        ...broadcasts,
        change: async (...asked: Parameters<BroadcastStore["change"]>) => {
          expect(await before()).toBeUndefined();
          return broadcasts.change(...asked);
        },
      },
      ward,
      clock,
      sentences: loadSentences(),
      links: createLinks("http://ward.example", "secret"),
      opened: () => {},
    } as unknown as BroadcastDeps);
    const approver: Actor = { ...administrator, id: "a", name: "a", roles: ["approver"] };
    const { sqlite } = database.db;
    sqlite.exec(
      `INSERT INTO staff (id, name, email, roles, created_at) VALUES ('a', 'a', 'a', '["approver"]', 0)`,
    );
    expect(await approve(approver, "b", {})).toEqual({ refused: "changed_meanwhile" });
    expect((await broadcasts.find("b"))?.state).toBe("submitted");
    expect(sqlite.prepare("SELECT count(*) FROM outbox_orders").pluck().get()).toBe(0);
    expect(await approve(approver, "b", {})).toMatchObject({
      refused: "invalid",
      problems: [{ code: "retired_id", value: "crime" }],
    });

    await catalogue.change(
      administrator,
      [{ change: "bringBack", kind: "categories", id: "crime" }],
      ward.version,
    );
    before = async () => undefined;
    expect(await approve(approver, "b", {})).toMatchObject({ state: "approved" });
    expect(await retire()).toEqual({ refused: "in_use" });
  });
});

describe("how many chose it", () => {
  it("counts who follows now, and goes on counting what is retired", async () => {
    const at = clock.now();
    for (const [user, id] of [
      ["U1", "crime"],
      ["U2", "crime"],
      ["U3", "crime"],
      ["U4", "school"],
    ])
      await residents.change(user ?? "", [{ kind: "category", id: id ?? "", chosen: true }], "ja", at);
    await residents.change("U1", [{ kind: "district", id: "north", chosen: true }], "ja", at);
    await residents.leave("U3", "ja", at + 1);
    await catalogue.change(administrator, [{ change: "retire", kind: "categories", id: "crime" }], 0);
    expect(Object.fromEntries(await catalogue.choosers("categories"))).toEqual({
      disaster: 0,
      crime: 2,
      traffic: 0,
      childcare: 0,
      school: 1,
    });
    expect(Object.fromEntries(await catalogue.choosers("districts"))).toEqual({ north: 1 });
    expect((await catalogue.retirement("categories", "school")).choosers).toBe(1);
  });
});

describe("an id that is made", () => {
  it.each([
    ["School meals", "schoolMeals"],
    ["  Arts & CRAFTS (all) ", "artsCraftsAll"],
    ["Café", "cafe"],
    ["給食", "category1"],
    ["24 hours", "category1"],
    ["", "category1"],
    ["x".repeat(80), "x".repeat(30)],
  ])("of %j is %s", (name, id) => {
    expect(derivedId(name, "category", () => false)).toBe(id);
    const taken = new Set([id]);
    expect(derivedId(name, "category", (each) => taken.has(each))).toBe(
      id === "category1" ? "category2" : `${id}2`,
    );
  });
});
