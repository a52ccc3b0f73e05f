import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lanes } from "../../src/outbox/order.ts";
import { type Outbox, openOutbox } from "../support/outbox.ts";
import { expectSums } from "../support/sums.ts";

let outbox: Outbox;
beforeEach(() => {
  outbox = openOutbox();
});
afterEach(() => {
  expectSums(outbox.url);
  outbox.remove();
});

const hour = 3_600_000;

/** An order for so many residents, planned. */
async function planned(count: number, order: Parameters<Outbox["order"]>[0] = {}) {
  const everybody = outbox.people(count);
  const id = await outbox.order(order);
  await outbox.plan();
  return { id, everybody };
}

async function claimOne() {
  const [batch] = await outbox.claim({ limit: 1 });
  if (batch === undefined) throw new Error("nothing could be claimed");
  return batch;
}

describe("claiming batches", () => {
  it("commits key, recipients and body before the first attempt, and claims nothing twice (invariant 5)", async () => {
    const { id, everybody } = await planned(3);
    const claimed = await claimOne();
    expect(claimed).toMatchObject({ addresses: everybody, attempts: 1, unsureBefore: false, lane: 0 });
    expect(claimed.body).toBe(`body of ${id}`);
    expect(outbox.batches(id)[0]).toMatchObject({
      state: "sending",
      retry_key: claimed.retryKey,
      addresses: JSON.stringify(everybody),
      first_attempt_at: outbox.clock.now(),
      unsure_since: outbox.clock.now(),
    });
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.delivery(id)).toMatchObject({ sending: 3, firstRequestAt: outbox.clock.now() });
  });

  it("an alert of which nothing was begun goes before one that is under way (invariant 7)", async () => {
    const first = await planned(1_200, { lane: lanes.emergency });
    await claimOne();
    const second = await outbox.order({ lane: lanes.emergency });
    await outbox.plan();
    expect((await claimOne()).body).toBe(`body of ${second}`);
    expect((await claimOne()).body).toBe(`body of ${first.id}`);
  });

  it("routine orders keep their turn", async () => {
    const first = await planned(1_200);
    await claimOne();
    await outbox.order();
    await outbox.plan();
    expect((await claimOne()).body).toBe(`body of ${first.id}`);
  });

  it("a resident who leaves after planning but before sending gets nothing, and is counted as cancelled", async () => {
    const { id, everybody } = await planned(4);
    outbox.leave(everybody[1] ?? "");
    const { addresses } = await claimOne();
    expect(addresses).toEqual([everybody[0], everybody[2], everybody[3]]);
    expect(await outbox.delivery(id)).toMatchObject({ planned: 4, sending: 3, cancelled: 1 });
    expect(outbox.copies(id)).toHaveLength(4);
  });

  it("a batch of which everybody left is not sent at all", async () => {
    const { id, everybody } = await planned(2);
    for (const each of everybody) outbox.leave(each);
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.delivery(id)).toMatchObject({ planned: 2, cancelled: 2 });
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("a resident who changes language after planning gets what was planned for them, once", async () => {
    const [somebody = ""] = outbox.people(1, "en");
    const id = await outbox.order({ bodies: { ja: "ja", en: "en" } });
    await outbox.plan();
    outbox.reads(somebody, "ja");
    await outbox.plan();
    const claimed = await outbox.claim();
    expect(claimed.map((batch) => [batch.body, batch.addresses])).toEqual([["en", [somebody]]]);
    expect(outbox.copies(id)).toHaveLength(1);
  });

  it("sends the same key and the same recipients again, even when some of them have left since the first attempt (invariant 5)", async () => {
    const { everybody } = await planned(3);
    const first = await claimOne();
    outbox.leave(everybody[0] ?? "");
    await outbox.settle(first, { kind: "unknown", detail: "" });
    outbox.clock.advance(60_000);
    const second = await claimOne();
    expect(second).toEqual({ ...first, attempts: 2, unsureBefore: true });
  });

  it("takes what is meant before drills, drills before notices, and of notices those due longest first", async () => {
    outbox.people(2);
    const now = outbox.clock.now();
    const routine = await outbox.order({ dueAt: now - 1 });
    const older = await outbox.order({ dueAt: now - 5 });
    const drill = await outbox.order({ dueAt: now - 5, lane: lanes.urgent });
    const alert = await outbox.order({ dueAt: now, lane: lanes.emergency });
    await outbox.plan();
    const inOrder = (await outbox.claim()).map((batch) => batch.body);
    expect(inOrder).toEqual([alert, drill, older, routine].map((id) => `body of ${id}`));
  });

  it.each([
    [5, 3],
    [1, 2],
    [0, 2],
    [-3, 2],
  ])(
    "leaves the places that are kept for urgent orders to them (%i for routine ones)",
    async (places, found) => {
      outbox.people(1);
      for (const lane of [lanes.routine, lanes.urgent, lanes.urgent]) await outbox.order({ lane });
      await outbox.plan();
      expect((await outbox.claim({ routineLimit: places })).map((batch) => batch.lane)).toEqual(
        [lanes.urgent, lanes.urgent, lanes.routine].slice(0, found),
      );
    },
  );

  it("takes no more than asked", async () => {
    await planned(1_700);
    expect(await outbox.claim({ limit: 3 })).toHaveLength(3);
    expect(await outbox.claim({ limit: 3 })).toHaveLength(1);
  });

  it("an order that has nothing to say in a language is refused alone and does not stop the others", async () => {
    outbox.people(2, "ja");
    const speechless = await outbox.order({ bodies: { en: "en" }, dueAt: 0 });
    const fine = await outbox.order();
    await outbox.plan();
    expect((await outbox.claim()).map((batch) => batch.body)).toEqual([`body of ${fine}`]);
    expect(await outbox.delivery(speechless)).toMatchObject({ planned: 2, rejected: 2 });
  });
});

