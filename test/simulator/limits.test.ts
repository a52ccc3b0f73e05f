import { expect, test } from "vitest";
import { refusal, startLine, text } from "./support.ts";

test("a bucket holds as many requests as the limit allows in its window, and refills evenly", async () => {
  const line = await startLine();
  const { platform, client } = line;
  const to = [platform.addUser({ displayName: "花子", state: "friend" })];
  platform.clock.freeze();
  const send = () => client.multicast({ to, messages: [text("1")] });

  await Promise.all(Array.from({ length: 200 }, send));
  expect(await refusal(send())).toEqual({
    status: 429,
    body: { message: "The API rate limit has been exceeded. Try again later." },
  });
  platform.clock.advance(5);
  await send();
  expect(await refusal(send())).toMatchObject({ status: 429 });
  expect(platform.ledger.batches()).toHaveLength(201);
});

test("each endpoint has its own bucket", async () => {
  const { platform, client } = await startLine({ rateLimitFactor: 0.01 });
  platform.clock.freeze();
  const to = platform.addUser({ displayName: "花子", state: "friend" });
  await client.multicast({ to: [to], messages: [text("1")] });
  await client.multicast({ to: [to], messages: [text("1")] });
  expect(await refusal(client.multicast({ to: [to], messages: [text("1")] }))).toMatchObject({ status: 429 });
  await client.pushMessage({ to, messages: [text("1")] });
});

test("a limit scaled to next to nothing still lets one request through now and then", async () => {
  const { platform, client } = await startLine({ rateLimitFactor: 0.0001 });
  platform.clock.freeze();
  await client.getBotInfo();
  platform.clock.advance(4_900);
  expect(await refusal(client.getBotInfo())).toMatchObject({ status: 429 });
  platform.clock.advance(100);
  await client.getBotInfo();
});

test("limits can be switched off and on again", async () => {
  const { platform, client } = await startLine();
  platform.clock.freeze();
  platform.limits.set("botInfo", { count: 1, perMs: 1_000 });
  platform.limits.off();
  await client.getBotInfo();
  await client.getBotInfo();
  platform.limits.on();
  await client.getBotInfo();
  expect(await refusal(client.getBotInfo())).toMatchObject({ status: 429 });
});

test("the monthly quota counts people reached, refuses what would pass it, and lets replies through", async () => {
  const { platform, client } = await startLine();
  const friends = ["一", "二", "三"].map((displayName) => platform.addUser({ displayName, state: "friend" }));
  const blocked = platform.addUser({ displayName: "四", state: "blocked" });
  expect(await client.getMessageQuota()).toEqual({ type: "none" });
  platform.quota.limit = { type: "limited", value: 5 };

  await client.multicast({ to: [...friends, blocked], messages: [text("1"), text("2")] });
  expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 3 });
  expect(await refusal(client.multicast({ to: friends, messages: [text("3")] }))).toEqual({
    status: 429,
    body: { message: "You have reached your monthly limit." },
  });
  expect(platform.ledger.batches()).toHaveLength(1);
});

test("the quota starts anew with the month in Japan", async () => {
  const { platform, client } = await startLine({ startAt: Date.parse("2027-01-31T23:59:00+09:00") });
  platform.quota.limit = { type: "limited", value: 1 };
  const to = platform.addUser({ displayName: "花子", state: "friend" });
  await client.pushMessage({ to, messages: [text("1")] });
  expect(await refusal(client.pushMessage({ to, messages: [text("2")] }))).toMatchObject({ status: 429 });
  platform.clock.advance(60_000);
  await client.pushMessage({ to, messages: [text("2")] });
  expect(platform.quota.used()).toBe(1);
});

test("consumption can lag behind", async () => {
  const { platform, client } = await startLine({ switches: { consumptionLagMs: 60_000 } });
  const to = platform.addUser({ displayName: "花子", state: "friend" });
  await client.pushMessage({ to, messages: [text("1")] });
  expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 0 });
  platform.clock.advance(60_000);
  expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 1 });
});
