import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer, ResidentEvent } from "../../../src/conversation/conversation.ts";
import type { InboxEvent } from "../../../src/line/inbox/inbox-event.ts";
import { createInboxStore } from "../../../src/line/inbox/store.ts";
import { createInboxWorker } from "../../../src/line/inbox/work-off.ts";
import type { Occasion } from "../../../src/line/speak.ts";
import { createLogger } from "../../../src/shared/logger.ts";
import { nameThisProcess } from "../../../src/shared/process-owner.ts";
import { createTestClock, openTestDatabase } from "../../support/database.ts";
import { waitFor } from "../../support/wait-for.ts";

const self = nameThisProcess(0);
const dead = self.replace(`:${process.pid}:`, ":999999999:");
const alive = self.replace(`:${process.pid}:`, `:${process.ppid}:`);

let clock: ReturnType<typeof createTestClock>;
let opened: ReturnType<typeof openTestDatabase>;
let store: ReturnType<typeof createInboxStore>;
let begun: Worker[];

interface Worker {
  start(): Promise<void>;
  stop(): Promise<void>;
  poke(): void;
}

beforeEach(() => {
  clock = createTestClock();
  opened = openTestDatabase(clock);
  store = createInboxStore(opened.db);
  begun = [];
});
afterEach(async () => {
  for (const worker of begun) await worker.stop();
  opened.remove();
});

const answer: Answer = { messages: [{ type: "text", text: "答え" }], language: "ja" };

/** What somebody wrote; whether it may be answered. */
function wrote(id: string, userId: string, replyToken?: string): InboxEvent {
  const event: InboxEvent = { id, userId, what: { kind: "text", at: clock.now(), text: id } };
  return replyToken === undefined ? event : { ...event, replyToken };
}

/** A worker whose conversation is the test's; `done` lists what was handled, in order. */
function createWorker(
  converse: (event: ResidentEvent) => Promise<Answer | undefined> = async () => undefined,
  speak: (occasion: Occasion) => Promise<"replied"> = async () => "replied",
) {
  const [done, said, shown]: [string[], Occasion[], (string | undefined)[]] = [[], [], []];
  const worker = createInboxWorker({
    store,
    clock,
    log: createLogger("silent"),
    owner: self,
    converse: async (event) => {
      const spoken = await converse(event);
      done.push(event.kind === "text" ? event.text : event.kind);
      return spoken;
    },
    speak: async (occasion) => {
      said.push(occasion);
      return speak(occasion);
    },
    showMenu: async (_, language) => void shown.push(language),
  });
  begun.push(worker);
  return { ...worker, done, said, shown };
}

const empty = () => waitFor("the inbox to be empty", async () => (await store.waiting()) === 0);

/** A promise that the test keeps when it likes. */
function promised(): { promise: Promise<void>; keep: () => void } {
  let keep = () => {};
  const promise = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { promise, keep };
}

const row = (id: string) =>
  opened.db.sqlite
    .prepare<
      [string],
      { user_id: string | null; payload: string | null; attempts: number; handled_at: number | null }
    >("SELECT user_id, payload, attempts, handled_at FROM inbox_events WHERE event_id = ?")
    .get(id);

describe("at the start", () => {
  it("what was stored and not yet begun is done", async () => {
    await store.add([wrote("a", "U1"), wrote("b", "U2")], clock.now());
    const worker = createWorker();
    await worker.start();
    await empty();
    expect(worker.done.toSorted()).toEqual(["a", "b"]);
  });

  it("what a process was doing when it died is done at once, and answered as perhaps said already", async () => {
    await store.add([wrote("a", "U1", "token")], clock.now());
    await store.claim(dead, clock.now(), clock.now() + 120_000, 32);
    const worker = createWorker(async () => answer);
    await worker.start();
    await empty();
    expect(worker.said).toMatchObject([{ eventId: "a", replyToken: "token", maybeAnswered: true }]);
  });

  it("what another living process is doing is left to it until its lease is over", async () => {
    await store.add([wrote("a", "U1")], clock.now());
    await store.claim(alive, clock.now(), clock.now() + 120_000, 32);
    await store.add([wrote("b", "U2")], clock.now());
    const worker = createWorker();
    await worker.start();
    await waitFor("the free event", () => worker.done.includes("b"));
    await waitFor("nothing but the leased event", async () => (await store.waiting()) === 1);
    expect(worker.done).toEqual(["b"]);
    clock.advance(120_000);
    worker.poke();
    await empty();
    expect(worker.done).toEqual(["b", "a"]);
  });
});

