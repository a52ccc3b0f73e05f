import { expect, test } from "vitest";
import { sign, toWireBytes } from "../../src/simulator/webhook/signature.ts";
import { validateSignature } from "../support/line-sdk.ts";
import { startBot, startLine, startLineAndBot } from "./support.ts";

async function withFriend(switches = {}) {
  const { line, bot } = await startLineAndBot({ switches });
  const hanako = line.platform.addUser({ displayName: "花子", state: "friend" });
  return { ...line, bot, hanako };
}

const texts = (events: { type: string }[]) =>
  events.map((event) => (event as { message?: { text?: string } }).message?.text);

test("the signature is the one LINE documents", () => {
  const body = '{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}';
  const secret = "8c570fa6dd201bb328f1c1eac23a96d8";
  const signature = sign(Buffer.from(body), secret);
  expect(signature).toBe("GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs=");
  expect(validateSignature(body, secret, signature)).toBe(true);
});

test("emoji arrive escaped, and the exact bytes are signed", async () => {
  const { platform, bot, hanako } = await withFriend();
  expect((await platform.say(hanako, "了解👍")).status).toBe(200);
  expect(bot.bodies[0]).toContain("了解\\ud83d\\udc4d");
  expect(texts(bot.events)).toEqual(["了解👍"]);
  expect(toWireBytes("é👍", "nonAscii").toString()).toBe('"\\u00e9\\ud83d\\udc4d"');
  expect(toWireBytes("é👍", "none").toString()).toBe('"é👍"');
});

test("a webhook comes with LINE's headers, destination and common event fields", async () => {
  const { platform, bot, hanako } = await withFriend();
  await platform.say(hanako, "こんにちは");
  expect(bot.headers[0]).toMatchObject({
    "content-type": "application/json; charset=utf-8",
    "user-agent": "LineBotWebhook/2.0",
    "x-line-signature": expect.any(String),
  });
  expect(JSON.parse(bot.bodies[0] ?? "")).toEqual({
    destination: platform.channel.botUserId,
    events: [
      {
        type: "message",
        mode: "active",
        timestamp: expect.any(Number),
        source: { type: "user", userId: hanako },
        webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        deliveryContext: { isRedelivery: false },
        replyToken: expect.any(String),
        message: {
          type: "text",
          id: expect.stringMatching(/^\d{18}$/),
          text: "こんにちは",
          quoteToken: expect.any(String),
          markAsReadToken: expect.any(String),
        },
      },
    ],
  });
});

test("events that pile up travel together, in order", async () => {
  const { platform, bot, hanako } = await withFriend({ eventsPerWebhook: 4 });
  bot.delayMs = 30;
  const words = Array.from({ length: 9 }, (_, index) => String(index));
  await Promise.all(words.map((each) => platform.say(hanako, each)));
  expect(texts(bot.events)).toEqual(words);
  expect(bot.batches).toEqual([4, 4, 1]);
});

test("a bot that does not answer in time, or with an error, or not at all, has failed", async () => {
  const { platform, bot, hanako } = await withFriend({ webhookTimeoutMs: 40 });
  bot.answer = 503;
  expect(await platform.say(hanako, "1")).toMatchObject({ status: 503, reason: "ERROR_STATUS_CODE" });
  bot.delayMs = 200;
  expect(await platform.say(hanako, "2")).toMatchObject({ status: 0, reason: "REQUEST_TIMEOUT" });
  const gone = await startLine();
  await gone.goOffline();
  platform.webhook.url = gone.url;
  expect(await platform.say(hanako, "3")).toMatchObject({ status: 0, reason: "COULD_NOT_CONNECT" });
  platform.webhook.url = undefined;
  expect(await platform.say(hanako, "4")).toMatchObject({ status: 0, reason: "NO_WEBHOOK_URL" });
});

test("redelivery is off until it is switched on", async () => {
  const { platform, bot, hanako } = await withFriend();
  bot.answer = 500;
  await platform.say(hanako, "1");
  platform.clock.advance(24 * 3_600_000);
  await platform.webhook.settled();
  expect(bot.events).toHaveLength(1);
});

test("a failed event is redelivered on schedule until the bot takes it, the same but for its mark", async () => {
  const { platform, bot, hanako } = await withFriend({
    redelivery: true,
    redeliveryAfterMs: [10_000, 60_000, 60_000],
  });
  bot.answer = 500;
  await platform.say(hanako, "1");
  platform.clock.advance(10_000);
  await platform.webhook.settled();
  bot.answer = 200;
  platform.clock.advance(60_000);
  await platform.webhook.settled();
  platform.clock.advance(60_000);
  await platform.webhook.settled();
  const [first, second, third, ...more] = bot.events;
  expect(more).toEqual([]);
  expect(second).toEqual({ ...first, deliveryContext: { isRedelivery: true } });
  expect(third).toEqual(second);
});

