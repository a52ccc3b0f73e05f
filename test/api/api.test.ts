import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { roles } from "../../src/staff/permissions.ts";
import { type Api, createApi } from "../support/api.ts";
import { seedResidents } from "../support/seed.ts";
import { hire } from "../support/sections.ts";
import { type Office, contentsInAll, openOffice } from "../support/sending.ts";
import { type World, adminKey, startWorld } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.end());

const everyone = { everyone: true };
const draft = { title: "A notice", audience: everyone, contents: contentsInAll };
const reader = { roles: ["viewer"], name: "n", email: "n@example.jp" };

const fire = { template: "fire", blanks: {}, mode: "rehearsal" };
const raised = async (): Promise<string> => {
  const { status, body } = await world.admin.post("/alerts", fire);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return String(body["id"]);
};
const confirmed = async (): Promise<string> => {
  const id = await raised();
  await (await world.staffWith("dutyOfficer")).post(`/alerts/${id}/confirm`);
  return id;
};
const hazard = () => ({
  id: crypto.randomUUID(),
  sender: "bosai@mihon.example",
  sent: new Date().toISOString(),
  status: "Exercise",
  msgType: "Alert",
  event: "避難指示",
  kind: "evacuation",
  severity: "warning",
  title: "避難指示",
  text: "訓練です。",
});

const newSection = () => ({ nameJa: crypto.randomUUID(), nameEn: crypto.randomUUID() });
const openSection = async () => String((await world.admin.post("/sections", newSection())).body["id"]);

