import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ClaimedBatch } from "../../src/outbox/claim-store.ts";
import { createHold } from "../../src/outbox/hold.ts";
import { batchStates } from "../../src/outbox/order.ts";
import { createPace } from "../../src/outbox/pace.ts";
import { createSettle } from "../../src/outbox/settle.ts";
import { type Outbox, openOutbox } from "../support/outbox.ts";
import { type Does, type Receiver, createReceiver } from "../support/receiver.ts";
import { expectSums } from "../support/sums.ts";

let outbox: Outbox;
let receiver: Receiver;
beforeEach(() => {
  outbox = openOutbox();
  receiver = createReceiver();
});
afterEach(() => {
  expectSums(outbox.url);
  outbox.remove();
  expect(receiver.changedUnderKey).toEqual([]);
});

async function planned(count: number, order: Parameters<Outbox["order"]>[0] = {}) {
  const everybody = outbox.people(count);
  const id = await outbox.order(order);
  await outbox.plan();
  return { id, everybody };
}

async function claimOne(): Promise<ClaimedBatch> {
  const [batch] = await outbox.claim({ limit: 1 });
  if (batch === undefined) throw new Error("nothing could be claimed");
  return batch;
}

/** Sends and settles until nothing is left to send now. */
async function sendAll(): Promise<void> {
  for (;;) {
    const batches = await outbox.claim({ limit: 8 });
    if (batches.length === 0) return;
    for (const batch of batches) await outbox.settle(batch, await receiver.send(batch));
  }
}

describe("what follows a broadcast", () => {
  it("waits for what was stopped of it, until that goes on or is cancelled", async () => {
    const { id } = await planned(3);
    await outbox.halt(id);
    const since = outbox.clock.now();
    expect(await outbox.deliveries.settledWhen(id, since)).toBe("not yet");
    await outbox.open(id);
    outbox.clock.advance(60_000);
    await sendAll();
    expect(await outbox.deliveries.settledWhen(id, since)).toBe("since");
    const { id: other } = await planned(3);
    await outbox.halt(other);
    await outbox.cancel(other);
    expect(await outbox.deliveries.settledWhen(other, since)).toBe("before");
  });
});

describe("what something newer took the place of (invariant 9)", () => {
  it("is not tried again when LINE certainly did not take it, nor the halves of what was refused", async () => {
    const { id } = await planned(3);
    const batch = await claimOne();
    await outbox.cease(id);
    await outbox.settle(batch, { kind: "tryLater", detail: "HTTP 429" });
    expect(await outbox.delivery(id)).toMatchObject({ cancelled: 3, pending: 0 });
    const { id: other } = await planned(3);
    const refused = await claimOne();
    await outbox.cease(other);
    await outbox.settle(refused, { kind: "recipientRefused", positions: [1], detail: "" });
    expect(await outbox.delivery(other)).toMatchObject({ parked: 1, pending: 0 });
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.orders.finished()).toEqual([id, other]);
  });

  it("is tried again with the same key while nobody knows whether LINE took it", async () => {
    const { id } = await planned(3);
    const batch = await claimOne();
    await outbox.cease(id);
    await outbox.settle(batch, { kind: "unknown", detail: "timeout" });
    outbox.clock.advance(60_000);
    expect(await claimOne()).toMatchObject({ retryKey: batch.retryKey, unsureBefore: true });
  });

  it("is never sent again by a person's decision, and is not settled for those who come after until there is one", async () => {
    const { id } = await planned(3);
    const batch = await claimOne();
    await outbox.settle(batch, { kind: "unknown", detail: "timeout" });
    await outbox.cancel(id);
    await outbox.cease(id);
    const since = outbox.clock.now();
    expect(await outbox.deliveries.settledWhen(id, since)).toBe("not yet");
    expect(await outbox.settles.decideUndetermined(id, "sendAgain", since)).toBe(0);
    outbox.clock.advance(60_000);
    expect(await outbox.settles.decideUndetermined(id, "accepted", outbox.clock.now())).toBe(1);
    expect(await outbox.deliveries.settledWhen(id, since)).toBe("since");
    expect(await outbox.deliveries.handed(id, 0, 10)).toEqual([1, 2, 3]);
  });
});

