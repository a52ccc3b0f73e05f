import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { nameThisProcess } from "../../src/shared/process-owner.ts";
import { waitFor } from "../support/wait-for.ts";
import { eventOf, postEvents, postSlowly, postWebhook, signatureOf } from "../support/webhook.ts";
import { type World, startWorld } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.end());

const somebody = (index = 1) => `U${String(index).padStart(32, "0")}`;

function residents(): { line_user_id: string; standing: string }[] {
  const db = openDatabase(world.config.databaseUrl);
  const rows = db.sqlite
    .prepare<[], { line_user_id: string; standing: string }>(
      `SELECT line_user_id, standing FROM residents WHERE line_user_id IS NOT NULL ORDER BY line_user_id`,
    )
    .all();
  db.close();
  return rows;
}

/** A process of this machine that is no more. */
function nameOfTheDead(): string {
  return nameThisProcess(0).replace(`:${process.pid}:`, ":999999999:");
}

async function handled(): Promise<void> {
  await waitFor("the inbox to be empty", async () =>
    (await (await fetch(`${world.kairan.url}/metrics`)).text()).includes("kairan_inbox_waiting 0"),
  );
}

describe("who may post", () => {
  it("LINE alone: a missing, wrong or foreign signature is 401 and changes nothing", async () => {
    const body = JSON.stringify({ events: [eventOf(somebody(), {})] });
    expect(await postWebhook(world, body, {})).toBe(401);
    expect(await postWebhook(world, body, { "x-line-signature": "" })).toBe(401);
    expect(await postWebhook(world, body, { "x-line-signature": "ü".repeat(8) })).toBe(401);
    expect(await postWebhook(world, body, { "x-line-signature": signatureOf(world, `${body} `) })).toBe(401);
    expect(residents()).toEqual([]);
  });

  it("the signature is of the raw bytes: other spaces and escapes of the same events are another body", async () => {
    const body = JSON.stringify({ events: [] });
    const spaced = ' { "events" : [ ] } ';
    expect(await postWebhook(world, spaced)).toBe(200);
    expect(await postWebhook(world, spaced, { "x-line-signature": signatureOf(world, body) })).toBe(401);
    expect(await postWebhook(world, '{"events":[],"note":"\\ud83d\\ude00"}')).toBe(200);
  });

  it("more than a megabyte is 413 before anything else, said or unsaid, and the next post is answered", async () => {
    expect(await postWebhook(world, Buffer.alloc(1_000_001, 32), {})).toBe(413);
    expect(
      await postSlowly(world, { "content-length": 50_000_000 }, [Buffer.alloc(10)]).catch(() => 413),
    ).toBe(413);
    const chunk = Buffer.alloc(300_000, 32);
    const chunked = { "transfer-encoding": "chunked" };
    expect(await postSlowly(world, chunked, [chunk, chunk, chunk, chunk])).toBe(413);
    expect(await postSlowly(world, chunked, [Buffer.from("{}")])).toBe(401);
    expect(await postEvents(world)).toBe(200);
  });

  it("only posts: other methods are 405", async () => {
    for (const method of ["GET", "PUT", "DELETE", "OPTIONS"])
      expect((await fetch(`${world.kairan.url}/line/webhook`, { method })).status).toBe(405);
  });
});

