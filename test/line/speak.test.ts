import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLine } from "../../src/line/line-client.ts";
import { type Occasion, type Spoken, createSpeak } from "../../src/line/speak.ts";
import type { Message } from "../../src/messages/flex.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type FaultKind, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type AnsweringServer, lineConfig, startAnsweringServer } from "../support/answering-server.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

let simulator: Simulator;
let platform: Simulator["platform"];
let bot: AnsweringServer;
let userId: string;
let speak: (occasion: Occasion, messages: Message[]) => Promise<Spoken>;
beforeEach(async () => {
  simulator = await startSimulator();
  ({ platform } = simulator);
  bot = await startAnsweringServer();
  platform.webhook.url = bot.url;
  platform.clock.freeze();
  userId = platform.addUser({ displayName: "x", state: "friend" });
  const config = { ...lineConfig(simulator.url), credentials: { accessToken: platform.channel.accessToken } };
  speak = createSpeak(createLine(config, platform.clock, 300), platform.clock, createLogger("silent"), 1);
});
afterEach(async () => {
  await simulator.close();
  await bot.close();
});

/** Somebody writes: what the bot knows about it, with a reply token that is alive. */
async function occasion(more: Partial<Occasion> = {}): Promise<Occasion> {
  await platform.say(userId, "設定");
  const { events } = JSON.parse(bot.asked.at(-1)?.body ?? "") as {
    events: { webhookEventId: string; replyToken: string; timestamp: number }[];
  };
  const [event] = events;
  if (event === undefined) throw new Error("No event came.");
  return {
    eventId: event.webhookEventId,
    userId,
    replyToken: event.replyToken,
    receivedAt: platform.clock.now(),
    at: event.timestamp,
    isGreeting: false,
    ...more,
  };
}

const messages: Message[] = [{ type: "text", text: "答え" }];
const via = () => platform.inbox(userId).flatMap((entry) => (entry.from === "bot" ? [entry.via] : []));
const asked = () => ({ reply: platform.requests("reply").length, push: platform.requests("push").length });
const fault = (on: "reply" | "push", does: FaultKind, times?: number) =>
  platform.faults.add({ on, does, ...(times === undefined ? {} : { times }) });

describe("while the reply token lives", () => {
  it("an answer is a reply, up to 50 seconds after the event came", async () => {
    const tap = await occasion();
    platform.clock.advance(50 * second - 1);
    expect(await speak(tap, messages)).toBe("replied");
    expect([via(), asked()]).toEqual([["reply"], { reply: 1, push: 0 }]);
    expect(platform.clientMistakes()).toEqual([]);
  });

  it("what was done long ago and came only now is replied to as well", async () => {
    const tap = await occasion();
    expect(await speak({ ...tap, at: tap.at - 3 * hour }, messages)).toBe("replied");
  });

  it("a reply that LINE could not take is tried again", async () => {
    fault("reply", "refuse500", 1);
    fault("reply", "dropBeforeAccept", 1);
    fault("reply", "refuse429", 1);
    expect(await speak(await occasion(), messages)).toBe("replied");
    expect([via(), asked()]).toEqual([["reply"], { reply: 4, push: 0 }]);
  });

  it.each(["acceptThenDrop", "acceptThen500", "acceptThenDelay", "acceptThenGarbage"] as const)(
    "a reply whose answer was lost (%s) is said once: no push after it",
    async (does) => {
      platform.faults.add({ on: "reply", does, ms: 30_000 });
      expect(await speak(await occasion(), messages)).toBe("replied");
      expect([via(), asked().push]).toEqual([["reply"], 0]);
    },
  );

  it("when nothing is heard at all, saying it once too few is better than twice", async () => {
    fault("reply", "dropBeforeAccept");
    expect(await speak(await occasion(), messages)).toBe("silent");
    expect([via(), asked()]).toEqual([[], { reply: 4, push: 0 }]);
  });

  it("a reply refused for going too fast becomes a push in the end", async () => {
    fault("reply", "refuse429");
    expect(await speak(await occasion(), messages)).toBe("pushed");
    expect([via(), asked()]).toEqual([["push"], { reply: 4, push: 1 }]);
  });

  it("a token that dies while LINE is too busy is not tried any more", async () => {
    const tap = await occasion();
    platform.subscribe((change) => {
      if (change.of === "request" && platform.requests("reply").length === 2) platform.clock.advance(minute);
    });
    fault("reply", "refuse429");
    expect(await speak(tap, messages)).toBe("pushed");
    expect(asked()).toEqual({ reply: 2, push: 1 });
  });

  it("a token that LINE refuses though it should live: a push", async () => {
    expect(await speak(await occasion({ replyToken: "0".repeat(32) }), messages)).toBe("pushed");
    expect([via(), asked()]).toEqual([["push"], { reply: 1, push: 1 }]);
  });

  it("a crash that came after the reply: it is not said again", async () => {
    const tap = await occasion();
    await speak(tap, messages);
    expect(await speak({ ...tap, maybeAnswered: true }, messages)).toBe("replied");
    expect(via()).toEqual(["reply"]);
  });

  it("an attempt that a crash cut short before it said anything is made up for", async () => {
    expect(await speak(await occasion({ maybeAnswered: true }), messages)).toBe("replied");
    expect(via()).toEqual(["reply"]);
  });
});