describe("each outcome is settled as LINE means it (fact sheet, sections 4, 5 and 17)", () => {
  it.each(["accepted", "alreadyAccepted"] as const)("%s: the residents were handed it", async (kind) => {
    const { id } = await planned(3);
    const batch = await claimOne();
    outbox.clock.advance(40);
    await outbox.settle(batch, { kind, requestId: "r" });
    expect(await outbox.delivery(id)).toMatchObject({
      accepted: 3,
      sending: 0,
      lastAcceptedAt: outbox.clock.now(),
    });
    expect(await outbox.deliveries.handed(id, 0, 10)).toEqual([1, 2, 3]);
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("tryLater: the same key again after a moment, certainly not accepted", async () => {
    const { id } = await planned(3);
    const batch = await claimOne();
    await outbox.settle(batch, { kind: "tryLater", detail: "HTTP 429" });
    expect(await outbox.claim()).toEqual([]);
    expect(outbox.batches(id)[0]).toMatchObject({
      state: "pending",
      unsure_since: null,
      detail: "HTTP 429",
      not_before: outbox.clock.now() + 750,
    });
    outbox.clock.advance(750);
    expect(await claimOne()).toMatchObject({ retryKey: batch.retryKey, addresses: batch.addresses });
  });

  it.each(["quotaExhausted", "notAuthorised"] as const)(
    "%s: certainly not accepted, and ready as soon as the hold lets it try",
    async (kind) => {
      const { id } = await planned(3);
      const batch = await claimOne();
      await outbox.settle(batch, { kind, detail: "" });
      expect(outbox.batches(id)[0]).toMatchObject({ state: "pending", unsure_since: null });
      expect(await claimOne()).toMatchObject({ retryKey: batch.retryKey });
    },
  );

  it("rejected: no repetition changes it", async () => {
    const { id } = await planned(3);
    await outbox.settle(await claimOne(), { kind: "rejected", detail: "HTTP 400: the message" });
    expect(await outbox.delivery(id)).toMatchObject({ rejected: 3, pending: 0 });
    expect(outbox.batches(id)[0]?.detail).toBe("HTTP 400: the message");
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("unknown: the same key and bytes again, each time after a longer wait, a minute at most", async () => {
    const { id } = await planned(3);
    const waits: number[] = [];
    const keys = new Set<string>();
    for (let attempt = 1; attempt <= 9; attempt++) {
      const batch = await claimOne();
      keys.add(batch.retryKey);
      await outbox.settle(batch, { kind: "unknown", detail: "TimeoutError" });
      const [row] = outbox.batches(id);
      waits.push((row?.not_before ?? 0) - outbox.clock.now());
      outbox.clock.advance(waits.at(-1) ?? 0);
    }
    expect(keys.size).toBe(1);
    // With dice that always show the middle: three quarters of 1, 2, 4 … 60 seconds.
    expect(waits).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000, 45_000]);
  });

  it("recipientRefused: the one is parked, the other 499 get it under a key of their own", async () => {
    const { id, everybody } = await planned(500);
    receiver.unknown.add(everybody[123] ?? "");
    await sendAll();
    expect(await outbox.delivery(id)).toMatchObject({ planned: 500, accepted: 499, parked: 1 });
    expect(receiver.requests.map((request) => request.addresses.length)).toEqual([500, 499]);
    expect(new Set(receiver.requests.map((request) => request.retryKey)).size).toBe(2);
    expect(receiver.copiesOf(everybody[123] ?? "")).toEqual([]);
    expect(everybody.filter((each) => receiver.copiesOf(each).length !== 1)).toEqual([everybody[123]]);
    expect(await outbox.deliveries.handed(id, 123, 1)).toEqual([125]);
  });

  it("recipientRefused without a name: halves are tried until the one is found", async () => {
    const { id, everybody } = await planned(500);
    receiver.namesUnknown = false;
    receiver.unknown.add(everybody[321] ?? "");
    await sendAll();
    expect(await outbox.delivery(id)).toMatchObject({ planned: 500, accepted: 499, parked: 1 });
    expect(receiver.doubled()).toEqual([]);
    expect(receiver.requests.length).toBeLessThanOrEqual(19);
  });

  it("a batch of one whose recipient is refused is parked, named or not", async () => {
    const { id, everybody } = await planned(1);
    receiver.namesUnknown = false;
    receiver.unknown.add(everybody[0] ?? "");
    await sendAll();
    expect(await outbox.delivery(id)).toMatchObject({ planned: 1, parked: 1 });
    expect(receiver.requests).toHaveLength(1);
  });

  it.each([true, false])(
    "several refused recipients are each found and parked, and everybody else gets one copy (named: %s)",
    async (named) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 60 }),
          fc.infiniteStream(fc.boolean()),
          async (count, dice) => {
            receiver.namesUnknown = named;
            receiver.unknown.clear();
            outbox.db.sqlite.exec(`UPDATE residents SET standing = 'left'`);
            const { id, everybody } = await planned(count);
            const bad = everybody.filter(() => dice.next().value);
            for (const each of bad) receiver.unknown.add(each);
            const before = receiver.requests.length;
            await sendAll();
            expect(await outbox.delivery(id)).toMatchObject({
              planned: count,
              accepted: count - bad.length,
              parked: bad.length,
            });
            expect(everybody.filter((each) => receiver.copiesOf(each).length !== 1)).toEqual(bad);
            expect(receiver.requests.length - before).toBeLessThanOrEqual(2 * count);
          },
        ),
        { numRuns: 15 },
      );
    },
  );

  it("a settled batch is not settled a second time by an answer that comes late", async () => {
    const { id } = await planned(1);
    const batch = await claimOne();
    await outbox.settle(batch, { kind: "accepted", requestId: "r" });
    for (const kind of ["rejected", "unknown", "tryLater", "notAuthorised"] as const)
      await outbox.settle(batch, { kind, detail: "late" });
    await outbox.settle(batch, { kind: "recipientRefused", positions: [0], detail: "late" });
    expect(await outbox.delivery(id)).toMatchObject({ accepted: 1, rejected: 0, parked: 0, pending: 0 });
  });

  it.each(["tryLater", "notAuthorised", "recipientRefused"] as const)(
    "an attempt that outlived its lease and ends %s says nothing about the one that is under way now",
    async (kind) => {
      const { id, everybody } = await planned(2);
      const slow = await claimOne();
      await outbox.claims.releaseLapsed(outbox.clock.now() + 60_001);
      const current = await claimOne();
      receiver.script = () => "acceptLosingTheAnswer";
      const outcome = await receiver.send(current);
      await outbox.settle(slow, { kind, positions: [0], detail: "" });
      expect((await outbox.delivery(id)).sending).toBe(2);
      await outbox.settle(current, outcome);
      await outbox.cancel(id);
      expect(await outbox.delivery(id)).toMatchObject({ undetermined: 2, cancelled: 0 });
      expect(everybody.map((each) => receiver.copiesOf(each).length)).toEqual([1, 1]);
    },
  );

  it("draws its conclusions for pace and hold", async () => {
    const pace = createPace(100, () => 0);
    const hold = createHold();
    const settle = createSettle({
      store: outbox.settles,
      claims: outbox.claims,
      clock: outbox.clock,
      pace,
      hold,
      random: () => 0,
      firstRetryMs: 1_000,
    });
    await planned(1);
    const batch = await claimOne();
    await settle(batch, { kind: "tryLater", detail: "" });
    expect(pace.ratePerSecond()).toBe(50);
    await settle(batch, { kind: "quotaExhausted", detail: "why" });
    expect(hold.state()?.reason).toBe("quotaExhausted");
    await settle(batch, { kind: "accepted", requestId: "r" });
    expect(hold.state()).toBeUndefined();
    expect(pace.ratePerSecond()).toBe(50.2);
    for (let lost = 0; lost < 8; lost++) await settle(batch, { kind: "unknown", detail: "" });
    expect(hold.state()?.reason).toBe("unreachable");
  });

  it("lets everything that waited go as soon as a hold ends", async () => {
    const { id } = await planned(1_500);
    const batches = await outbox.claim();
    for (const batch of batches) await outbox.settle(batch, { kind: "unknown", detail: "" });
    outbox.clock.advance(1_000);
    // Eight in a row make a hold; the try that is answered frees all of them at once.
    for (let round = 0; round < 3; round++) {
      for (const batch of await outbox.claim()) await outbox.settle(batch, { kind: "unknown", detail: "" });
      outbox.clock.advance(10_000);
    }
    const [one, ...others] = await outbox.claim();
    if (one === undefined) throw new Error("nothing to try");
    for (const batch of others) await outbox.settle(batch, { kind: "unknown", detail: "" });
    expect(await outbox.claim()).toEqual([]);
    await outbox.settle(one, { kind: "accepted", requestId: "r" });
    expect(await outbox.claim()).toHaveLength(2);
    expect((await outbox.delivery(id)).accepted).toBe(500);
  });
});

