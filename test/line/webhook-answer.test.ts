import { createHmac } from "node:crypto";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import type { InboxEvent } from "../../src/line/inbox/inbox-event.ts";
import { createInboxStore } from "../../src/line/inbox/store.ts";
import { createWebhook } from "../../src/line/webhook.ts";
import { systemClock } from "../../src/shared/clock.ts";
import { closeServer } from "../../src/shared/listen.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { openTestDatabase } from "../support/database.ts";
import { waitFor } from "../support/wait-for.ts";
import { eventOf } from "../support/webhook.ts";

// The order of things inside the webhook, with a storage that the test holds in its hand.

const secret = "secret";
const userId = `U${"1".repeat(32)}`;

let store: (events: InboxEvent[], receivedAt: number) => Promise<void>;
let stored: InboxEvent[][];
let arrived: number;
let answered: number;
let server: ReturnType<typeof createServer>;
let port: number;
beforeEach(async () => {
  [stored, arrived, answered] = [[], 0, 0];
  store = async () => {};
  const webhook = createWebhook({
    channelSecret: secret,
    clock: systemClock,
    log: createLogger("silent"),
    store: (events, receivedAt) => {
      stored.push(events);
      return store(events, receivedAt);
    },
    arrived: () => {
      arrived += 1;
    },
    answered: () => {
      answered += 1;
    },
  });
  server = createServer(webhook);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  ({ port } = server.address() as AddressInfo);
});
afterEach(async () => {
  server.closeAllConnections();
  await closeServer(server);
});

const sign = (body: string | Buffer) => createHmac("sha256", secret).update(body).digest("base64");

async function post(body: string, headers: Record<string, string> = { "x-line-signature": sign(body) }) {
  return (await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers })).status;
}

const bodyOf = (...events: unknown[]) => JSON.stringify({ destination: "x", events });

describe("200", () => {
  it("is said only when the events are stored, and the work is begun only after that (invariant 1)", async () => {
    let commit = () => {};
    store = () =>
      new Promise((resolve) => {
        commit = resolve;
      });
    let status: number | undefined;
    const posting = post(bodyOf(eventOf(userId, {}))).then((said) => {
      status = said;
    });
    await waitFor("the events to reach the storage", () => stored.length === 1);
    // Another post goes through in the meantime: had the first been answered, it would have been by now.
    expect(await post(bodyOf())).toBe(200);
    expect([status, answered, arrived]).toEqual([undefined, 1, 1]);
    commit();
    await posting;
    expect([status, answered, arrived]).toEqual([200, 2, 2]);
  });

  it("means that another process finds the events on the disk", async () => {
    const { db, url, remove } = openTestDatabase();
    const other = openDatabase(url);
    store = createInboxStore(db).add;
    const events = [1, 2, 3].map(() => eventOf(userId, {}));
    expect(await post(bodyOf(...events))).toBe(200);
    expect(other.sqlite.prepare("SELECT event_id FROM inbox_events ORDER BY seq").pluck().all()).toEqual(
      events.map((event) => event["webhookEventId"]),
    );
    other.close();
    remove();
  });

  it("needs no storage when no event concerns a resident", async () => {
    expect(await post(bodyOf())).toBe(200);
    expect(await post(bodyOf(eventOf(userId, { type: "somethingNew" })))).toBe(200);
    expect(stored).toEqual([]);
  });

  it("is said to a body of a megabyte, and not to one byte more", async () => {
    const padded = (size: number) => {
      const empty = JSON.stringify({ events: [], padding: "" });
      return JSON.stringify({ events: [], padding: "x".repeat(size - empty.length) });
    };
    expect(await post(padded(1_000_000))).toBe(200);
    expect(await post(padded(1_000_001))).toBe(413);
  });
});