describe("when the reply token is over", () => {
  it.each([
    ["a tap, just past the token's life", 50 * second, false, "pushed"],
    ["a tap, ten minutes ago", 10 * minute, false, "pushed"],
    ["a tap, longer ago: nobody waits any more", 10 * minute + 1, false, "silent"],
    ["a greeting is owed for a day", 24 * hour, true, "pushed"],
    ["a greeting, longer ago", 24 * hour + 1, true, "silent"],
  ])("%s", async (_, later, isGreeting, spoken) => {
    const event = await occasion({ isGreeting });
    platform.clock.advance(later);
    expect(await speak(event, messages)).toBe(spoken);
    expect([via(), asked()]).toEqual(
      spoken === "pushed" ? [["push"], { reply: 0, push: 1 }] : [[], { reply: 0, push: 0 }],
    );
    expect(platform.clientMistakes()).toEqual([]);
  });

  it("what counts is when the resident acted, not when it reached us", async () => {
    const tap = await occasion();
    platform.clock.advance(minute);
    expect(await speak({ ...tap, at: tap.at - 10 * minute }, messages)).toBe("silent");
    expect(asked()).toEqual({ reply: 0, push: 0 });
  });
});

describe("a push", () => {
  it.each(["acceptThenDrop", "acceptThen500", "acceptThenGarbage"] as const)(
    "whose answer was lost (%s) is repeated under the same key and arrives once",
    async (does) => {
      const tap = await occasion();
      platform.clock.advance(minute);
      fault("push", does, 1);
      expect(await speak(tap, messages)).toBe("pushed");
      expect(via()).toEqual(["push"]);
      expect(platform.requests("push").at(-1)?.status).toBe(409);
      expect(new Set(platform.requests("push").map(({ retryKey }) => retryKey)).size).toBe(1);
    },
  );

  it("has a key that comes from the event: the same after a crash, another for another event", async () => {
    const [first, other] = [await occasion(), await occasion()];
    platform.clock.advance(minute);
    await speak(first, messages);
    await speak({ ...first, maybeAnswered: true }, messages);
    await speak(other, messages);
    const keys = platform.requests("push").map(({ retryKey }) => retryKey);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
    expect(via()).toEqual(["push", "push"]);
  });

  it("is tried a few times and then given up, without an error", async () => {
    const tap = await occasion();
    platform.clock.advance(minute);
    fault("push", "refuse503");
    expect(await speak(tap, messages)).toBe("silent");
    expect(asked().push).toBe(4);
  });

  it("that LINE refuses for certain is not repeated", async () => {
    const tap = await occasion({ userId: "nobody" });
    platform.clock.advance(minute);
    expect(await speak(tap, messages)).toBe("silent");
    expect(asked().push).toBe(1);
  });
});
