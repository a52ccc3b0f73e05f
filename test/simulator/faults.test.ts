import { expect, test } from "vitest";
import { refusal, startLine, text } from "./support.ts";

async function lineWithFriend() {
  const line = await startLine();
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  const push = () => line.client.pushMessage({ to: hanako, messages: [text("1")] });
  return { ...line, hanako, push };
}

test("a request can be accepted and its answer lost", async () => {
  const { platform, push, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "acceptThenDrop", times: 1 });
  await expect(push()).rejects.toThrow("fetch failed");
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
  await platform.waitUntil(() => platform.requests("push")[0]?.durationMs);
  expect(platform.requests("push")[0]).toMatchObject({ decided: 200, fault: "acceptThenDrop" });
  expect(platform.requests("push")[0]).not.toHaveProperty("status");
  await push();
});

test("a request can be accepted and answered 500", async () => {
  const { platform, push, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "acceptThen500", times: 1 });
  expect(await refusal(push())).toMatchObject({ status: 500 });
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
});

test("a request can be accepted and answered late", async () => {
  const { platform, push, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "acceptThenDelay", ms: 60, times: 1 });
  const sending = push();
  await platform.waitUntil(() => platform.ledger.copiesOf(hanako) === 1);
  expect(platform.requests("push")[0]?.durationMs).toBeUndefined();
  await sending;
  expect(platform.requests("push")[0]).toMatchObject({ decided: 200, fault: "acceptThenDelay" });
});

test("a request can be accepted and answered with half a JSON", async () => {
  const { platform, push, client, hanako } = await lineWithFriend();
  platform.faults.add({ on: "*", does: "acceptThenGarbage", times: 2 });
  await expect(push()).rejects.toThrow(SyntaxError);
  await expect(client.multicast({ to: [hanako], messages: [text("2")] })).rejects.toThrow(SyntaxError);
  expect(platform.ledger.copiesOf(hanako)).toBe(2);
});

test.each([
  ["refuse500", 500, "Internal Server Error"],
  ["refuse503", 503, "Service Unavailable"],
  ["refuse429", 429, "The API rate limit has been exceeded. Try again later."],
  ["refuseQuota", 429, "You have reached your monthly limit."],
  ["refuse401", 401, expect.stringContaining("invalid token")],
] as const)("%s refuses without accepting", async (does, status, message) => {
  const { platform, push, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does, times: 1 });
  expect(await refusal(push())).toEqual({ status, body: { message } });
  expect(platform.ledger.copiesOf(hanako)).toBe(0);
  await push();
});

test("a connection can be cut before anything was accepted", async () => {
  const { platform, push, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "dropBeforeAccept", times: 1 });
  await expect(push()).rejects.toThrow("fetch failed");
  expect(platform.ledger.copiesOf(hanako)).toBe(0);
});

test("a captive portal answers 200 in LINE's place, without a request id", async () => {
  const { platform, request, hanako } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "redirect302" });
  const answer = await request("POST", "/v2/bot/message/push", {
    json: { to: hanako, messages: [text("1")] },
  });
  expect([answer.status, answer.redirected, answer.headers.get("x-line-request-id")]).toEqual([
    200,
    true,
    null,
  ]);
  const portal = await request("POST", "/v2/bot/message/push", { json: {}, redirect: "manual" });
  expect([portal.status, portal.headers.get("x-line-request-id")]).toEqual([302, null]);
  expect(platform.ledger.copiesOf(hanako)).toBe(0);
});

test("a lost answer strikes accepted requests only", async () => {
  const { platform, client, hanako, push } = await lineWithFriend();
  platform.faults.add({ on: "push", does: "acceptThen500", times: 1 });
  expect(await refusal(client.pushMessage({ to: hanako, messages: [] }))).toMatchObject({ status: 400 });
  expect(platform.faults.list()).toMatchObject([{ struck: 0 }]);
  expect(await refusal(push())).toMatchObject({ status: 500 });
});

test("rules are listed, counted, used up and removed", async () => {
  const { platform, push, client } = await lineWithFriend();
  const first = platform.faults.add({ on: "push", does: "refuse500", times: 1 });
  const second = platform.faults.add({ on: "push", does: "refuse503" });
  expect(await refusal(push())).toMatchObject({ status: 500 });
  expect(await refusal(push())).toMatchObject({ status: 503 });
  await client.getBotInfo();
  expect(platform.faults.list()).toMatchObject([
    { id: first.id, struck: 1 },
    { id: second.id, struck: 1 },
  ]);
  expect(platform.faults.remove(second.id)).toBe(true);
  await push();
  platform.faults.add({ on: "*", does: "refuse500" });
  platform.faults.clear();
  await push();
});

test("chance is repeatable: the same seed strikes the same requests", async () => {
  const strikes = async (seed: number) => {
    const { client, platform } = await startLine({ seed });
    platform.faults.add({ on: "botInfo", does: "refuse500", probability: 0.5 });
    const outcomes: boolean[] = [];
    for (let count = 0; count < 20; count += 1)
      outcomes.push(
        await client.getBotInfo().then(
          () => true,
          () => false,
        ),
      );
    return outcomes;
  };
  const first = await strikes(7);
  expect(await strikes(7)).toEqual(first);
  expect(await strikes(8)).not.toEqual(first);
  expect(new Set(first).size).toBe(2);
});

test("an outage cuts every API request, and leaves the people's side alone", async () => {
  const { platform, push, url, hanako } = await lineWithFriend();
  platform.network.down = true;
  await expect(push()).rejects.toThrow("fetch failed");
  await expect(fetch(`${url}/v2/bot/info`)).rejects.toThrow("fetch failed");
  expect((await fetch(`${url}/_simulator/network`)).status).toBe(200);
  platform.network.down = false;
  await push();
  expect(platform.ledger.copiesOf(hanako)).toBe(1);
  expect(platform.requests("unknown").map((record) => record.fault)).toEqual(["outage", "outage"]);
});

test("going offline refuses connections, and the same address answers again afterwards", async () => {
  const { push, goOffline, goOnline } = await lineWithFriend();
  await goOffline();
  const failure = await push().catch((error: unknown) => error);
  expect((failure as Error).cause).toMatchObject({ code: "ECONNREFUSED" });
  await goOnline();
  await push();
});

test("latency holds every request a little", async () => {
  const { platform, push } = await lineWithFriend();
  platform.network.latency = { minMs: 20, maxMs: 40 };
  await push();
  await platform.waitUntil(() => platform.requests("push")[0]?.durationMs);
  expect(platform.requests("push")[0]?.durationMs).toBeGreaterThanOrEqual(19);
});