describe("handling", () => {
  it("once done an event is a bare id, which a repetition does not wake (invariants 2 and 10)", async () => {
    const worker = createWorker(async () => answer);
    await store.add([wrote("a", "U1", "token")], clock.now());
    worker.poke();
    await empty();
    expect(row("a")).toEqual({ user_id: null, payload: null, attempts: 1, handled_at: clock.now() });
    await store.add([wrote("a", "U1", "token"), wrote("b", "U1", "token")], clock.now());
    worker.poke();
    await waitFor("the other event", () => worker.done.includes("b"));
    expect([worker.done, worker.said.length]).toEqual([["a", "b"], 2]);
  });

  it("an event that comes again before it is done is one event, with a reply token that lives anew", async () => {
    const first = clock.now();
    await store.add([wrote("a", "U1", "token")], first);
    clock.advance(60_000);
    await store.add([wrote("a", "U1", "token")], clock.now());
    const worker = createWorker(async () => answer);
    worker.poke();
    await empty();
    expect(worker.said).toMatchObject([{ at: first, receivedAt: first + 60_000, maybeAnswered: false }]);
  });

  it("an event without reply token is done and not answered, but the menu follows the language", async () => {
    await store.add([wrote("a", "U1")], clock.now());
    const worker = createWorker(async () => answer);
    worker.poke();
    await waitFor("the menu", () => worker.shown.length > 0);
    expect([worker.said, worker.shown]).toEqual([[], ["ja"]]);
  });

  it("a follow is a greeting, nothing else is", async () => {
    const follow: InboxEvent = { id: "f", userId: "U1", what: { kind: "follow", at: 1 }, replyToken: "t" };
    await store.add([follow, wrote("a", "U1", "t")], clock.now());
    const worker = createWorker(async () => answer);
    worker.poke();
    await empty();
    expect(worker.said.map(({ isGreeting }) => isGreeting)).toEqual([true, false]);
  });

  it("the events of one resident are done one after the other, in the order they came", async () => {
    const ids = Array.from({ length: 80 }, (_, index) => String(index).padStart(2, "0"));
    let [underWay, most] = [0, 0];
    const worker = createWorker(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return undefined;
    });
    await store.add(
      ids.map((id) => wrote(id, "U1")),
      clock.now(),
    );
    worker.poke();
    await empty();
    expect([worker.done, most]).toEqual([ids, 1]);
  });

  it("one resident's slow event does not keep others waiting", async () => {
    const { promise, keep } = promised();
    const worker = createWorker(async (event) => {
      if (event.userId === "U1") await promise;
      return undefined;
    });
    await store.add([wrote("slow", "U1"), wrote("behind", "U1"), wrote("other", "U2")], clock.now());
    worker.poke();
    await waitFor("the other resident", () => worker.done.includes("other"));
    expect(worker.done).toEqual(["other"]);
    keep();
    await empty();
    expect(worker.done).toEqual(["other", "slow", "behind"]);
  });

  it("more events than are done at a time are all done", async () => {
    const events = Array.from({ length: 200 }, (_, index) => wrote(`e${index}`, `U${index}`));
    await store.add(events, clock.now());
    let [underWay, most] = [0, 0];
    const worker = createWorker(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return undefined;
    });
    worker.poke();
    await empty();
    expect(new Set(worker.done).size).toBe(200);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(32);
  });
});