describe("anything else", () => {
  it("is said when storing fails, and nothing is begun: 503", async () => {
    store = async () => {
      throw new Error("disk full");
    };
    expect(await post(bodyOf(eventOf(userId, {})))).toBe(503);
    expect(arrived).toBe(0);
  });

  it("comes before the storage is asked: size before signature, signature before content", async () => {
    const large = " ".repeat(1_000_001);
    expect(await post(large)).toBe(413);
    expect(await post(large, { "x-line-signature": "wrong" })).toBe(413);
    expect(await post("not JSON", { "x-line-signature": "wrong" })).toBe(401);
    expect(await post("not JSON")).toBe(400);
    expect(await post(bodyOf(eventOf(userId, {})), { "x-line-signature": sign(bodyOf()) })).toBe(401);
    expect([stored, arrived]).toEqual([[], 0]);
  });

  it("is a signature that is nearly right: cut, lengthened, of another case, secret or spelling", async () => {
    const body = bodyOf();
    const right = sign(body);
    const others = [
      right.slice(0, -4),
      right.slice(0, 8),
      `AAAA${right}`,
      right.toUpperCase(),
      createHmac("sha256", "another").update(body).digest("base64"),
      createHmac("sha256", secret).update(body).digest("hex"),
    ];
    for (const signature of others)
      expect([signature, await post(body, { "x-line-signature": signature })]).toEqual([signature, 401]);
    expect(await post(body, { "X-LINE-SIGNATURE": right })).toBe(200);
  });

  it("is nothing at all to somebody who hangs up in the middle: half a body is never an event", async () => {
    const body = bodyOf(eventOf(userId, {}));
    await new Promise<void>((resolve) => {
      const headers = { "content-length": body.length + 10, "x-line-signature": sign(body) };
      const half = request({ port, method: "POST", headers });
      half.on("error", () => resolve());
      half.write(body, () => half.destroy());
    });
    expect(await post(bodyOf())).toBe(200);
    await waitFor("nobody to be connected", () => connections().then((count) => count <= 1));
    expect([stored, answered]).toEqual([[], 1]);
  });
});

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

describe("what is kept of an event", () => {
  const kept = async (event: unknown) => {
    stored.length = 0;
    expect(await post(bodyOf(event))).toBe(200);
    return stored[0]?.[0];
  };

  it("is what the resident did, and no more of it than a command can be (invariant 10)", async () => {
    const at = Date.now() - 5;
    const long = "あ".repeat(5_000);
    const base = { timestamp: at, replyToken: "t", webhookEventId: "e" };
    const read = (more: Record<string, unknown>) => kept(eventOf(userId, { ...base, ...more }));
    expect(await read({ type: "message", message: { type: "text", text: long, id: "1" } })).toEqual({
      id: "e",
      userId,
      replyToken: "t",
      what: { kind: "text", at, text: "あ".repeat(100) },
    });
    expect(await read({ type: "message", message: { type: "image", id: "1" } })).toMatchObject({
      what: { kind: "other", at },
    });
    const params = { date: "2026-04-01T00:00" };
    expect(await read({ type: "postback", postback: { data: "d".repeat(1_000), params } })).toMatchObject({
      what: { kind: "tap", at, data: "d".repeat(300), date: "2026-04-01" },
    });
    expect(await read({ type: "unfollow", replyToken: undefined })).toEqual({
      id: "e",
      userId,
      what: { kind: "leave", at },
    });
  });

  it("is a time that can be: not from the far future, not before 1970, not missing", async () => {
    const now = Date.now();
    const timeOf = async (timestamp: unknown) => (await kept(eventOf(userId, { timestamp })))?.what.at ?? 0;
    expect(await timeOf(now - 86_400_000)).toBe(now - 86_400_000);
    expect(await timeOf(1.5)).toBe(1);
    for (const nonsense of [-1, "yesterday", null, undefined])
      expect(await timeOf(nonsense)).toBeGreaterThanOrEqual(now);
    const ahead = await timeOf(9e15);
    expect(ahead).toBeGreaterThanOrEqual(now + 300_000);
    expect(ahead).toBeLessThanOrEqual(Date.now() + 300_000);
  });

  it("an event without an id is known by its content, also when it is delivered again", async () => {
    const event = { ...eventOf(userId, {}), webhookEventId: undefined };
    const first = await kept(event);
    const again = await kept({ ...event, deliveryContext: { isRedelivery: true } });
    const other = await kept({ ...event, timestamp: 1 });
    expect(first?.id).toMatch(/^sha256:/);
    expect(again?.id).toBe(first?.id);
    expect(other?.id).not.toBe(first?.id);
  });

  it("in standby, and in any mode that is not known, nothing may be answered", async () => {
    for (const mode of ["standby", "somethingNew"]) {
      expect(await kept(eventOf(userId, { mode, replyToken: "t" }))).not.toHaveProperty("replyToken");
      const text = { type: "message", message: { type: "text", text: "設定" } };
      expect(await kept(eventOf(userId, { mode, ...text }))).toBeUndefined();
    }
  });
});
