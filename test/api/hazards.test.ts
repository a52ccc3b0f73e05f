import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../support/api.ts";
import { adminKey, type World, startWorld } from "../support/world.ts";

const secret = "the-secret-of-the-wards-sirens-0123456789";
let world: World;
let viewer: Api;
beforeAll(async () => {
  world = await startWorld({ environment: { HAZARD_HOOK_SECRET: secret } });
  viewer = await world.staffWith("viewer");
}, 60_000);
afterAll(() => world.end());

let counted = 0;
function report(given: Record<string, unknown> = {}): Record<string, unknown> {
  counted += 1;
  return {
    id: `report-${counted}`,
    sender: "bosai@mihon.example",
    sent: new Date().toISOString(),
    status: "Actual",
    msgType: "Alert",
    event: "避難指示",
    kind: "evacuation",
    level: 4,
    severity: "urgentWarning",
    title: "避難指示が出ました",
    text: "危険な場所から全員避難してください。",
    ...given,
  };
}

function cap(identifier: string, inner = ""): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>${identifier}</identifier><sender>bosai@mihon.example</sender>
  <sent>${new Date().toISOString().replace(/\.\d+Z$/, "+00:00")}</sent>
  <status>Actual</status><msgType>Alert</msgType><scope>Public</scope>${inner}
  <info><language>ja</language><category>Safety</category><event>避難指示</event>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>
    <headline>避難指示</headline><description>避難してください。</description>
    <area><areaDesc>みほん区</areaDesc></area></info>