describe("an event that fails", () => {
  it("does not keep others waiting, is tried again later and later, and is given up after five times", async () => {
    const tried: number[] = [];
    const began = clock.now();
    const worker = createWorker(async (event) => {
      if (event.userId !== "bad") return undefined;
      tried.push(clock.now() - began);
      throw new Error("no");
    });
    await store.add([wrote("a", "bad"), wrote("b", "U1"), wrote("c", "bad2")], clock.now());
    worker.poke();
    await waitFor("the others", () => worker.done.length === 2);
    for (const [index, wait] of [2_000, 4_000, 8_000, 16_000].entries()) {
      await waitFor(
        "the attempt to be noted",
        () => row("a")?.attempts === index + 1 && tried.length === index + 1,
      );
      await waitFor("the pause to be noted", () => leasedUntil("a") === clock.now() + wait);
      clock.advance(wait - 1);
      worker.poke();
      await store.add([wrote(`between ${index}`, "U1")], clock.now());
      worker.poke();
      await waitFor("another event", () => worker.done.includes(`between ${index}`));
      expect(tried).toHaveLength(index + 1);
      clock.advance(1);
      worker.poke();
      await waitFor("the next attempt", () => tried.length === index + 2);
    }
    await empty();
    expect(tried).toEqual([0, 2_000, 6_000, 14_000, 30_000]);
    expect(row("a")).toMatchObject({ payload: null, attempts: 5 });
  });

  it("because of speaking is tried again as perhaps answered", async () => {
    let failures = 1;
    const worker = createWorker(
      async () => answer,
      async () => {
        if (failures-- > 0) throw new Error("no");
        return "replied";
      },
    );
    await store.add([wrote("a", "U1", "t")], clock.now());
    worker.poke();
    await waitFor("the pause", () => (leasedUntil("a") ?? 0) === clock.now() + 2_000);
    clock.advance(2_000);
    worker.poke();
    await empty();
    expect(worker.said.map(({ maybeAnswered }) => maybeAnswered)).toEqual([false, true]);
  });
});

function leasedUntil(id: string): number | undefined {
  return opened.db.sqlite
    .prepare<[string], number>("SELECT leased_until FROM inbox_events WHERE event_id = ?")
    .pluck()
    .get(id);
}

describe("stopping", () => {
  it("waits for what is under way and begins nothing new; the rest is done at the next start", async () => {
    const { promise, keep } = promised();
    const worker = createWorker(async () => promise.then(() => undefined));
    await store.add([wrote("a", "U1")], clock.now());
    worker.poke();
    await waitFor("the event to be under way", () => row("a")?.attempts === 1);
    let stopped = false;
    const stopping = worker.stop().then(() => {
      stopped = true;
    });
    await store.add([wrote("b", "U2")], clock.now());
    worker.poke();
    await new Promise(setImmediate);
    expect(stopped).toBe(false);
    keep();
    await stopping;
    expect([worker.done, await store.waiting()]).toEqual([["a"], 1]);
    const next = createWorker();
    await next.start();
    await empty();
    expect(next.done).toEqual(["b"]);
  });
});

describe("handled ids", () => {
  it("are forgotten when they are old, a few at a time; what waits is never forgotten", async () => {
    await store.add([wrote("a", "U1"), wrote("b", "U2"), wrote("c", "U3")], clock.now());
    const worker = createWorker();
    worker.poke();
    await empty();
    await store.add([wrote("waiting", "U4")], clock.now());
    const handledAt = clock.now();
    expect(await store.purge(handledAt, 10)).toBe(0);
    expect(await store.purge(handledAt + 1, 2)).toBe(2);
    expect(await store.purge(handledAt + 1, 2)).toBe(1);
    expect(await store.purge(handledAt + 1, 2)).toBe(0);
    expect(await store.waiting()).toBe(1);
  });
});