test("an event can come twice, marked as redelivered or not", async () => {
  const { platform, bot, hanako } = await withFriend();
  platform.webhook.misbehave({ does: "duplicateMarked", times: 1 });
  await platform.say(hanako, "1");
  await platform.webhook.settled();
  platform.webhook.misbehave({ does: "duplicateUnmarked", times: 1 });
  await platform.say(hanako, "2");
  await platform.webhook.settled();
  expect(texts(bot.events)).toEqual(["1", "1", "2", "2"]);
  expect(bot.events.map((event) => event.deliveryContext.isRedelivery)).toEqual([false, true, false, false]);
  expect(bot.events[1]?.webhookEventId).toBe(bot.events[0]?.webhookEventId);
  expect(bot.batches).toEqual([1, 1, 1, 1]);
});

test("events can change places, and a held one can be let go", async () => {
  const { platform, bot, hanako } = await withFriend();
  platform.webhook.misbehave({ does: "reorder", times: 1 });
  const first = platform.say(hanako, "1");
  await platform.say(hanako, "2");
  await first;
  expect(texts(bot.events)).toEqual(["2", "1"]);

  platform.webhook.misbehave({ does: "reorder", times: 1 });
  const third = platform.say(hanako, "3");
  platform.webhook.releaseHeld();
  expect((await third).status).toBe(200);
});

test("an event can be lost", async () => {
  const { platform, bot, hanako } = await withFriend({ redelivery: true });
  platform.webhook.misbehave({ does: "drop", times: 1 });
  expect(await platform.say(hanako, "1")).toMatchObject({ status: 0, reason: "DROPPED" });
  await platform.say(hanako, "2");
  expect(texts(bot.events)).toEqual(["2"]);
});

test("an event in standby has no reply token, and answering it is a mistake", async () => {
  const { platform, client, bot, hanako } = await withFriend();
  platform.webhook.misbehave({ does: "standby", times: 1 });
  await platform.say(hanako, "1");
  expect(bot.events[0]).toMatchObject({ mode: "standby" });
  expect(bot.events[0]).not.toHaveProperty("replyToken");
  await client.pushMessage({ to: hanako, messages: [{ type: "text", text: "はい" }] });
  expect(platform.clientMistakes()).toMatchObject([{ kind: "answeredStandby" }]);
  await platform.say(hanako, "2");
  await client.pushMessage({ to: hanako, messages: [{ type: "text", text: "はい" }] });
  expect(platform.clientMistakes()).toHaveLength(1);
});

test("a source can come without a user id, and unknown events can come along", async () => {
  const { platform, bot, hanako } = await withFriend();
  platform.webhook.misbehave({ does: "withoutUserId", times: 1 });
  await platform.say(hanako, "1");
  expect(bot.events[0]?.source).toEqual({ type: "user" });
  platform.webhook.misbehave({ does: "unknownEventAlong", times: 1 });
  await platform.say(hanako, "2");
  expect(bot.events.slice(1).map((event): string => event.type)).toEqual(["somethingNew", "message"]);
  expect(bot.batches).toEqual([1, 2]);
});

test("a webhook can be badly signed, and the bot refuses it", async () => {
  const { platform, bot, hanako } = await withFriend();
  platform.webhook.misbehave({ does: "badSignature", times: 1 });
  expect(await platform.say(hanako, "1")).toMatchObject({ status: 401 });
  expect((await platform.say(hanako, "2")).status).toBe(200);
  expect(texts(bot.events)).toEqual(["2"]);
});

test("pings, replays, raw and giant bodies can be sent by hand", async () => {
  const { platform, bot, hanako } = await withFriend();
  expect((await platform.webhook.ping()).status).toBe(200);
  expect(JSON.parse(bot.bodies[0] ?? "")).toEqual({ destination: platform.channel.botUserId, events: [] });
  await platform.say(hanako, "1");
  expect((await platform.webhook.replay()).status).toBe(200);
  expect(bot.bodies[2]).toBe(bot.bodies[1]);
  expect((await platform.webhook.sendRaw('{"events":[]}')).status).toBe(200);
  expect((await platform.webhook.sendRaw('{"events":[]}', "forged")).status).toBe(401);
  await platform.webhook.sendGiant(3_000_000);
  expect(bot.bodies.at(-1)?.length).toBeGreaterThan(3_000_000);
});

test("the bot can set, read and test its webhook through LINE's own API", async () => {
  const { client, platform, request } = await startLine();
  const bot = await startBot(platform.channel.secret);
  expect((await request("GET", "/v2/bot/channel/webhook/endpoint")).status).toBe(404);
  await client.setWebhookEndpoint({ endpoint: bot.url });
  expect(await client.getWebhookEndpoint()).toEqual({ endpoint: bot.url, active: true });
  expect(await client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200 });
  bot.answer = 500;
  expect(await client.testWebhookEndpoint({})).toMatchObject({ success: false, statusCode: 500 });
  for (const endpoint of ["http://example.com/", "nonsense", `https://example.com/${"a".repeat(500)}`]) {
    const answer = await request("PUT", "/v2/bot/channel/webhook/endpoint", { json: { endpoint } });
    expect([answer.status, await answer.json()]).toEqual([400, { message: "Invalid webhook endpoint URL" }]);
  }
});