</alert>`;
}

interface Sent {
  status: number;
  body: Record<string, unknown>;
}

async function post(body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Sent> {
  const response = await fetch(`${world.kairan.url}/api/v1/hazards`, { method: "POST", headers, body });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>) };
}
const withKey = { authorization: `Bearer ${adminKey}` };
const json = { "content-type": "application/json" };

function signed(body: string, at = Math.floor(Date.now() / 1000), key = secret): Record<string, string> {
  const signature = createHmac("sha256", key).update(`${at}.${body}`).digest("hex");
  return { "x-kairan-timestamp": String(at), "x-kairan-signature": `sha256=${signature}` };
}

describe("POST /hazards", () => {
  it("takes a report with a key: a draft waits for a person, and the answer says by which rule and why", async () => {
    const { status, body } = await world.admin.post("/hazards", report());
    expect([status, body["decision"], body["rule"]]).toEqual([201, "draft", "ownSystems"]);
    expect(String((body["ruleWhy"] as Record<string, string>)["en"])).toContain("duty officer");
    expect(body["reasons"]).toContainEqual({
      code: "rule",
      ja: "規則「ownSystems」に当てはまりました。",
      en: "The rule “ownSystems” fits.",
    });
    const [alertId] = body["alertIds"] as string[];
    const alert = await world.admin.get(`/alerts/${alertId}`);
    expect(alert.body).toMatchObject({ state: "draft", mode: "live" });
    expect(JSON.stringify(alert.body["contents"])).toContain("危険な場所から全員避難してください。");
  });

  it("hears the same id once, and answers what was decided before", async () => {
    const said = report();
    const first = await world.admin.post("/hazards", said);
    const second = await world.admin.post("/hazards", said, { "idempotency-key": "k" });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
  });

  it("takes CAP 1.2", async () => {
    for (const type of ["application/cap+xml", "application/xml", "text/xml; charset=utf-8"]) {
      counted += 1;
      const sent = await post(cap(`cap-${counted}`), { ...withKey, "content-type": type });
      expect(sent).toMatchObject({ status: 201, body: { type: "cap", decision: "draft" } });
    }
  });

  it("an exercise leads to nothing", async () => {
    const { body } = await world.admin.post("/hazards", report({ status: "Exercise" }));
    expect(body).toMatchObject({ decision: "nothing", alertIds: [], reasons: [{ code: "exercise" }] });
  });

  it("takes a device by its signature alone", async () => {
    const body = JSON.stringify(report());
    const sent = await post(body, { ...json, ...signed(body) });
    expect(sent).toMatchObject({ status: 201, body: { receivedFrom: "device" } });
  });

  it.each<[string, (body: string) => Record<string, string>]>([
    ["nothing to know it by", () => ({})],
    ["a wrong signature", (body) => signed(`${body} `)],
    ["another secret", (body) => signed(body, undefined, `${secret}x`)],
    [
      "a signature without its time",
      (body) => ({ "x-kairan-signature": signed(body)["x-kairan-signature"] ?? "" }),
    ],
    ["a time without its signature", () => ({ "x-kairan-timestamp": "1" })],
    ["an old signature", (body) => signed(body, Math.floor(Date.now() / 1000) - 301)],
    ["a signature from the future", (body) => signed(body, Math.floor(Date.now() / 1000) + 301)],
    ["a right key beside a wrong signature", (body) => ({ ...withKey, ...signed(`${body} `) })],
    ["a wrong key beside a right signature", (body) => ({ ...signed(body), authorization: "Bearer nobody" })],
  ])("refuses %s", async (_name, headers) => {
    const body = JSON.stringify(report());
    expect(await post(body, { ...json, ...headers(body) })).toMatchObject({
      status: 401,
      body: { code: "not_authenticated" },
    });
  });

  it("is not for everybody with a key", async () => {
    expect(await viewer.post("/hazards", report())).toMatchObject({ status: 403 });
  });

  it.each<[string, string | Uint8Array<ArrayBuffer>, string, number, string]>([
    ["no JSON", "{", "application/json", 400, "malformed_json"],
    ["nothing at all", "", "application/json", 400, "malformed_json"],
    ["bytes that are no text", new Uint8Array([0x22, 0xff, 0x22]), "application/json", 400, "malformed_json"],
    ["JSON of another shape", "[1]", "application/json", 422, "invalid"],
    ["JSON with a stranger's field", '{"__proto__":{"id":"x"},"id":1}', "application/json", 422, "invalid"],
    ["very deep JSON", "[".repeat(500_000), "application/json", 400, "malformed_json"],
    ["no XML", "<alert>", "application/xml", 400, "malformed_xml"],
    ["a document type", "<!DOCTYPE a><a/>", "application/xml", 400, "malformed_xml"],
    ["XML that is no CAP", "<a/>", "text/xml", 422, "invalid"],
    ["CAP without what it needs", cap(""), "text/xml", 422, "invalid"],
    ["a form", "a=b", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
    ["too much", "x".repeat(1_100_000), "application/json", 413, "too_large"],
  ])("refuses %s, and says what to mend", async (_name, body, type, status, code) => {
    const sent = await post(body, { ...withKey, "content-type": type });
    expect([sent.status, sent.body["code"]]).toEqual([status, code]);
    expect(String(sent.body["detail"]).length).toBeGreaterThan(10);
  });
});

describe("a report that is refused", () => {
  const listed = async () =>
    (await viewer.get("/hazards?source=inbound&limit=200")).body["hazards"] as Record<string, unknown>[];
  const refused = (all: Record<string, unknown>[]) =>
    all.filter(({ telegramId }) => String(telegramId).startsWith("refused,"));

  it("is on record for the duty officers, once, with the reason and without a draft", async () => {
    const before = refused(await listed()).length;
    const body = JSON.stringify(report({ title: "避難指示（川端）", level: 9 }));
    for (let times = 0; times < 2; times += 1)
      expect((await post(body, { ...json, ...signed(body) })).status).toBe(422);
    const records = refused(await listed());
    expect(records).toHaveLength(before + 1);
    expect(records[0]).toMatchObject({
      title: "避難指示（川端）",
      status: "unknown",
      receivedFrom: "device",
      decision: "nothing",
      alertIds: [],
      reasons: [{ code: "unreadReport", ja: expect.stringContaining("level") }],
    });
    const xml = "<alarm>";
    expect((await post(xml, { "content-type": "text/xml", ...signed(xml) })).status).toBe(400);
    expect(refused(await listed())[0]).toMatchObject({ type: "cap", title: "CAP 1.2" });
  });

  it("is not, when nobody knows who sent it or they may not report", async () => {
    const before = (await listed()).length;
    const body = JSON.stringify(report({ level: 9 }));
    expect((await post(body, { ...json, ...signed(`${body} `) })).status).toBe(401);
    expect((await viewer.post("/hazards", report({ level: 9 }))).status).toBe(403);
    expect(await listed()).toHaveLength(before);
  });

  it("does not fill the record when a system sends ever new ones", async () => {
    for (let count = 0; count < 20; count += 1)
      expect((await world.admin.post("/hazards", report({ level: 9 }))).status).toBe(422);
    expect(refused(await listed())).toHaveLength(12);
    expect((await world.admin.post("/hazards", report())).status).toBe(201);
  });
});

describe("GET /hazards", () => {
  it("shows what came in, newest first, by page, to everybody on the staff", async () => {
    const { body: last } = await world.admin.post("/hazards", report());
    const page = await viewer.get("/hazards?limit=1&source=inbound");
    expect(page.body).toMatchObject({ hazards: [{ id: last["id"] }], next: last["id"] });
    const older = await viewer.get(`/hazards?limit=1&before=${String(last["id"])}`);
    expect((older.body["hazards"] as { id: string }[])[0]?.id).not.toBe(last["id"]);
    expect((await viewer.get(`/hazards/${String(last["id"])}`)).body).toEqual(last);
    expect((await viewer.get("/hazards/nothing")).status).toBe(404);
    expect((await viewer.get("/hazards?limit=0")).status).toBe(422);
  });

  it("is described, with what the hook takes", async () => {
    const { body } = await world.admin.get("/openapi.json");
    const paths = body["paths"] as Record<string, Record<string, Record<string, unknown>>>;
    const hook = paths["/api/v1/hazards"]?.["post"]?.["requestBody"] as { content: object };
    expect(Object.keys(hook.content)).toEqual([
      "application/json",
      "application/cap+xml",
      "application/xml",
      "text/xml",
    ]);
    expect(paths["/api/v1/feeds/maintenance"]).toHaveProperty("put");
  });
});

describe("/feeds/maintenance", () => {
  const put = async (body: unknown, key = adminKey): Promise<Sent> => {
    const response = await fetch(`${world.kairan.url}/api/v1/feeds/maintenance`, {
      method: "PUT",
      headers: { ...json, authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it("is switched on and off, with a note and an end", async () => {
    expect((await viewer.get("/feeds/maintenance")).body).toMatchObject({ on: false });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    expect(await put({ on: true, until, note: "受信機の交換" })).toMatchObject({
      status: 200,
      body: { on: true, until, note: "受信機の交換" },
    });
    expect((await viewer.get("/feeds/maintenance")).body).toMatchObject({ on: true });
    expect((await put({ on: false })).body).toMatchObject({ on: false, until: null });
  });

  it("refuses an end that is over, and what it does not know", async () => {
    expect(await put({ on: true, until: "2020-01-01T00:00:00Z" })).toMatchObject({
      status: 422,
      body: { errors: [{ field: "until", code: "already_over" }] },
    });
    expect((await put({ on: "yes" })).status).toBe(422);
    expect((await put({ on: true, note: "x".repeat(501) })).status).toBe(422);
  });
});