describe("what is posted", () => {
  it("the verification ping without events is 200", async () => {
    expect(await postEvents(world)).toBe(200);
  });

  it("several events of several people in one post are all kept", async () => {
    const events = [1, 2, 3].map((index) => eventOf(somebody(index), {}));
    expect(await postEvents(world, ...events)).toBe(200);
    await handled();
    expect(residents().map((each) => each.line_user_id)).toEqual([1, 2, 3].map(somebody));
  });

  it("signed bytes that are no webhook are 400, never 500", async () => {
    for (const body of ["", "{", "null", "[]", "7", '"events"', '{"events":{}}', '{"events":null}', "\u0000"])
      expect([body, await postWebhook(world, body)]).toEqual([body, 400]);
    expect(await postWebhook(world, Buffer.from([0xff, 0xfe, 0x7b]))).toBe(400);
  });

  it("unknown events, groups, missing and malformed ids are passed over, and what stands beside them is done", async () => {
    const nobody = [
      null,
      7,
      [],
      {},
      eventOf(somebody(8), { type: "somethingNew" }),
      eventOf(somebody(8), { source: { type: "group", groupId: "C1", userId: somebody(8) } }),
      eventOf(somebody(8), { source: { type: "user" } }),
      eventOf(somebody(8), { source: undefined }),
      eventOf("U1; DROP TABLE residents", {}),
      eventOf(somebody(8), { type: ["follow"] }),
    ];
    expect(await postEvents(world, ...nobody, eventOf(somebody(1), {}))).toBe(200);
    await handled();
    expect(residents().map((each) => each.line_user_id)).toEqual([somebody(1)]);
  });

  it("events of any shape are never answered with an error", async () => {
    const part = fc.jsonValue();
    const event = fc.oneof(
      fc.jsonValue(),
      fc
        .record(
          {
            type: fc.constantFrom("follow", "unfollow", "postback", "message", "x"),
            mode: fc.constantFrom("active", "standby", "x"),
            timestamp: fc.oneof(fc.double(), part),
            source: fc.oneof(fc.constant({ type: "user", userId: somebody(5) }), part),
            webhookEventId: fc.oneof(fc.string(), part),
            replyToken: part,
            postback: fc.oneof(fc.record({ data: fc.string(), params: part }), part),
            message: fc.oneof(fc.record({ type: fc.constant("text"), text: fc.string() }), part),
          },
          { requiredKeys: ["type"] },
        )
        .map((each): unknown => each),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 5 }), async (events) => {
        expect(await postEvents(world, ...events)).toBe(200);
      }),
      { numRuns: 150 },
    );
    await handled();
    expect((await fetch(`${world.kairan.url}/readyz`)).status).toBe(200);
  });

  it("an event without an id is known by its content, however deep the rest of it is", async () => {
    const { timestamp, source, mode } = eventOf(somebody(), {});
    const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    const follow = (more: string) =>
      `{"events":[{"type":"follow","mode":"${String(mode)}","timestamp":${String(timestamp)},` +
      `"source":${JSON.stringify(source)},"webhookEventId":"","more":${more}}]}`;
    for (const levels of [1, 20_000, 150_000])
      expect([levels, await postWebhook(world, follow(deep(levels)))]).toEqual([levels, 200]);
    await postEvents(world, eventOf(somebody(2), { webhookEventId: "" }));
    await handled();
    expect(residents().map((each) => each.line_user_id)).toEqual([somebody(1), somebody(2)]);
    const db = openDatabase(world.config.databaseUrl);
    expect(db.sqlite.prepare("SELECT count(*) AS n FROM inbox_events").get()).toEqual({ n: 2 });
    db.close();
  });

  it("another module's conversation is left alone: in standby who follows is noted and nothing is answered", async () => {
    const { platform } = world.line;
    const userId = platform.addUser({ displayName: "x" });
    await postEvents(world, eventOf(userId, { mode: "standby", replyToken: "t" }));
    await postEvents(
      world,
      eventOf(userId, {
        mode: "standby",
        type: "message",
        replyToken: "t",
        message: { type: "text", text: "設定" },
      }),
    );
    await handled();
    expect(residents()).toEqual([{ line_user_id: userId, standing: "following" }]);
    expect(platform.requests("reply")).toEqual([]);
    expect(platform.requests("push")).toEqual([]);
  });

  it("repeated and reordered events change nothing (invariant 2)", async () => {
    const now = Date.now();
    const follow = eventOf(somebody(), { timestamp: now - 2_000 });
    const leave = eventOf(somebody(), { type: "unfollow", timestamp: now - 1_000 });
    await postEvents(world, leave, follow, leave, follow);
    await postEvents(world, { ...follow, deliveryContext: { isRedelivery: true } });
    await handled();
    expect(residents()).toEqual([{ line_user_id: somebody(), standing: "left" }]);
  });
});

describe("the answer", () => {
  it("is 503 when the events cannot be stored, so that LINE sends them again (invariant 1)", async () => {
    const other = openDatabase(world.config.databaseUrl);
    other.sqlite.exec("ALTER TABLE inbox_events RENAME TO elsewhere");
    const event = eventOf(somebody(), {});
    expect(await postEvents(world, event)).toBe(503);
    other.sqlite.exec("ALTER TABLE elsewhere RENAME TO inbox_events");
    other.close();
    expect(await postEvents(world, { ...event, deliveryContext: { isRedelivery: true } })).toBe(200);
    await handled();
    expect(residents()).toHaveLength(1);
  });
});

describe("after the answer", () => {
  it("an event that was stored and not yet handled is handled at the next start", async () => {
    const { platform } = world.line;
    const userId = platform.addUser({ displayName: "x", state: "friend" });
    await world.kairan.stop();
    const db = openDatabase(world.config.databaseUrl);
    db.sqlite
      .prepare(
        `INSERT INTO inbox_events (event_id, received_at, user_id, payload, owner, leased_until, attempts) VALUES ('e', ?, ?, ?, ?, ?, 1)`,
      )
      .run(
        Date.now(),
        userId,
        JSON.stringify({ what: { kind: "follow", at: Date.now() } }),
        nameOfTheDead(),
        Date.now() + 3_600_000,
      );
    db.close();
    await world.restart();
    await handled();
    expect(residents()).toEqual([{ line_user_id: userId, standing: "following" }]);
  });

  it("one event that cannot be handled does not keep the others waiting", async () => {
    const db = openDatabase(world.config.databaseUrl);
    db.sqlite
      .prepare(`INSERT INTO inbox_events (event_id, received_at, user_id, payload) VALUES ('bad', ?, ?, ?)`)
      .run(Date.now(), somebody(9), JSON.stringify({ what: { kind: "nonsense" } }));
    db.close();
    await postEvents(world, eventOf(somebody(1), {}));
    await waitFor("the other resident", () => residents().some((each) => each.line_user_id === somebody(1)));
  });
});
