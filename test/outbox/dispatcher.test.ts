import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { seededRandom } from "../../seeds/residents.ts";
import { createClaimStore } from "../../src/outbox/claim-store.ts";
import type { DispatcherDeps } from "../../src/outbox/dispatcher.ts";
import { lanes } from "../../src/outbox/order.ts";
import { reconcile } from "../../src/outbox/reconcile.ts";
import { createSettleStore } from "../../src/outbox/settle-store.ts";
import { type Outbox, openOutbox } from "../support/outbox.ts";
import { type Does, type Receiver, createReceiver } from "../support/receiver.ts";
import { expectSums } from "../support/sums.ts";
import { waitFor } from "../support/wait-for.ts";

let outbox: Outbox;
let receiver: Receiver;
let running: ReturnType<Outbox["dispatcher"]>[];
let waiting: ((does: Does) => void)[];
beforeEach(() => {
  outbox = openOutbox();
  receiver = createReceiver();
  running = [];
  waiting = [];
});
afterEach(async () => {
  receiver.script = () => undefined;
  answer();
  for (const dispatcher of running) await dispatcher.stop();
  expectSums(outbox.url);
  outbox.remove();
  expect(receiver.changedUnderKey).toEqual([]);
  expect(receiver.doubled()).toEqual([]);
});

function dispatcher(more: Partial<DispatcherDeps> = {}) {
  const made = outbox.dispatcher(receiver.send, more);
  running.push(made);
  return made;
}

/** Many orders for one resident each: as many batches. */
async function batches(count: number, lane: number = lanes.routine): Promise<string[]> {
  const ids: string[] = [];
  for (let made = 0; made < count; made++) ids.push(await outbox.order({ lane }));
  await outbox.plan();
  return ids;
}

/** From now on the receiver answers only when it is told to. */
function answerLater(): void {
  receiver.script = () => new Promise<Does>((resolve) => waiting.push(resolve));
}

function answer(does: Does = "accept"): void {
  for (const tell of waiting.splice(0)) tell(does);
}

const accepted = async (id: string): Promise<number> => (await outbox.delivery(id)).accepted;