describe("leases", () => {
  const elsewhere = "another-machine:77:1";

  it("frees what dead processes were sending, and leaves alone what living ones are", async () => {
    const { id } = await planned(1_100);
    await outbox.claim({ limit: 1, owner: "dead" });
    await outbox.claim({ limit: 1, owner: "living" });
    await outbox.claims.takeOver((owner) => owner === "dead");
    expect(outbox.batches(id).map((batch) => batch.state)).toEqual(["pending", "sending", "pending"]);
    // What the dead one had begun may have been accepted: that is remembered.
    expect(outbox.batches(id)[0]?.unsure_since).toBe(outbox.clock.now());
  });

  it("frees what nobody settled within its lease, and not before", async () => {
    const { id } = await planned(1);
    await outbox.claim({ owner: elsewhere });
    outbox.clock.advance(60_000);
    expect(await outbox.claims.releaseLapsed(outbox.clock.now())).toBe(0);
    outbox.clock.advance(1);
    expect(await outbox.claims.releaseLapsed(outbox.clock.now())).toBe(1);
    expect(await claimOne()).toMatchObject({ attempts: 2, unsureBefore: true });
    expect(outbox.batches(id)).toHaveLength(1);
  });

  it.each(["takeOver", "releaseLapsed"] as const)(
    "what was under way when its broadcast was cancelled waits for a person, not for ever (%s)",
    async (release) => {
      const { id } = await planned(1);
      await outbox.claim({ owner: "dead" });
      await outbox.cancel(id);
      if (release === "takeOver") await outbox.claims.takeOver(() => true);
      else await outbox.claims.releaseLapsed(outbox.clock.now() + hour);
      expect(await outbox.delivery(id)).toMatchObject({ planned: 1, pending: 0, undetermined: 1 });
    },
  );

  it("what was under way when its broadcast was stopped goes on when it is resumed", async () => {
    const { id } = await planned(1);
    const first = await claimOne();
    await outbox.halt(id);
    await outbox.claims.takeOver(() => true);
    expect(await outbox.claim()).toEqual([]);
    await outbox.open(id);
    expect((await claimOne()).retryKey).toBe(first.retryKey);
  });
});

