import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hire, openSection } from "../support/sections.ts";
import { contentsInAll } from "../support/sending.ts";
import { type World, startWorld } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.end());

const section = { nameJa: "子育て支援課", nameEn: "Childcare", categories: ["childcare"], members: [] };

describe("sections through the API", () => {
  it("are made, listed, changed in part and removed", async () => {
    const { id: member } = await hire(world, "author");
    const made = await world.admin.post("/sections", {
      ...section,
      nameJa: " 子育て支援課 ",
      members: [member],
    });
    expect([made.status, made.body]).toMatchObject([201, { ...section, members: [member], version: 1 }]);
    const path = `/sections/${String(made.body["id"])}`;
    expect((await world.admin.patch(path, { nameEn: "Children" })).body).toMatchObject({
      ...section,
      nameEn: "Children",
      members: [member],
      version: 2,
    });
    expect((await world.admin.patch(path, { categories: [] })).body).toMatchObject({ categories: [] });
    expect((await world.admin.get("/sections")).body["sections"]).toMatchObject([{ version: 3 }]);
    expect((await world.admin.post(`${path}/remove`)).body).toMatchObject({ code: "members_need_a_place" });
    expect((await world.admin.post(`${path}/remove`, { membersTo: "nowhere" })).status).toBe(409);
    expect((await world.admin.post(`${path}/remove`, { membersTo: String(made.body["id"]) })).status).toBe(
      409,
    );
    expect((await world.admin.post(`${path}/remove`, { membersTo: "central" })).status).toBe(200);
    expect((await world.admin.get("/sections")).body["sections"]).toEqual([]);
    expect((await world.admin.post(`${path}/remove`)).status).toBe(404);
  });

  it("say what is wrong, field by field, and leave nothing half done", async () => {
    await openSection(world, "福祉課", ["welfare"], []);
    const { status, body } = await world.admin.post("/sections", {
      nameJa: "",
      nameEn: "x".repeat(51),
      categories: ["childcare", "nothing"],
      members: ["nobody"],
    });
    expect([status, body["errors"]]).toMatchObject([
      422,
      [
        { field: "nameJa", code: "empty" },
        { field: "nameEn", code: "too_long", limit: 50, actual: 51 },
        { field: "categories", code: "unknown_id", value: "nothing" },
        { field: "members", code: "unknown_id", value: "nobody" },
      ],
    ]);
    expect((await world.admin.post("/sections", { ...section, nameJa: "福祉課" })).body).toMatchObject({
      errors: [{ field: "nameJa", code: "name_taken" }],
    });
    expect((await world.admin.get("/sections")).body["sections"]).toHaveLength(1);
  });

  it("are made once by a repeated request, and changed by the faster of two", async () => {
    const key = { "idempotency-key": "one" };
    const first = await world.admin.post("/sections", section, key);
    expect((await world.admin.post("/sections", section, key)).body).toEqual(first.body);
    const path = `/sections/${String(first.body["id"])}`;
    const seen = { "if-match": '"1"' };
    expect((await world.admin.patch(path, { nameJa: "甲" }, seen)).status).toBe(200);
    expect((await world.admin.patch(path, { nameJa: "乙" }, seen)).body).toMatchObject({
      code: "changed_meanwhile",
    });
  });

  it("hold from the next request on, for keys that were made before", async () => {
    const { id, api } = await hire(world, "author");
    const welfare = () =>
      api.post("/broadcasts", {
        title: "t",
        audience: { categories: { anyOf: ["welfare"] } },
        contents: contentsInAll,
      });
    expect((await welfare()).status).toBe(201);
    const sectionId = await openSection(world, "子育て支援課", ["childcare"], [id]);
    expect((await welfare()).status).toBe(403);
    await world.admin.patch(`/sections/${sectionId}`, { categories: ["welfare"] });
    expect((await welfare()).status).toBe(201);
    await world.restart();
    await world.admin.patch(`/sections/${sectionId}`, { categories: ["childcare"] });
    expect((await welfare()).status).toBe(403);
    await world.admin.post(`/sections/${sectionId}/remove`, { membersTo: "central" });
    expect((await welfare()).status).toBe(201);
  });

  it("moving whoever is in no other section takes nobody out of a section they have", async () => {
    const [only, both] = [await hire(world, "author"), await hire(world, "author")];
    const gone = await openSection(world, "甲", ["childcare"], [only.id, both.id]);
    const kept = await openSection(world, "乙", ["welfare"], [both.id]);
    const target = await openSection(world, "丙", ["health"], []);
    await world.admin.post(`/sections/${gone}/remove`, { membersTo: target });
    expect((await world.admin.get("/sections")).body["sections"]).toMatchObject([
      { id: kept, members: [both.id] },
      { id: target, members: [only.id] },
    ]);
  });
});
