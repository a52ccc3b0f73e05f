import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Line, createLine } from "../../src/line/line-client.ts";
import { createSendBatch } from "../../src/line/send-batch.ts";
import type { SealedBatch } from "../../src/outbox/outcome.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { lineConfig, startAnsweringServer } from "../support/answering-server.ts";
import { createTestClock } from "../support/database.ts";
import { HTTPFetchError } from "../support/line-sdk.ts";

const minute = 60_000;

let simulator: Simulator;
let platform: Simulator["platform"];
let clock: ReturnType<typeof createTestClock>;
beforeEach(async () => {
  simulator = await startSimulator();
  ({ platform } = simulator);
  clock = createTestClock();
});
afterEach(() => simulator.close());

/** With fifteen-minute tokens, and a moment that passes for both sides. */
function withStatelessTokens(): Line {
  return createLine(
    {
      ...lineConfig(simulator.url),
      credentials: { channelId: platform.channel.id },
      channelSecret: platform.channel.secret,
    },
    clock,
    2_000,
  );
}

function withLongLivedToken(accessToken = platform.channel.accessToken): Line {
  return createLine({ ...lineConfig(simulator.url), credentials: { accessToken } }, clock, 2_000);
}

function pass(ms: number): void {
  clock.advance(ms);
  platform.clock.advance(ms);
}

function batchFor(userId: string): SealedBatch {
  const body = JSON.stringify([{ type: "text", text: "a" }]);
  return { id: 1, retryKey: crypto.randomUUID(), addresses: [userId], body };
}

const ask = (line: Line) => line.call(({ api }) => api.getBotInfo());
const issued = () => platform.requests("issueToken").length;
const statuses = () => platform.requests("botInfo").map(({ status }) => status);
const statusOf = (act: Promise<unknown>) =>
  act.then(
    () => "answered",
    (error: unknown) => (error instanceof HTTPFetchError ? error.status : error),
  );

describe("fifteen-minute tokens", () => {
  it("one serves many calls, also those that ask for it at the same moment", async () => {
    const line = withStatelessTokens();
    await Promise.all([ask(line), ask(line), ask(line)]);
    await ask(line);
    expect([issued(), statuses()]).toEqual([1, [200, 200, 200, 200]]);
  });

  it("are replaced two minutes before they end, so that no call is begun with a dying one", async () => {
    const line = withStatelessTokens();
    await ask(line);
    pass(13 * minute - 2_000);
    await ask(line);
    expect(issued()).toBe(1);
    pass(2_000);
    await ask(line);
    expect(issued()).toBe(2);
    pass(30 * minute);
    await ask(line);
    expect([issued(), statuses()]).toEqual([3, [200, 200, 200, 200]]);
  });

  it("one that LINE ends before its time is renewed, and what was refused is done", async () => {
    const line = withStatelessTokens();
    await ask(line);
    platform.tokens.expireAll();
    await ask(line);
    expect([issued(), statuses()]).toEqual([2, [200, 401, 200]]);
  });

  it("calls that are refused together share the new one", async () => {
    const line = withStatelessTokens();
    await ask(line);
    platform.tokens.expireAll();
    await Promise.all(Array.from({ length: 8 }, () => ask(line)));
    expect(issued()).toBe(2);
    expect(statuses().filter((status) => status === 200)).toHaveLength(9);
  });

  it("a second refusal is told: one renewal for one call, not a storm", async () => {
    const line = withStatelessTokens();
    platform.faults.add({ does: "refuse401", on: "botInfo" });
    expect(await statusOf(ask(line))).toBe(401);
    expect([issued(), statuses()]).toEqual([2, [401, 401]]);
  });

  it.each(["refuse429", "refuse500"] as const)(
    "any other refusal (%s) is told at once, and the token is kept",
    async (does) => {
      const line = withStatelessTokens();
      platform.faults.add({ does, on: "botInfo", times: 1 });
      expect(await statusOf(ask(line))).toBe(Number(does.slice("refuse".length)));
      expect(await statusOf(ask(line))).toBe("answered");
      expect([issued(), statuses().length]).toEqual([1, 2]);
    },
  );

  it("a batch is not tried again by itself except after a 401, which certainly accepted nothing", async () => {
    const line = withStatelessTokens();
    const userId = platform.addUser({ displayName: "x", state: "friend" });
    const batch = {
      id: 1,
      retryKey: crypto.randomUUID(),
      addresses: [userId],
      body: '[{"type":"text","text":"a"}]',
    };
    await ask(line);
    platform.tokens.expireAll();
    expect(await createSendBatch(line)(batch)).toMatchObject({ kind: "accepted" });
    expect(platform.requests("multicast").map(({ status, retryKey }) => [status, retryKey])).toEqual([
      [401, batch.retryKey],
      [200, batch.retryKey],
    ]);
    expect(platform.ledger.copiesOf(userId)).toBe(1);
  });

  it("a wrong channel secret is said to be a matter of credentials", async () => {
    const line = createLine(
      {
        ...lineConfig(simulator.url),
        credentials: { channelId: platform.channel.id },
        channelSecret: "mistyped",
      },
      clock,
      2_000,
    );
    expect(await createSendBatch(line)(batchFor("nobody"))).toMatchObject({ kind: "notAuthorised" });
    expect([issued(), platform.requests("multicast")]).toEqual([1, []]);
  });

  it("once LINE issues them again, no restart is needed", async () => {
    const send = createSendBatch(withStatelessTokens());
    const batch = batchFor(platform.addUser({ displayName: "x", state: "friend" }));
    platform.faults.add({ does: "refuse401", on: "issueToken", times: 1 });
    expect(await send(batch)).toMatchObject({ kind: "notAuthorised" });
    expect(await send(batch)).toMatchObject({ kind: "accepted" });
  });

  it.each(["refuse500", "refuse429", "dropBeforeAccept", "redirect302"] as const)(
    "that cannot be had because of trouble (%s) are no matter of credentials",
    async (does) => {
      platform.faults.add({ does, on: "issueToken" });
      const send = createSendBatch(withStatelessTokens());
      const outcome = await send(batchFor("nobody"));
      expect(outcome.kind).toBe(does === "refuse429" ? "tryLater" : "unknown");
      expect(platform.requests("multicast")).toEqual([]);
    },
  );
});