describe("who may do what", () => {
  const readers = [...roles];
  /** Each route with the roles for which it does its work; the others get 403 `role_missing`. */
  const table: [
    string,
    (api: Api, office: Office) => Promise<{ status: number; body: unknown }>,
    readonly string[],
  ][] = [
    ["GET /ward", (api) => api.get("/ward"), readers],
    ["POST /audience/estimate", (api) => api.post("/audience/estimate", { audience: everyone }), readers],
    ["GET /broadcasts", (api) => api.get("/broadcasts"), readers],
    ["GET /broadcasts/{id}", async (api, office) => api.get(`/broadcasts/${await office.write()}`), readers],
    [
      "GET /broadcasts/{id}/delivery",
      async (api, office) => api.get(`/broadcasts/${await office.send()}/delivery`),
      readers,
    ],
    ["POST /broadcasts", (api) => api.post("/broadcasts", draft), ["author", "administrator"]],
    [
      "PATCH /broadcasts/{id}",
      async (api, office) => api.patch(`/broadcasts/${await office.write()}`, { title: "x" }),
      ["author", "administrator"],
    ],
    [
      "POST /broadcasts/{id}/submit",
      async (api, office) => api.post(`/broadcasts/${await office.write()}/submit`),
      ["author", "administrator"],
    ],
    [
      "POST /broadcasts/{id}/approve",
      async (api, office) => api.post(`/broadcasts/${await office.submit()}/approve`),
      ["approver"],
    ],
    [
      "POST /broadcasts/{id}/return",
      async (api, office) => api.post(`/broadcasts/${await office.submit()}/return`),
      ["approver"],
    ],
    [
      "POST /broadcasts/{id}/stop",
      async (api, office) =>
        api.post(`/broadcasts/${await office.send({ sendAt: "2040-01-01T09:00" })}/stop`),
      ["author", "approver", "dutyOfficer", "administrator"],
    ],
    [
      "POST /broadcasts/{id}/resume",
      async (api, office) => {
        const id = await office.send({ sendAt: "2040-01-01T09:00" });
        await office.author.post(`/broadcasts/${id}/stop`);
        return api.post(`/broadcasts/${id}/resume`);
      },
      ["approver", "dutyOfficer", "administrator"],
    ],
    [
      "POST /broadcasts/{id}/cancel",
      async (api, office) => api.post(`/broadcasts/${await office.write()}/cancel`),
      ["author", "approver", "dutyOfficer", "administrator"],
    ],
    ["GET /alert-templates", (api) => api.get("/alert-templates"), readers],
    ["GET /alerts", (api) => api.get("/alerts"), readers],
    ["GET /alerts/{id}", async (api) => api.get(`/alerts/${await raised()}`), readers],
    ["GET /alerts/{id}/delivery", async (api) => api.get(`/alerts/${await raised()}/delivery`), readers],
    ["POST /alerts", (api) => api.post("/alerts", fire), ["dutyOfficer", "administrator"]],
    [
      "POST /alerts/{id}/confirm",
      async (api) => api.post(`/alerts/${await raised()}/confirm`),
      ["dutyOfficer"],
    ],
    [
      "POST /alerts/{id}/discard",
      async (api) => api.post(`/alerts/${await raised()}/discard`),
      ["dutyOfficer", "administrator"],
    ],
    ["POST /alerts/{id}/end", async (api) => api.post(`/alerts/${await confirmed()}/end`), ["dutyOfficer"]],
    [
      "POST /alerts/{id}/follow-ups",
      async (api) => api.post(`/alerts/${await confirmed()}/follow-ups`, { kind: "allClear" }),
      ["dutyOfficer", "administrator"],
    ],
    ["POST /hazards", (api) => api.post("/hazards", hazard()), ["dutyOfficer", "administrator"]],
    ["GET /hazards", (api) => api.get("/hazards"), readers],
    [
      "GET /hazards/{id}",
      async (api) => {
        const { body } = await world.admin.post("/hazards", hazard());
        return api.get(`/hazards/${String(body["id"])}`);
      },
      readers,
    ],
    ["GET /feeds/maintenance", (api) => api.get("/feeds/maintenance"), readers],
    [
      "PUT /feeds/maintenance",
      (api) => api.put("/feeds/maintenance", { on: true }),
      ["dutyOfficer", "administrator"],
    ],
    ["GET /staff", (api) => api.get("/staff"), ["administrator"]],
    [
      "POST /staff",
      (api) => api.post("/staff", { ...reader, email: `${crypto.randomUUID()}@x.jp` }),
      ["administrator"],
    ],
    [
      "POST /staff/{id}/api-keys",
      async (api) => api.post(`/staff/${(await hire(world, "viewer")).id}/api-keys`, { label: "x" }),
      ["administrator"],
    ],
    [
      "POST /staff/{id}/everyone-right",
      (api) => api.post("/staff/bootstrap/everyone-right", { granted: true }),
      ["administrator"],
    ],
    ["GET /audit/verify", (api) => api.get("/audit/verify"), ["administrator", "auditor"]],
    ["GET /sections", (api) => api.get("/sections"), ["administrator"]],
    ["POST /sections", (api) => api.post("/sections", newSection()), ["administrator"]],
    [
      "PATCH /sections/{id}",
      async (api) => api.patch(`/sections/${await openSection()}`, { categories: [] }),
      ["administrator"],
    ],
    [
      "POST /sections/{id}/remove",
      async (api) => api.post(`/sections/${await openSection()}/remove`),
      ["administrator"],
    ],
  ];

  it.each(table)("%s", async (_name, act, allowed) => {
    const office = await openOffice(world);
    for (const role of roles) {
      const { status, body } = await act(await world.staffWith(role), office);
      if (allowed.includes(role)) expect([role, Math.floor(status / 100)]).toEqual([role, 2]);
      else expect([role, body]).toMatchObject([role, { status: 403, code: "role_missing" }]);
    }
  });

  it("the table above has every route of the description", async () => {
    const { paths } = (await (await fetch(`${world.kairan.url}/api/v1/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace("/api/v1", "")}`),
    );
    const undetermined = "POST /broadcasts/{id}/undetermined";
    const known = [...table.map(([name]) => name), undetermined];
    expect(described.toSorted((a, b) => a.localeCompare(b))).toEqual(
      known.toSorted((a, b) => a.localeCompare(b)),
    );
  });

  it("nobody without a key that is known, and wrong keys do not lock others out", async () => {
    const url = () => world.kairan.url;
    for (const key of [undefined, "", "x", `${adminKey}x`, "kairan_' OR 1=1 --"])
      expect((await createApi(url, key).get("/ward")).body).toMatchObject({
        status: 401,
        code: "not_authenticated",
      });
    const guess = createApi(url, "guess");
    const answers = await Promise.all(Array.from({ length: 150 }, () => guess.get("/ward")));
    expect(answers.at(-1)?.body).toMatchObject({ status: 429, code: "too_many_attempts" });
    expect((await world.admin.get("/ward")).status).toBe(200);
  });

  it("a key is shown once, kept as a hash, and means its owner", async () => {
    const { body: person } = await world.admin.post("/staff", { ...reader, roles: ["author"] });
    const { body: issued } = await world.admin.post(`/staff/${String(person["id"])}/api-keys`, {
      label: "a",
    });
    const key = String(issued["key"]);
    expect((await createApi(() => world.kairan.url, key).post("/broadcasts", draft)).body).toMatchObject({
      authorId: person["id"],
    });
    expect(JSON.stringify((await world.admin.get("/staff")).body)).not.toContain(key);
    expect((await world.admin.post("/staff/nobody/api-keys", { label: "a" })).body).toMatchObject({
      status: 404,
    });
    expect((await world.admin.post("/staff", { ...reader, name: "other" })).body).toMatchObject({
      status: 409,
    });
  });
});

describe("problems", () => {
  it("are problem details in Japanese or English, as the caller asks", async () => {
    const english = await world.admin.get("/broadcasts/nope", { "accept-language": "en" });
    expect(english.headers.get("content-type")).toContain("application/problem+json");
    expect(english.body).toMatchObject({
      status: 404,
      code: "not_found",
      type: "urn:kairan:problem:not_found",
    });
    const japanese = await world.admin.get("/broadcasts/nope", { "accept-language": "ja,en;q=0.5" });
    expect(japanese.body["code"]).toBe("not_found");
    expect(japanese.body["title"]).toMatch(/[ぁ-ん]/);
    expect(english.body["title"]).toMatch(/^[\x20-\x7e]+$/);
  });

  it.each<[string, unknown, string]>([
    ["an empty audience", { ...draft, audience: {} }, "audience"],
    [
      "an unknown category",
      { ...draft, audience: { categories: { anyOf: ["nope"] } } },
      "audience.categories.anyOf",
    ],
    ["an unknown part", { ...draft, audience: { planets: { anyOf: ["x"] } } }, "audience.planets"],
    [
      "everyone and more",
      { ...draft, audience: { ...everyone, languages: { anyOf: ["ja"] } } },
      "audience.everyone",
    ],
    [
      "months reversed",
      { ...draft, audience: { children: { bornFrom: "2024-05", bornTo: "2024-04" } } },
      "audience.children",
    ],
    ["no title", { ...draft, title: " " }, "title"],
    ["no contents", { ...draft, contents: {} }, "contents"],
    ["a time that is none", { ...draft, sendAt: "tomorrow" }, "sendAt"],
    ["a time that is over", { ...draft, sendAt: "2020-01-01T00:00:00Z" }, "sendAt"],
    [
      "a day that is none",
      { ...draft, repeat: { cron: "0 9 * * *", except: ["2027-02-30"] } },
      "repeat.except.0",
    ],
    [
      "time and repeat",
      { ...draft, sendAt: "2040-01-01T00:00:00Z", repeat: { cron: "0 9 * * *" } },
      "repeat",
    ],
    ["a field that is unknown", { ...draft, audiense: everyone }, "audiense"],
    ["a list", [draft], ""],
  ])("%s is 422 and names its field", async (_name, body, field) => {
    const answer = await world.admin.post("/broadcasts", body);
    expect(answer.body).toMatchObject({ status: 422, code: "invalid" });
    const errors = answer.body["errors"] as { field: string; message: string }[];
    expect(errors.map((each) => each.field)).toContain(field);
    for (const { message } of errors) expect(message).not.toBe("");
    expect((await world.admin.get("/broadcasts")).body["broadcasts"]).toEqual([]);
  });

  it("bodies that are not JSON, too large, or of another kind are told so, and nothing is a 500", async () => {
    const post = (body: string, type = "application/json") =>
      fetch(`${world.kairan.url}/api/v1/broadcasts`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${adminKey}`, "content-type": type },
      });
    for (const body of ["{", "null", "\u0000", '{"a":', "[".repeat(100_000)])
      expect((await post(body)).status).toBe(400);
    expect((await post(JSON.stringify({ title: "x".repeat(1_100_000) }))).status).toBe(413);
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
      expect([415, 422]).toContain((await post("title=x", type)).status);
    for (const title of ["\u0000", "\u202e", "__proto__", "'; DROP TABLE broadcasts; --", "🏳️‍🌈".repeat(9)]) {
      const { status, body } = await world.admin.post("/broadcasts", { ...draft, title });
      expect([status, body["title"]]).toEqual([201, title]);
    }
    expect((await post(`{"title":"\\ud800","audience":{"everyone":true},"contents":{}}`)).status).toBe(422);
    for (const id of ["%00", "..%2f..", "a".repeat(5_000), "%F0%9F%98%80", "' OR 1=1"])
      expect((await world.admin.get(`/broadcasts/${id}`)).status).toBe(404);
    const proto =
      '{"title":"t","audience":{"everyone":true},"contents":{"__proto__":{"title":"x","body":"y"}}}';
    expect((await post(proto)).status).toBe(422);
    expect((await world.admin.get("/ward")).status).toBe(200);
  });

  it("the ward answers where its shelters are, by what names, and what JMA calls the ward", async () => {
    const { body } = await world.admin.get("/ward");
    expect(body["shelters"]).toHaveLength(8);
    expect(body["shelters"]).toContainEqual(
      expect.objectContaining({
        id: "elementary1",
        districts: ["chuo", "ekimae"],
        names: expect.objectContaining({ en: "Mihon No. 1 Elementary School" }),
        addresses: expect.objectContaining({ ja: "みほん区中央2-3-1" }),
      }),
    );
    expect(body["jma"]).toMatchObject({ municipality: "1310900", rivers: ["130005000100"] });
  });

  it("unknown routes are 404, known ones with another method 405", async () => {
    expect((await world.admin.get("/nope")).body).toMatchObject({ status: 404, code: "not_found" });
    expect((await world.admin.patch("/ward", {})).body).toMatchObject({
      status: 405,
      code: "method_not_allowed",
    });
  });

  it("a caller that goes away in the middle of its body harms nobody", async () => {
    await new Promise<void>((resolve) => {
      const headers = {
        authorization: `Bearer ${adminKey}`,
        "content-type": "application/json",
        "content-length": 100,
      };
      const post = request(`${world.kairan.url}/api/v1/broadcasts`, { method: "POST", headers });
      post.on("error", () => resolve());
      post.write("{", () => post.destroy(new Error("gone")));
    });
    expect((await world.admin.get("/ward")).status).toBe(200);
  });
});

describe("repeated requests", () => {
  const keyed = { "idempotency-key": "k1" };
  const count = async () => ((await world.admin.get("/broadcasts")).body["broadcasts"] as unknown[]).length;

  it("with one key are done once and answered alike, also after a restart", async () => {
    const first = await world.admin.post("/broadcasts", draft, keyed);
    const second = await world.admin.post("/broadcasts", draft, keyed);
    await world.restart();
    const third = await world.admin.post("/broadcasts", draft, keyed);
    expect([second.body, third.body]).toEqual([first.body, first.body]);
    expect([second.status, second.headers.get("idempotent-replayed")]).toEqual([201, "true"]);
    expect(await count()).toBe(1);
  });

  it("at the same moment make one", async () => {
    const all = await Promise.all(
      Array.from({ length: 5 }, () => world.admin.post("/broadcasts", draft, keyed)),
    );
    const made = all.filter(({ status }) => status === 201).map(({ body }) => body["id"]);
    expect(new Set(made).size).toBe(1);
    for (const { status, body } of all)
      if (status !== 201) expect(body).toMatchObject({ status: 409, code: "request_in_progress" });
    expect(await count()).toBe(1);
  });

  it("with another body are refused, and another person's key is another key", async () => {
    await world.admin.post("/broadcasts", draft, keyed);
    const other = await world.admin.post("/broadcasts", { ...draft, title: "other" }, keyed);
    expect(other.body).toMatchObject({ code: "idempotency_key_reused" });
    const author = await world.staffWith("author");
    expect((await author.post("/broadcasts", draft, keyed)).status).toBe(201);
    expect(await count()).toBe(2);
  });

  it("what was refused may be tried again with the same key", async () => {
    expect((await world.admin.post("/broadcasts", { ...draft, title: "" }, keyed)).status).toBe(422);
    expect((await world.admin.post("/broadcasts", draft, keyed)).status).toBe(201);
  });
});

describe("changing a draft", () => {
  it("leaves absent fields as they are, and null takes a time away", async () => {
    const { body } = await world.admin.post("/broadcasts", { ...draft, sendAt: "2040-01-01T09:00" });
    const path = `/broadcasts/${String(body["id"])}`;
    const { body: changed } = await world.admin.patch(path, { title: "New" });
    expect(changed).toMatchObject({
      title: "New",
      sendAt: "2040-01-01T00:00:00.000Z",
      contents: contentsInAll,
    });
    expect((await world.admin.patch(path, { sendAt: null })).body).toMatchObject({
      title: "New",
      sendAt: null,
    });
  });

  it("says when somebody was faster", async () => {
    const { body } = await world.admin.post("/broadcasts", draft);
    const path = `/broadcasts/${String(body["id"])}`;
    const seen = { "if-match": String(body["version"]) };
    const change = (title: string) =>
      fetch(`${world.kairan.url}/api/v1${path}`, {
        method: "PATCH",
        body: JSON.stringify({ title }),
        headers: { authorization: `Bearer ${adminKey}`, "content-type": "application/json", ...seen },
      });
    expect((await change("first")).status).toBe(200);
    expect((await change("second")).status).toBeGreaterThanOrEqual(409);
    expect((await world.admin.get(path)).body["title"]).toBe("first");
  });
});

describe("lists", () => {
  it("are in pages, newest first, without holes or doubles", async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index++)
      ids.unshift(
        String((await world.admin.post("/broadcasts", { ...draft, title: `${index}` })).body["id"]),
      );
    const seen: string[] = [];
    let before = "";
    for (;;) {
      const { body } = await world.admin.get(`/broadcasts?limit=3${before}`);
      seen.push(...(body["broadcasts"] as { id: string }[]).map(({ id }) => id));
      if (body["next"] === null) break;
      before = `&before=${body["next"] as string}`;
    }
    expect(seen).toEqual(ids);
    for (const query of ["limit=0", "limit=x", "limit=9999", "state=nope", "unknown=1"])
      expect((await world.admin.get(`/broadcasts?${query}`)).status).toBe(422);
  });
});

describe("what nobody outside sees", () => {
  it("no answer, metric or header carries a resident's id (invariant 10)", async () => {
    const users = await seedResidents(world.config, world.line, 30);
    const office = await openOffice(world);
    const id = await office.send();
    await office.sent(id);
    const pages = await Promise.all([
      ...["/metrics", "/readyz", "/healthz"].map(async (path) =>
        (await fetch(`${world.kairan.url}${path}`)).text(),
      ),
      ...["/broadcasts", `/broadcasts/${id}`, `/broadcasts/${id}/delivery`, "/staff", "/ward"].map(
        async (path) => JSON.stringify((await world.admin.get(path)).body),
      ),
    ]);
    expect(users).toHaveLength(30);
    expect(pages.filter((text) => /U[0-9a-f]{32}/.test(text))).toEqual([]);
  });
});