describe("the dispatcher", () => {
  it("sends everything that is planned while it is still being planned, and tells of each attempt", async () => {
    const everybody = outbox.people(5_200);
    const id = await outbox.order();
    const outcomes: string[] = [];
    const sending = dispatcher({ attempted: (outcome) => outcomes.push(outcome) });
    await sending.start();
    const planner = outbox.planner(outbox.everybody(), sending.poke);
    planner.poke();
    await waitFor("everybody", async () => (await accepted(id)) === 5_200);
    await planner.stop();
    expect(everybody.filter((each) => receiver.copiesOf(each).length !== 1)).toEqual([]);
    expect(receiver.requests).toHaveLength(11);
    expect(outcomes).toEqual(Array.from({ length: 11 }, () => "accepted"));
  });

  it("keeps places for urgent orders: routine ones never take them all (invariant 7)", async () => {
    outbox.people(1);
    await batches(200);
    answerLater();
    const sending = dispatcher();
    await sending.start();
    await waitFor("all places for routine orders", () => receiver.requests.length >= 128);
    sending.poke();
    const urgent = await batches(32, lanes.urgent);
    sending.poke();
    await waitFor("the urgent requests", () =>
      urgent.every((id) => receiver.requests.some((request) => request.body === `body of ${id}`)),
    );
    expect(sending.status().underWay).toBe(160);
    expect(receiver.requests).toHaveLength(160);
    receiver.script = () => undefined;
    answer();
    await waitFor("the rest", () => receiver.requests.length === 232);
  });

  it("sends an urgent order before the routine ones that were there first (invariant 7)", async () => {
    outbox.people(1);
    await batches(40);
    const [urgent] = await batches(1, lanes.urgent);
    const sending = dispatcher();
    await sending.start();
    await waitFor("all", () => receiver.requests.length === 41);
    expect(receiver.requests[0]?.body).toBe(`body of ${urgent}`);
  });

  it("halves its rate when it is told that it is too fast, goes on, and recovers", async () => {
    outbox.people(1);
    const ids = await batches(60);
    receiver.script = () => (receiver.requests.length === 1 ? "tryLater" : "accept");
    const sending = dispatcher({ requestsPerSecond: 200 });
    await sending.start();
    const slowest = await waitFor("the slower rate", () => {
      const { ratePerSecond } = sending.status();
      return ratePerSecond < 200 && ratePerSecond;
    });
    await waitFor("all", async () => {
      outbox.clock.advance(1_000);
      sending.poke();
      return (await Promise.all(ids.map(accepted))).every((count) => count === 1);
    });
    expect(slowest).toBeLessThan(125);
    expect(sending.status().ratePerSecond).toBeCloseTo(100 + 60 * 0.4);
    expect(receiver.requests).toHaveLength(61);
  });

  it.each(["quotaExhausted", "notAuthorised"] as const)(
    "holds everything while %s lasts, tries with one batch now and then, and resumes alone",
    async (does) => {
      outbox.people(1);
      const ids = await batches(20);
      receiver.script = () => does;
      const sending = dispatcher();
      await sending.start();
      await waitFor("the hold", () => sending.status().hold?.reason === does);
      await waitFor("the requests under way", () => sending.status().underWay === 0);
      const atFirst = receiver.requests.length;
      sending.poke();
      outbox.clock.advance(60_000);
      sending.poke();
      await waitFor("a try", () => receiver.requests.length > atFirst && sending.status().underWay === 0);
      expect(receiver.requests).toHaveLength(atFirst + 1);
      receiver.script = () => undefined;
      outbox.clock.advance(60_000);
      sending.poke();
      await waitFor("all", async () => (await Promise.all(ids.map(accepted))).every(Boolean));
      expect(sending.status().hold).toBeUndefined();
    },
  );

  it("believes after eight requests without an answer that nobody is there, and resumes alone with the same keys", async () => {
    outbox.people(1);
    const ids = await batches(30);
    receiver.script = () => "lostOnTheWay";
    const sending = dispatcher({ requestsPerSecond: 60 });
    await sending.start();
    await waitFor("the hold", () => sending.status().hold?.reason === "unreachable");
    await waitFor("the requests under way", () => sending.status().underWay === 0);
    expect(receiver.requests.length).toBeLessThan(30);
    const before = new Set(receiver.requests.map((request) => request.retryKey));
    receiver.script = () => undefined;
    outbox.clock.advance(1_000);
    sending.poke();
    await waitFor("all", async () => (await Promise.all(ids.map(accepted))).every(Boolean));
    const attempts = receiver.requests.filter((request) => before.has(request.retryKey));
    expect(attempts).toHaveLength(2 * before.size);
    expect(new Set(receiver.requests.map((request) => request.retryKey)).size).toBe(30);
  });

  it("sends nothing of an order that is stopped in mid-send, and the rest of it when it is resumed", async () => {
    outbox.people(3_000);
    const id = await outbox.order();
    await outbox.plan();
    answerLater();
    const sending = dispatcher({ requestsPerSecond: 20 });
    await sending.start();
    await waitFor("the first requests", () => receiver.requests.length === 2);
    await outbox.halt(id);
    answer();
    await waitFor("the requests under way", () => sending.status().underWay === 0);
    const { accepted: before } = await outbox.delivery(id);
    sending.poke();
    expect((await outbox.delivery(id)).pending).toBe(3_000 - before);
    await outbox.open(id);
    receiver.script = () => undefined;
    sending.poke();
    await waitFor("everybody", async () => (await accepted(id)) === 3_000);
  });

  it("two of them on one database double nobody and lose nobody, whatever goes wrong", async () => {
    const count = 6_000;
    const everybody = outbox.people(count, (index) => (index % 3 === 0 ? "en" : "ja"));
    for (const index of [7, 1_500, 5_999]) receiver.unknown.add(everybody[index] ?? "");
    const id = await outbox.order({ bodies: { ja: "ja", en: "en" } });
    const dice = seededRandom(5);
    const misbehaviour: Does[] = ["acceptLosingTheAnswer", "lostOnTheWay", "tryLater", "notAuthorised"];
    receiver.script = () =>
      dice() < 0.3 ? misbehaviour[Math.floor(dice() * misbehaviour.length)] : "accept";

    const second = openDatabase(outbox.url);
    const one = dispatcher();
    const other = dispatcher({
      claims: createClaimStore(second, outbox.ids),
      settles: createSettleStore(second, outbox.ids),
      owner: "another-machine:1:1",
    });
    await Promise.all([one.start(), other.start()]);
    const poke = (): void => {
      one.poke();
      other.poke();
    };
    const planner = outbox.planner(outbox.everybody(), poke);
    planner.poke();
    await waitFor("everybody", async () => {
      outbox.clock.advance(2_000);
      poke();
      const { accepted: done, parked, planning } = await outbox.delivery(id);
      return !planning && done + parked === count;
    });
    await planner.stop();
    for (const each of running) await each.stop();
    second.close();
    expect(await outbox.delivery(id)).toMatchObject({ planned: count, accepted: count - 3, parked: 3 });
    expect(everybody.filter((each) => receiver.copiesOf(each).length !== 1)).toHaveLength(3);
  });

  it("takes over at its start what an earlier run of this machine was sending, not what others are", async () => {
    outbox.people(3);
    const [dead, living, far] = [
      outbox.owner.replace(/:\d+:\d+$/, ":99999999:1"),
      outbox.owner.replace(/:\d+:\d+$/, `:${process.ppid}:1`),
      "another-machine:99999999:1",
    ];
    const ids = await batches(3);
    for (const owner of [dead, living, far]) await outbox.claim({ limit: 1, owner });
    const sending = dispatcher();
    await sending.start();
    await waitFor("what was taken over", async () => (await accepted(ids[0] ?? "")) === 3);
    sending.poke();
    expect(await Promise.all(ids.map(accepted))).toEqual([3, 0, 0]);
    expect(receiver.requests).toHaveLength(1);
  });

  it("ends after the requests that are under way, those being claimed at that moment included", async () => {
    outbox.people(1);
    answerLater();
    const sending = dispatcher();
    await sending.start();
    const ids = await batches(12);
    sending.poke();
    let over = false;
    const stopped = sending.stop().then(() => (over = true));
    await waitFor("the requests that were claimed", () => waiting.length > 0);
    expect(over).toBe(false);
    receiver.script = () => undefined;
    answer();
    await stopped;
    const sums = await Promise.all(ids.map((id) => outbox.delivery(id)));
    expect(sums.filter((each) => each.sending > 0)).toEqual([]);
    expect(sums.filter((each) => each.accepted > 0)).toHaveLength(receiver.requests.length);
    sending.poke();
    expect(sending.status().underWay).toBe(0);
  });

  it("goes on when an attempt could not be settled: its lease runs out and the same key is sent again", async () => {
    outbox.people(1);
    const [id = ""] = await batches(1);
    let failing = true;
    const sending = dispatcher({
      settles: {
        ...outbox.settles,
        accepted: (...args) => {
          if (!failing) return outbox.settles.accepted(...args);
          failing = false;
          return Promise.reject(new Error("the disk is full"));
        },
      },
    });
    await sending.start();
    await waitFor("the failed settling", () => !failing && sending.status().underWay === 0);
    expect(await outbox.delivery(id)).toMatchObject({ sending: 1 });
    outbox.clock.advance(60_001);
    expect(await reconcile(outbox)).toEqual([]);
    sending.poke();
    await waitFor("the second attempt", async () => (await accepted(id)) === 1);
    expect(receiver.requests).toHaveLength(2);
    expect(receiver.requests[0]?.retryKey).toBe(receiver.requests[1]?.retryKey);
  });

  it("goes on after a claim that failed", async () => {
    outbox.people(1);
    const [id = ""] = await batches(1);
    let failed = 0;
    const sending = dispatcher({
      claims: {
        ...outbox.claims,
        claim: (terms) =>
          failed++ === 0 ? Promise.reject(new Error("database is locked")) : outbox.claims.claim(terms),
      },
    });
    await sending.start();
    await waitFor("the second look", async () => (await accepted(id)) === 1);
  });
});