describe("the 23 hours of automatic retries (invariant 5)", () => {
  async function unsure() {
    const made = await planned(2);
    const batch = await claimOne();
    await outbox.settle(batch, { kind: "unknown", detail: "" });
    return { ...made, batch };
  }

  it("are counted from the first attempt that may have been accepted", async () => {
    const { id, batch } = await unsure();
    outbox.clock.advance(22 * hour);
    const again = await claimOne();
    expect(again.retryKey).toBe(batch.retryKey);
    await outbox.settle(again, { kind: "unknown", detail: "" });
    outbox.clock.advance(hour);
    const last = await claimOne();
    await outbox.settle(last, { kind: "unknown", detail: "" });
    outbox.clock.advance(60_001);
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.delivery(id)).toMatchObject({ planned: 2, undetermined: 2 });
    expect(await outbox.orders.finished()).toEqual([]);
  });

  it("do not run for a batch that was certainly never accepted: it may wait for days", async () => {
    await planned(2);
    const batch = await claimOne();
    await outbox.settle(batch, { kind: "quotaExhausted", detail: "" });
    outbox.clock.advance(72 * hour);
    expect(await claimOne()).toMatchObject({ retryKey: batch.retryKey, unsureBefore: false });
  });

  it("go on running when a later attempt was certainly not accepted", async () => {
    const { id } = await unsure();
    outbox.clock.advance(hour);
    await outbox.settle(await claimOne(), { kind: "tryLater", detail: "" });
    outbox.clock.advance(22 * hour + 1);
    expect(await outbox.claim()).toEqual([]);
    expect((await outbox.delivery(id)).undetermined).toBe(2);
  });

  it.each([
    ["accepted", { accepted: 2, undetermined: 0 }],
    ["rejected", { rejected: 2, undetermined: 0 }],
  ] as const)("end in a person's decision: %s", async (decision, expected) => {
    const { id } = await unsure();
    outbox.clock.advance(24 * hour);
    await outbox.claim();
    expect(await outbox.settles.decideUndetermined(id, decision, outbox.clock.now())).toBe(1);
    expect(await outbox.delivery(id)).toMatchObject(expected);
    expect(await outbox.settles.decideUndetermined(id, decision, outbox.clock.now())).toBe(0);
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("end in a person's decision: sent again under a new key to those who still follow", async () => {
    const { id, everybody, batch } = await unsure();
    const firstAt = outbox.clock.now();
    outbox.clock.advance(24 * hour);
    await outbox.claim();
    outbox.leave(everybody[0] ?? "");
    expect(await outbox.settles.decideUndetermined(id, "sendAgain", outbox.clock.now())).toBe(1);
    const again = await claimOne();
    expect(again.retryKey).not.toBe(batch.retryKey);
    expect(again.addresses).toEqual([everybody[1]]);
    expect(again.unsureBefore).toBe(false);
    await outbox.settle(again, { kind: "accepted", requestId: "r" });
    expect(await outbox.delivery(id)).toMatchObject({
      planned: 2,
      accepted: 1,
      cancelled: 1,
      firstRequestAt: firstAt,
      lastAcceptedAt: outbox.clock.now(),
    });
  });

  it("an answer that comes after all settles what was given up", async () => {
    const { id } = await unsure();
    outbox.clock.advance(22 * hour);
    const late = await claimOne();
    outbox.clock.advance(2 * hour);
    await outbox.claims.releaseLapsed(outbox.clock.now());
    await outbox.claim();
    expect((await outbox.delivery(id)).undetermined).toBe(2);
    await outbox.settle(late, { kind: "accepted", requestId: "r" });
    expect(await outbox.delivery(id)).toMatchObject({ accepted: 2, undetermined: 0 });
  });
});

describe("an order that expires", () => {
  it("sends nothing more: untried residents expire, those whose attempt may have been accepted wait for a person", async () => {
    const expiresAt = outbox.clock.now() + hour;
    const { id } = await planned(1_700, { expiresAt });
    const [accepted, lost, refused] = await outbox.claim({ limit: 3 });
    if (accepted === undefined || lost === undefined || refused === undefined)
      throw new Error("too few batches");
    await outbox.settle(accepted, { kind: "accepted", requestId: "r" });
    await outbox.settle(lost, { kind: "unknown", detail: "" });
    await outbox.settle(refused, { kind: "tryLater", detail: "" });
    outbox.clock.advance(hour - 1);
    expect(await outbox.claim({ limit: 0 })).toEqual([]);
    expect((await outbox.delivery(id)).expired).toBe(0);
    outbox.clock.advance(1);
    expect(await outbox.claim()).toEqual([]);
    expect(await outbox.delivery(id)).toMatchObject({
      planned: 1_700,
      accepted: 500,
      expired: 700,
      undetermined: 500,
      pending: 0,
    });
  });

  it("of those whom no attempt could reach, all expire, and nobody has to decide", async () => {
    const { id } = await planned(700, { expiresAt: outbox.clock.now() + hour });
    for (const batch of await outbox.claim())
      await outbox.settle(batch, { kind: "notReached", detail: "ECONNREFUSED" });
    expect(await outbox.delivery(id)).toMatchObject({ pending: 700 });
    outbox.clock.advance(hour);
    await outbox.claim();
    expect(await outbox.delivery(id)).toMatchObject({ expired: 700, undetermined: 0 });
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("one that was not reached stays open to a person when an earlier attempt may have been accepted", async () => {
    const { id } = await planned(3, { expiresAt: outbox.clock.now() + hour });
    for (const kind of ["unknown", "notReached"] as const) {
      for (const batch of await outbox.claim()) await outbox.settle(batch, { kind, detail: "" });
      outbox.clock.advance(60_000);
    }
    outbox.clock.advance(hour);
    await outbox.claim();
    expect(await outbox.delivery(id)).toMatchObject({ expired: 0, undetermined: 3 });
  });

  it("is not planned any further", async () => {
    outbox.people(1_500);
    const id = await outbox.order({ expiresAt: outbox.clock.now() + hour });
    const order = await outbox.orders.nextToPlan();
    if (order === undefined) throw new Error("nothing to plan");
    await outbox.plans.add(order, await outbox.everybody(700)("", 0, 0), false);
    outbox.clock.advance(hour);
    await outbox.claim();
    expect(await outbox.orders.nextToPlan()).toBeUndefined();
    expect(
      await outbox.plans.add({ ...order, cursor: 700 }, await outbox.everybody()("", 700, 0), false),
    ).toBe(false);
    expect(await outbox.delivery(id)).toMatchObject({ planned: 700, expired: 700, planning: false });
    expect(await outbox.orders.finished()).toEqual([id]);
  });

  it("what is under way when it expires is settled as it ends", async () => {
    const { id } = await planned(1_000, { expiresAt: outbox.clock.now() + hour });
    const [first, second] = await outbox.claim();
    if (first === undefined || second === undefined) throw new Error("too few batches");
    outbox.clock.advance(hour);
    await outbox.claim();
    await outbox.settle(first, { kind: "accepted", requestId: "r" });
    await outbox.settle(second, { kind: "unknown", detail: "" });
    await outbox.claim();
    expect(await outbox.delivery(id)).toMatchObject({ accepted: 500, undetermined: 500 });
  });
});

describe("a cancelled order", () => {
  it("cancels what was certainly not sent and leaves to a person what may have been", async () => {
    const { id } = await planned(1_700);
    const [accepted, lost, refused, underWay] = await outbox.claim();
    if (accepted === undefined || lost === undefined || refused === undefined || underWay === undefined)
      throw new Error("too few batches");
    await outbox.settle(accepted, { kind: "accepted", requestId: "r" });
    await outbox.settle(lost, { kind: "unknown", detail: "" });
    await outbox.settle(refused, { kind: "tryLater", detail: "" });
    await outbox.halt(id);
    await outbox.cancel(id);
    expect(await outbox.delivery(id)).toMatchObject({
      planned: 1_700,
      accepted: 500,
      cancelled: 500,
      undetermined: 500,
      sending: 200,
      planning: false,
    });
    expect(await outbox.claim()).toEqual([]);
    await outbox.settle(underWay, { kind: "accepted", requestId: "r" });
    expect(await outbox.delivery(id)).toMatchObject({ accepted: 700, sending: 0 });
  });

  it.each([
    ["tryLater", { cancelled: 1 }],
    ["notAuthorised", { cancelled: 1 }],
    ["unknown", { undetermined: 1 }],
  ] as const)("settles a request that was under way and ends %s", async (kind, expected) => {
    const { id } = await planned(1);
    const batch = await claimOne();
    await outbox.cancel(id);
    await outbox.settle(batch, { kind, detail: "" });
    expect(await outbox.delivery(id)).toMatchObject({ planned: 1, pending: 0, ...expected });
  });

  it("leaves to a person what was refused now but may have been accepted before", async () => {
    const { id } = await planned(1);
    await outbox.settle(await claimOne(), { kind: "unknown", detail: "" });
    outbox.clock.advance(60_000);
    const again = await claimOne();
    await outbox.cancel(id);
    await outbox.settle(again, { kind: "notAuthorised", detail: "" });
    expect(await outbox.delivery(id)).toMatchObject({ undetermined: 1, cancelled: 0 });
  });

  it("parks a refused recipient and cancels the rest of the batch", async () => {
    const { id } = await planned(5);
    const batch = await claimOne();
    await outbox.cancel(id);
    await outbox.settle(batch, { kind: "recipientRefused", positions: [2], detail: "" });
    expect(await outbox.delivery(id)).toMatchObject({ planned: 5, parked: 1, cancelled: 4 });
    expect(await outbox.claim()).toEqual([]);
  });
});
