import { EventEmitter } from "node:events";
import type { Request, Response } from "express";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Broadcast } from "../../src/broadcasts/broadcast.ts";
import { streamProgress } from "../../src/console/broadcasts/live-page.tsx";
import { createPaceMeter, overallPace } from "../../src/console/broadcasts/pace-meter.ts";
import { createProgressFeed, phaseOf } from "../../src/console/broadcasts/progress-feed.ts";
import { type SignedInPage, sayIn } from "../../src/console/page.ts";
import { type Delivery, batchStates } from "../../src/outbox/order.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, createMovableClock, openOffice } from "../support/sending.ts";
import { type Visitor, visit } from "../support/visitor.ts";
import { waitFor } from "../support/wait-for.ts";
import { mihonProfile } from "../support/wards.ts";
import { type World, startWorld } from "../support/world.ts";

describe("watching a broadcast go", () => {
  let world: World;
  let office: Office;
  let viewer: Visitor;
  const clock = createMovableClock();
  let logins: { staffId: string; name: string; role: string }[] = [];

  beforeEach(async () => {
    world = await startWorld({
      overrides: { clock, demoLogins: () => logins },
      environment: { LINE_MULTICASTS_PER_SECOND: "4" },
    });
    office = await openOffice(world);
    const { body } = await world.admin.post("/staff", { name: "v", email: "v@x.jp", roles: ["viewer"] });
    logins = [{ staffId: String(body["id"]), name: "v", role: "viewer" }];
    viewer = visit(world);
    await viewer.post("/console/sign-in", { staffId: String(body["id"]) });
  });
  afterEach(() => world.end());

  function watch(id: string, shown: string): Promise<globalThis.Response> {
    const cookie = [...viewer.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const address = `${world.kairan.url}/console/broadcasts/${id}/live?shown=${shown}`;
    return fetch(address, { headers: { cookie }, redirect: "manual" });
  }

  it("tells how far it is until it is over, and then once that it is", async () => {
    await seedResidents(world.config, world.line, 3_000);
    const id = await office.send({ title: "Live" });
    await waitFor("the beginning", async () => (await office.read(id))["state"] === "sending");
    const sending = await watch(id, "sending");
    expect(sending.headers.get("content-type")).toContain("text/event-stream");
    const events = (await sending.text()).split("\n\n").filter((event) => event !== "");
    const counts = events.map((event) => Number(/class="total">([\d,]+)/.exec(event)?.[1]?.replace(",", "")));
    expect(events.at(-1)).toMatch(/^event: over\n/);
    expect(events.filter((event) => event.startsWith("event: over"))).toHaveLength(1);
    expect(events.length).toBeGreaterThan(1);
    expect(counts.slice(0, -1)).toEqual(counts.slice(0, -1).toSorted((one, other) => one - other));
    expect(events.at(-2)).toMatch(/LINE受付.*順番待ち.*日本語/s);
    expect(events.join("")).not.toContain("届き");
    await office.sent(id);
    expect(await (await watch(id, "sending")).text()).toBe("event: over\ndata: \n\n");
  });

  it("asks for a session, but keeps none alive", async () => {
    const id = await office.send({ sendAt: new Date(clock.now() + 86_400_000).toISOString() });
    clock.advance(29 * 60_000);
    const open = await watch(id, "approved");
    expect(open.status).toBe(200);
    clock.advance(2 * 60_000);
    expect((await viewer.get("/console")).status).toBe(303);
    expect((await watch(id, "approved")).status).toBe(303);
    await open.body?.cancel();
  });

  it("does not keep the program from ending", async () => {
    const id = await office.send({ sendAt: new Date(clock.now() + 86_400_000).toISOString() });
    const open = await watch(id, "approved");
    await world.restart();
    expect(await open.text()).toContain("event: progress");
  }, 10_000);

  it("there is nothing to watch of what does not exist", async () => {
    expect((await watch("nope", "sending")).status).toBe(404);
  });
});

const delivery = (accepted: number, pending: number): Delivery => ({
  planned: accepted + pending,
  planning: false,
  firstRequestAt: 0,
  lastAcceptedAt: accepted === 0 ? undefined : 5_000,
  byLanguage: {},
  ...(Object.fromEntries(batchStates.map((state) => [state, 0])) as Record<
    (typeof batchStates)[number],
    number
  >),
  accepted,
  pending,
});

describe("the feed behind it", () => {
  const log = createLogger("silent");
  let asked = 0;
  let accepted = 0;
  let state = "sending";
  const makeFeed = () =>
    createProgressFeed({
      store: {
        find: async (id) => {
          asked += 1;
          return { id, state, begunAt: 0 } as unknown as Broadcast;
        },
      },
      deliveries: { of: async () => delivery(accepted, 1_000 - accepted) },
      hold: () => undefined,
      clock: { now: () => Date.now() },
      log,
    });

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, accepted, state] = [0, 0, "sending"];
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("looks once a second however many watch, and not at all when nobody does", async () => {
    const feed = makeFeed();
    const told = [0, 0, 0];
    const ends = told.map((_, index) => feed.follow("a", () => (told[index] = (told[index] ?? 0) + 1)));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toBe(6);
    expect(told).toEqual([6, 6, 6]);
    for (const end of ends) end();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([asked, feed.watching()]).toEqual([6, 0]);
  });

  it("tells everybody when the program ends, also who comes later", async () => {
    const feed = makeFeed();
    const told: unknown[] = [];
    feed.follow("a", (snapshot) => told.push(snapshot?.broadcast.id));
    await vi.advanceTimersByTimeAsync(0);
    feed.end();
    feed.follow("b", (snapshot) => told.push(snapshot));
    expect(told).toEqual(["a", undefined, undefined]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toBe(1);
  });

  it("a page is over as soon as other acts are possible on it", () => {
    const at = (undetermined: number) =>
      phaseOf({
        broadcast: { state: "sending" } as Broadcast,
        delivery: { ...delivery(1, 1), undetermined },
        pace: { perSecond: undefined, secondsLeft: undefined },
        hold: undefined,
      });
    expect([at(0), at(3), at(5)]).toEqual(["sending", "sending-undetermined", "sending-undetermined"]);
  });

  const sentences = loadSentences();
  const page = {
    language: "ja",
    say: sayIn("ja", sentences.say),
    languageName: (id: string) => id,
    ward: loadWard(mihonProfile),
  } as unknown as SignedInPage;

  function answer() {
    let text = "";
    const response = Object.assign(new EventEmitter(), {
      writableEnded: false,
      set: () => undefined,
      flushHeaders: () => undefined,
      write: (more: string) => (text += more),
      end: () => {
        response.writableEnded = true;
      },
    });
    return { response: response as unknown as Response, said: () => text };
  }

  it("ends a page's stream when its session ends, and the page is loaded anew", async () => {
    const feed = makeFeed();
    let signedIn = true;
    const { response, said } = answer();
    const request = {} as Request;
    streamProgress(feed, async () => signedIn, { page, request, response, id: "a", shown: "sending" });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([response.writableEnded, said().includes("event: over")]).toEqual([false, false]);
    expect(said().match(/: still here/g)).toHaveLength(4);
    signedIn = false;
    await vi.advanceTimersByTimeAsync(5_000);
    expect([response.writableEnded, said().includes("event: over")]).toEqual([true, true]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(feed.watching()).toBe(0);
  });

  it("ends a stream after ten minutes without saying that it is over, so that the browser comes again", async () => {
    const feed = makeFeed();
    const { response, said } = answer();
    streamProgress(feed, async () => true, {
      page,
      request: {} as Request,
      response,
      id: "a",
      shown: "sending",
    });
    await vi.advanceTimersByTimeAsync(599_000);
    expect(response.writableEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([response.writableEnded, said().includes("event: over"), feed.watching()]).toEqual([
      true,
      false,
      0,
    ]);
  });

  it("says nothing again that has not changed", async () => {
    const feed = makeFeed();
    const { response, said } = answer();
    accepted = 1_000;
    streamProgress(feed, async () => true, {
      page,
      request: {} as Request,
      response,
      id: "a",
      shown: "sending",
    });
    await vi.advanceTimersByTimeAsync(30_000);
    // The pace falls to nothing once, when the first look is no longer among those that count.
    expect(said().match(/event: progress/g)?.length).toBeLessThan(5);
  });
});

describe("the pace", () => {
  it("is that of the last seconds, and tells how long the rest takes", () => {
    const meter = createPaceMeter();
    expect(meter.take(delivery(0, 1_000), 0)).toBeUndefined();
    expect(meter.take(delivery(100, 900), 2_000)).toEqual({ perSecond: 50, secondsLeft: 18 });
    for (let at = 3_000; at <= 12_000; at += 1_000) meter.take(delivery(100, 900), at);
    expect(meter.take(delivery(100, 900), 13_000)).toEqual({ perSecond: 0, secondsLeft: undefined });
  });

  it("is that of the whole time where only one moment is known", () => {
    expect(overallPace(undefined, 9_000)).toEqual({ perSecond: undefined, secondsLeft: undefined });
    expect(overallPace(delivery(100, 300), 10_000)).toEqual({ perSecond: 10, secondsLeft: 30 });
    expect(overallPace(delivery(400, 0), 10_000)).toEqual({ perSecond: 80, secondsLeft: undefined });
  });
});
