import { afterEach, beforeEach, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { quickReplyMessage, rowsOf } from "../../src/simulator/phones/rows.ts";

let simulator: Simulator;
let hanako: string;

beforeEach(async () => {
  simulator = await startSimulator({ startAt: Date.UTC(2026, 10, 20, 14, 50) });
  hanako = simulator.platform.addUser({ displayName: "花子", state: "friend" });
});
afterEach(async () => await simulator.close());

const rows = () => rowsOf(simulator.platform.inbox(hanako));
const kinds = () => rows().map((row) => row.kind);
const chips = () => quickReplyMessage(simulator.platform.inbox(hanako));

const ask = { type: "postback", label: "A", data: "a" } as const;
const where = { type: "location", label: "B" } as const;

async function send(messages: object[], notificationDisabled = false) {
  const { url, platform } = simulator;
  const answered = await fetch(`${url}/v2/bot/message/push`, {
    method: "POST",
    headers: { authorization: `Bearer ${platform.channel.accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ to: hanako, messages, notificationDisabled }),
  });
  expect(answered.status).toBe(200);
}

const push = (...messages: object[]) => send(messages);

const pushQuestion = () =>
  push({
    type: "text",
    text: "?",
    quickReply: { items: [ask, where].map((action) => ({ type: "action", action })) },
  });

test("a day's name stands before the day's first line, by Tokyo's calendar", async () => {
  await simulator.platform.say(hanako, "23:50");
  simulator.platform.clock.advance(20 * 60_000);
  await simulator.platform.say(hanako, "0:10");
  expect(kinds()).toEqual(["day", "sent", "day", "sent"]);
});

test("several messages of one request hang together under one avatar", async () => {
  await push({ type: "text", text: "1" }, { type: "text", text: "2" });
  expect(rows().map((row) => row.kind === "received" && row.continued)).toEqual([false, false, true]);
});

test("a silent tap leaves no line, a speaking one does, and a message is not said twice", async () => {
  const { platform } = simulator;
  await platform.press(hanako, ask);
  expect(kinds()).toEqual([]);
  await platform.press(hanako, { ...ask, displayText: "I chose A" });
  await platform.press(hanako, { type: "message", label: "C", text: "c" });
  expect(kinds()).toEqual(["day", "sent", "sent"]);
});

test("a message taken back leaves a note in its place", async () => {
  await simulator.platform.say(hanako, "oops");
  const before = rows()[1]?.mark;
  await simulator.platform.unsend(hanako);
  expect(kinds()).toEqual(["day", "unsent"]);
  expect(rows()[1]?.mark).not.toBe(before);
});

test("chips belong to the newest message and go with the next thing said by either side", async () => {
  await pushQuestion();
  expect(chips()).toBeDefined();
  await simulator.platform.say(hanako, "something else");
  expect(chips()).toBeUndefined();
  await pushQuestion();
  await push({ type: "text", text: "never mind" });
  expect(chips()).toBeUndefined();
});

test("a tapped chip takes the others with it, even if it says nothing", async () => {
  await pushQuestion();
  await simulator.platform.press(hanako, { type: "postback", label: "elsewhere", data: "menu" });
  expect(chips()).toBeDefined();
  await simulator.platform.press(hanako, ask);
  expect(chips()).toBeUndefined();
});

test("a chip that only begins something stays until it is done", async () => {
  await pushQuestion();
  await simulator.platform.press(hanako, where);
  expect(chips()).toBeDefined();
  await simulator.platform.sendLocation(hanako, { latitude: 35, longitude: 139 });
  expect(chips()).toBeUndefined();
});

test("what the bot sent quietly makes no noise", async () => {
  await push({ type: "text", text: "loud" });
  await send([{ type: "text", text: "quiet" }], true);
  expect(rows().flatMap((row) => (row.kind === "received" ? [row.loud] : []))).toEqual([true, false]);
});