describe("a long-lived token", () => {
  it("that LINE refuses is not renewed: the refusal is told, and nothing is issued", async () => {
    const line = withLongLivedToken("mistyped");
    expect(await statusOf(ask(line))).toBe(401);
    expect([issued(), statuses()]).toEqual([0, [401]]);
  });

  it("works again when LINE takes it again", async () => {
    const line = withLongLivedToken();
    platform.tokens.revokeLongLived();
    expect(await statusOf(ask(line))).toBe(401);
    platform.tokens.revokeLongLived(false);
    expect(await statusOf(ask(line))).toBe("answered");
    expect(issued()).toBe(0);
  });
});

describe("calls to LINE", () => {
  it("follow no redirect, and end at their time limit", async () => {
    const line = createLine(
      { ...lineConfig(simulator.url), credentials: { accessToken: platform.channel.accessToken } },
      clock,
      100,
    );
    platform.faults.add({ does: "redirect302", on: "botInfo", times: 1 });
    await expect(ask(line)).rejects.toThrow("fetch failed");
    platform.faults.add({ does: "delay", on: "botInfo", ms: 30_000, times: 1 });
    await expect(ask(line)).rejects.toMatchObject({ name: "TimeoutError" });
    expect(platform.requests("unknown")).toEqual([]);
  });

  it("leave other addresses alone: there redirects are for whoever asks to judge", async () => {
    withLongLivedToken();
    const other = await startSimulator();
    other.platform.faults.add({ does: "redirect302", on: "botInfo", times: 1 });
    const response = await fetch(`${other.url}/v2/bot/info`, { redirect: "manual" });
    expect(response.status).toBe(302);
    await other.close();
  });
});

describe("the time limit and the refusal of redirects", () => {
  it("hold for LINE's address while the client is in use, and for nobody who lives there later", async () => {
    const server = await startAnsweringServer();
    server.answer = (_, response) => void response.writeHead(302, { location: "/elsewhere" }).end();
    const visit = () => fetch(server.url, { redirect: "manual" });
    const line = createLine(lineConfig(server.url), clock, 2_000);
    await expect(visit()).rejects.toThrow("fetch failed");
    line.end();
    expect(await visit()).toMatchObject({ status: 302 });
    await server.close();
  });
});