describe("the sum of invariant 6", () => {
  type Event =
    | { kind: "claim"; limit: number }
    | { kind: "answer"; which: number; does: Does }
    | { kind: "dieAfterSending"; does: Does }
    | { kind: "lapse" | "halt" | "open" | "cancel" | "plan" }
    | { kind: "leave"; who: number }
    | { kind: "pass"; ms: number };

  const does = fc.constantFrom<Does>(
    "accept",
    "accept",
    "acceptLosingTheAnswer",
    "lostOnTheWay",
    "notReached",
    "tryLater",
    "quotaExhausted",
    "notAuthorised",
    "reject",
  );
  const event: fc.Arbitrary<Event> = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant("claim"), limit: fc.integer({ min: 1, max: 3 }) }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant("answer"), which: fc.nat(5), does }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("dieAfterSending"), does }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("lapse", "halt", "open", "plan") }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("cancel", "open", "open", "open") }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("leave"), who: fc.nat(1_299) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("pass"),
        ms: fc.constantFrom(500, 5_000, 60_000, 3_600_000, 12 * 3_600_000),
      }),
    },
  );

  it("holds after every step of any sequence of outcomes, deaths, stops and departures, and nobody is doubled or forgotten", async () => {
    const everybody = outbox.people(1_300, (index) => (index % 4 === 0 ? "en" : "ja"));
    const come = outbox.db.sqlite.prepare(`UPDATE residents SET standing = 'following'`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 5, maxLength: 40 }),
        fc.uniqueArray(fc.nat(1_299), { maxLength: 3 }),
        fc.boolean(),
        async (events, bad, named) => {
          come.run();
          receiver = createReceiver();
          receiver.namesUnknown = named;
          for (const index of bad) receiver.unknown.add(everybody[index] ?? "");
          const id = await outbox.order({ bodies: { ja: "ja", en: "en" } });
          const pager = outbox.everybody(400);
          let underWay: ClaimedBatch[] = [];
          let next: Does = "accept";
          receiver.script = () => next;

          for (const each of events) {
            if (each.kind === "plan") {
              const order = await outbox.orders.nextToPlan();
              if (order !== undefined) await outbox.plans.add(order, await pager("", order.cursor, 0), false);
            }
            if (each.kind === "claim") underWay.push(...(await outbox.claim({ limit: each.limit })));
            if (each.kind === "answer") {
              const [batch] = underWay.splice(each.which % Math.max(1, underWay.length), 1);
              next = each.does;
              if (batch !== undefined) await outbox.settle(batch, await receiver.send(batch));
            }
            if (each.kind === "dieAfterSending") {
              next = each.does;
              for (const batch of underWay) await receiver.send(batch);
              underWay = [];
              await outbox.claims.takeOver(() => true);
            }
            // A lease that runs out under a living attempt: its batch is claimed again while it is still out.
            if (each.kind === "lapse") await outbox.claims.releaseLapsed(Number.MAX_SAFE_INTEGER);
            if (each.kind === "halt") await outbox.halt(id);
            if (each.kind === "open") await outbox.open(id);
            if (each.kind === "cancel") await outbox.cancel(id);
            if (each.kind === "leave") outbox.leave(everybody[each.who] ?? "");
            if (each.kind === "pass") outbox.clock.advance(each.ms);
            const delivery = await outbox.delivery(id);
            const { planned } = delivery;
            expect(batchStates.reduce((sum, state) => sum + delivery[state], 0)).toBe(planned);
          }

          // Then everything goes well, for as long as it takes.
          next = "accept";
          for (const batch of underWay) await outbox.settle(batch, await receiver.send(batch));
          await outbox.open(id);
          await outbox.plan(pager);
          await outbox.claims.takeOver(() => true);
          outbox.clock.advance(60_000);
          await sendAll();
          const states = outbox.db.sqlite
            .prepare<[string], { resident_id: number; state: string }>(
              `SELECT c.resident_id, b.state FROM outbox_copies AS c JOIN outbox_batches AS b ON b.id = c.batch_id
               JOIN outbox_orders AS o ON o.seq = c.order_seq WHERE o.broadcast_id = ?`,
            )
            .all(id);
          const wrong = states.filter(({ resident_id, state }) => {
            const copies = receiver.copiesOf(outbox.address(resident_id)).length;
            if (state === "accepted") return copies !== 1;
            if (state === "undetermined") return copies > 1;
            return copies !== 0 || !["parked", "rejected", "cancelled"].includes(state);
          });
          expect(wrong).toEqual([]);
          expect(receiver.doubled()).toEqual([]);
          expect(receiver.changedUnderKey).toEqual([]);
          await outbox.cancel(id);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("is reported when it does not hold", async () => {
    const { id } = await planned(7);
    outbox.db.sqlite.exec(`UPDATE outbox_batches SET size = 6`);
    expect(await outbox.deliveries.brokenSums()).toEqual([{ broadcastId: id, planned: 7, found: 6 }]);
    outbox.db.sqlite.exec(`UPDATE outbox_batches SET size = 7`);
    expect(await outbox.deliveries.brokenSums()).toEqual([]);
  });
});
