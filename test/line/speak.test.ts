import { createServer } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLine } from "../../src/line/line-client.ts";
import { type Occasion, createSpeak } from "../../src/line/speak.ts";
import { closeServer, listen } from "../../src/shared/listen.ts";
import { createLogger } from "../../src/shared/logger.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { createMovableClock } from "../support/sending.ts";

let line: Simulator;
let clock: ReturnType<typeof createMovableClock>;
let userId: string;
beforeEach(async () => {
  line = await startSimulator();
  clock = createMovableClock();
  userId = line.platform.addUser({ displayName: "x", state: "friend" });
});
afterEach(() => line.close());

const hello = [{ type: "text" as const, text: "hello" }];

function speak(occasion: Occasion) {
  const config = {
    channelSecret: line.platform.channel.secret,
    credentials: { accessToken: line.platform.channel.accessToken },
    apiBaseUrl: line.url,
    dataApiBaseUrl: line.url,
    multicastsPerSecond: 200,
  };
  return createSpeak(createLine(config, clock, 300), clock, createLogger("silent"), 1)(occasion, hello);
}

/** Somebody wrote just now; the token that came with it is the newest. */
async function written(more: Partial<Occasion> = {}): Promise<Occasion> {
  let token = "";
  const webhook = createServer((request, response) => {
    let body = "";
    request.on("data", (data: Buffer) => {
      body += data.toString();
    });
    request.on("end", () => {
      token = (JSON.parse(body) as { events: { replyToken?: string }[] }).events[0]?.replyToken ?? "";
      response.end();
    });
  });
  line.platform.webhook.url = await listen(webhook, "127.0.0.1", 0);
  await line.platform.say(userId, "設定");
  webhook.closeAllConnections();
  await closeServer(webhook);
  const now = clock.now();
  return { eventId: "e1", userId, replyToken: token, receivedAt: now, at: now, isGreeting: false, ...more };
}

const fromBot = () => line.platform.inbox(userId).filter(({ from }) => from === "bot");

describe("saying something to one resident", () => {
  it("is by reply while the token lives: free of charge, and once", async () => {
    expect(await speak(await written())).toBe("replied");
    expect(fromBot()).toHaveLength(1);
    expect(line.platform.requests("push")).toEqual([]);
  });

  it("is by push when the token has died and somebody still waits, and the same push is never made twice", async () => {
    const occasion = await written();
    clock.advance(55_000);
    expect(await speak(occasion)).toBe("pushed");
    expect(await speak(occasion)).toBe("pushed");
    expect(fromBot()).toHaveLength(1);
  });

  it("is not at all when nobody waits any more: after ten minutes, or a day for a greeting", async () => {
    const occasion = await written();
    clock.advance(11 * 60_000);
    expect(await speak(occasion)).toBe("silent");
    const greeting = { ...occasion, eventId: "e2", isGreeting: true };
    expect(await speak(greeting)).toBe("pushed");
    clock.advance(24 * 3_600_000);
    expect(await speak({ ...greeting, eventId: "e3" })).toBe("silent");
    expect(fromBot()).toHaveLength(1);
  });

  it("tries again when LINE stumbles before taking it", async () => {
    const occasion = await written();
    line.platform.faults.add({ does: "refuse500", on: "reply", times: 2 });
    expect(await speak(occasion)).toBe("replied");
    expect(fromBot()).toHaveLength(1);
  });

  it("is once too few rather than twice when the answer to a reply was lost", async () => {
    const occasion = await written();
    line.platform.faults.add({ does: "acceptThenDrop", on: "reply", times: 1 });
    expect(["replied", "silent"]).toContain(await speak(occasion));
    expect(fromBot()).toHaveLength(1);
  });

  it("is not repeated by push when a crash came after the reply", async () => {
    const occasion = await written();
    await speak(occasion);
    expect(await speak({ ...occasion, maybeAnswered: true })).toBe("replied");
    expect(fromBot()).toHaveLength(1);
  });

  it("goes by push when LINE refuses the token though it should live", async () => {
    const occasion = await written({ replyToken: "0".repeat(32) });
    expect(await speak(occasion)).toBe("pushed");
    expect(fromBot()).toHaveLength(1);
  });
});
