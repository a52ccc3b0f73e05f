import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticUserId } from "../../seeds/residents.ts";
import type { FaultKind, Platform } from "../../src/simulator/index.ts";
import { seedResidents } from "../support/seed.ts";
import {
  type Office,
  addStranger,
  createMovableClock,
  openOffice,
  spoilMessages,
} from "../support/sending.ts";
import { expectSums } from "../support/sums.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const hour = 3_600_000;

let world: World;
let office: Office;
let line: Platform;
let clock: ReturnType<typeof createMovableClock>;

beforeEach(() => open());

async function open(environment: Record<string, string> = {}): Promise<void> {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock }, environment });
  line = world.line.platform;
  office = await openOffice(world);
}
afterEach(async () => {
  await world.end();
});

/** Time passes for Kairan and for LINE. */
function pass(ms: number): void {
  clock.advance(ms);
  line.clock.advance(ms);
}

/** At the end of every test that sends: the sum, nobody twice, and nothing that LINE would mind but what is named. */
function expectOrder(...mistakes: string[]): void {
  expectSums(world.config.databaseUrl);
  expect(line.ledger.summary().doubled).toEqual([]);
  const kinds = new Set<string>(line.clientMistakes().map((mistake) => mistake.kind));
  expect([...kinds]).toEqual(mistakes);
}

const notOnce = (users: string[]): string[] => users.filter((user) => line.ledger.copiesOf(user) !== 1);

describe("handing over to a LINE that misbehaves", () => {
  it.each<[FaultKind, number]>([
    ["acceptThenDrop", 3],
    ["acceptThen500", 3],
    ["acceptThenGarbage", 3],
    ["acceptThenDelay", 2],
    ["delay", 2],
    ["dropBeforeAccept", 3],
    ["refuse500", 3],
    ["refuse503", 3],
    ["refuse429", 3],
    ["redirect302", 3],
    ["refuseQuota", 1],
    ["refuse401", 1],
  ])("%s: everybody gets exactly one copy, by the same key and the same bytes", async (does, times) => {
    const users = await seedResidents(world.config, world.line, 300);
    line.faults.add({ does, on: "multicast", times, ms: 600 });
    const id = await office.send();
    await waitFor("the fault", () => line.faults.list()[0]?.struck === times);
    pass(2_000);
    expect(await office.settled(id)).toMatchObject({ planned: 300, accepted: 300 });
    await office.sent(id);
    expect(notOnce(users)).toEqual([]);
    expectOrder();
  });

  it("a refused recipient that LINE names is parked; the other 499 of the batch get the message", async () => {
    const users = await seedResidents(world.config, world.line, 700, 3);
    await addStranger(world, `U${"0".repeat(32)}`);
    const id = await office.send();
    expect(await office.settled(id)).toMatchObject({ planned: 701, accepted: 700, parked: 1 });
    await office.sent(id);
    expect(notOnce(users)).toEqual([]);
    expectOrder("unknownRecipient");
  });

  it("blocked and deleted accounts are LINE's to leave out: it tells nobody", async () => {
    const users = await seedResidents(world.config, world.line, 30);
    await line.block(users[4] ?? "").catch(() => undefined);
    const id = await office.send();
    await office.settled(id);
    await office.sent(id);
    expect(notOnce(users)).toEqual([users[4]]);
    expectOrder();
  });

  it("a message that LINE refuses is rejected at once, not halved a thousand times", async () => {
    await seedResidents(world.config, world.line, 60);
    const id = await office.send({ sendAt: new Date(clock.now() + hour).toISOString() });
    await spoilMessages(world, id);
    pass(hour);
    expect(await office.settled(id)).toMatchObject({ planned: 60, rejected: 60, accepted: 0 });
    const { byLanguage } = await office.delivery(id);
    expect(line.requests("multicast")).toHaveLength(Object.keys(Object(byLanguage)).length);
    expect(line.ledger.batches()).toEqual([]);
    await office.sent(id);
    expectOrder("invalidMessage");
  });

  it("a used-up quota holds everything, is told by the API, and sending resumes alone when it is raised", async () => {
    const users = await seedResidents(world.config, world.line, 40);
    line.quota.limit = { type: "limited", value: 0 };
    const id = await office.send();
    const held = await waitFor("the hold", async () => {
      const delivery = await office.delivery(id);
      return delivery["hold"] === null ? undefined : delivery;
    });
    expect(held).toMatchObject({
      accepted: 0,
      hold: { reason: "quotaExhausted", detail: expect.stringContaining("monthly limit") },
    });
    line.quota.limit = { type: "limited", value: 40 };
    pass(61_000);
    expect(await office.settled(id)).toMatchObject({ accepted: 40, hold: null });
    expect(notOnce(users)).toEqual([]);
    expectOrder();
  });

  it("a revoked token holds everything, makes the program not ready, and sending resumes alone when it is restored", async () => {
    const users = await seedResidents(world.config, world.line, 40);
    line.tokens.revokeLongLived();
    const id = await office.send();
    await waitFor(
      "the hold",
      async () => Object(await office.delivery(id))["hold"]?.reason === "notAuthorised",
    );
    const unready = await fetch(`${world.kairan.url}/readyz`);
    expect(unready.status).toBe(503);
    expect(await unready.json()).toMatchObject({ status: "notReady", faults: { line: expect.any(String) } });
    line.tokens.revokeLongLived(false);
    pass(31_000);
    await office.settled(id);
    expect((await fetch(`${world.kairan.url}/readyz`)).status).toBe(200);
    expect(notOnce(users)).toEqual([]);
    expectOrder();
  });

  it.each(["cuts every connection", "is not there at all"])(
    "LINE %s for two hours: nothing is lost, and sending resumes alone (P7)",
    async (how) => {
      const users = await seedResidents(world.config, world.line, 40);
      const away = how === "is not there at all";
      if (away) await world.line.goOffline();
      else line.network.down = true;
      const ids = await Promise.all([office.send(), office.send(), office.send()]);
      await waitFor(
        "the hold",
        async () => {
          // The tries of a few batches take a while to become eight in a row.
          pass(500);
          return Object((await office.delivery(ids[0] ?? ""))["hold"])["reason"] === "unreachable";
        },
        5_000,
      );
      pass(2 * hour);
      if (away) await world.line.goOnline();
      else line.network.down = false;
      for (const id of ids) expect(await office.settled(id)).toMatchObject({ planned: 40, accepted: 40 });
      expect(users.filter((user) => line.ledger.copiesOf(user) !== 3)).toEqual([]);
      expectSums(world.config.databaseUrl);
      expect(line.clientMistakes()).toEqual([]);
    },
  );

  it("slows down when LINE says that it is too fast, and everybody still gets one copy", async () => {
    const users = await seedResidents(world.config, world.line, 30);
    line.limits.set("multicast", { count: 2, perMs: 1_000 });
    const ids = await Promise.all([office.send(), office.send()]);
    const rates: number[] = [];
    await waitFor("both broadcasts", async () => {
      const metrics = await (await fetch(`${world.kairan.url}/metrics`)).text();
      rates.push(Number(/^kairan_send_rate_per_second (\S+)$/m.exec(metrics)?.[1]));
      const states = await Promise.all(ids.map(async (id) => (await office.read(id))["state"]));
      return states.every((state) => state === "sent");
    });
    expect(Math.min(...rates)).toBeLessThan(150);
    expect(users.filter((user) => line.ledger.copiesOf(user) !== 2)).toEqual([]);
    expectSums(world.config.databaseUrl);
    expect(line.clientMistakes()).toEqual([]);
  });
});

describe("what nobody can know", () => {
  it("is not tried again after 23 hours, and waits for a person (invariant 5)", async () => {
    const users = await seedResidents(world.config, world.line, 300);
    // LINE takes every batch, never says so, and then is away for a day.
    line.faults.add({ does: "acceptThenDrop", on: "multicast" });
    const id = await office.send();
    await waitFor("a copy for everybody", () => line.ledger.summary().copies === 300);
    line.network.down = true;
    pass(23 * hour);
    await waitFor("the end of automatic retries", async () => {
      pass(20_000);
      return (await office.delivery(id))["undetermined"] === 300;
    });
    line.faults.clear();
    line.network.down = false;
    pass(hour);
    expect(await office.read(id)).toMatchObject({ state: "sending" });

    const decide = (who: "author" | "approver") =>
      office[who].post(`/broadcasts/${id}/undetermined`, { decision: "accepted" });
    expect((await decide("author")).body).toMatchObject({ status: 403, code: "role_missing" });
    expect((await decide("approver")).status).toBe(200);
    expect(await office.delivery(id)).toMatchObject({ accepted: 300, undetermined: 0 });
    await office.sent(id);
    expect((await decide("approver")).body).toMatchObject({ status: 409, code: "nothing_undetermined" });
    expect(notOnce(users)).toEqual([]);
    expectOrder();
  });

  it("is sent again, under new keys, if a person decides so", async () => {
    await seedResidents(world.config, world.line, 300);
    line.network.down = true;
    const id = await office.send();
    await waitFor("an attempt of every batch", async () => {
      pass(500);
      return Object((await office.delivery(id))["hold"])["reason"] === "unreachable";
    });
    const keys = new Set(line.requests("multicast").map((request) => request.retryKey));
    await waitFor("the end of automatic retries", async () => {
      pass(hour);
      return (await office.delivery(id))["undetermined"] === 300;
    });
    line.network.down = false;
    const decided = await office.approver.post(`/broadcasts/${id}/undetermined`, { decision: "sendAgain" });
    expect(decided.status).toBe(200);
    pass(20_000);
    expect(await office.settled(id)).toMatchObject({ accepted: 300, undetermined: 0 });
    await office.sent(id);
    const accepted = line.ledger.batches().map((batch) => batch.retryKey);
    expect(accepted.filter((key) => keys.has(key))).toEqual([]);
    expectOrder();
  });
});

describe("stopping in mid-send", () => {
  /** A broadcast of which LINE has taken one batch, and is slow to answer about the others. */
  async function midSend(): Promise<{ id: string; users: string[] }> {
    const users = await seedResidents(world.config, world.line, 40);
    line.faults.add({ does: "refuse429", on: "multicast" });
    const id = await office.send();
    await waitFor("the first requests", () => line.requests("multicast").length > 1);
    return { id, users };
  }

  it("stops at once, keeps the sum, and goes on to exactly one copy each when it is resumed, even after a restart", async () => {
    const { id, users } = await midSend();
    expect(
      (await office.author.post(`/broadcasts/${id}/stop`, { comment: "wrong date" })).body,
    ).toMatchObject({
      state: "stopped",
      comment: "wrong date",
    });
    line.faults.clear();
    await world.restart();
    pass(10_000);
    expect(await office.delivery(id)).toMatchObject({ planned: 40, accepted: 0, pending: 40 });
    expect(line.ledger.batches()).toEqual([]);
    expect((await office.approver.post(`/broadcasts/${id}/resume`)).body).toMatchObject({ state: "sending" });
    expect(await office.settled(id)).toMatchObject({ accepted: 40 });
    await office.sent(id);
    expect(notOnce(users)).toEqual([]);
    expectOrder();
  });

  it("cancelling after it ends what is certain, and leaves to a person what is not", async () => {
    await world.end();
    await open({ LINE_MULTICASTS_PER_SECOND: "8" });
    const users = await seedResidents(world.config, world.line, 300);
    // One batch is accepted in silence, the others are certainly not.
    const silence = line.faults.add({ does: "acceptThenDrop", on: "multicast", times: 1 });
    const id = await office.send();
    await waitFor(
      "the silent batch",
      () => line.faults.list().find((rule) => rule.id === silence.id)?.struck === 1,
    );
    line.faults.add({ does: "refuse429", on: "multicast" });
    await waitFor("refusals", () => line.requests("multicast").length > 3);
    await office.author.post(`/broadcasts/${id}/stop`);
    await waitFor("the requests under way", async () => (await office.delivery(id))["sending"] === 0);
    expect((await office.author.post(`/broadcasts/${id}/cancel`)).body).toMatchObject({ state: "cancelled" });
    const { undetermined, cancelled, pending } = await office.delivery(id);
    const reached = users.filter((user) => line.ledger.copiesOf(user) === 1).length;
    expect({ undetermined, cancelled, pending }).toEqual({
      undetermined: reached,
      cancelled: 300 - reached,
      pending: 0,
    });
    expect(reached).toBeGreaterThan(0);
    line.faults.clear();
    pass(hour);
    expect(
      (await office.approver.post(`/broadcasts/${id}/undetermined`, { decision: "sendAgain" })).status,
    ).toBe(409);
    expect(
      (await office.approver.post(`/broadcasts/${id}/undetermined`, { decision: "accepted" })).status,
    ).toBe(200);
    expect(await office.delivery(id)).toMatchObject({
      accepted: reached,
      cancelled: 300 - reached,
      undetermined: 0,
    });
    expectOrder();
  });
});

describe("a resident", () => {
  it("who leaves after planning but before sending gets nothing, and a stopped broadcast does not find them again", async () => {
    const users = await seedResidents(world.config, world.line, 20);
    line.network.down = true;
    const id = await office.send({ sendAt: new Date(clock.now() + hour).toISOString() });
    const leaver = users[3] ?? "";
    line.network.down = false;
    line.addUser({ id: syntheticUserId(999), displayName: "x", state: "friend" });
    await line.block(leaver);
    await line.waitUntil(async () => {
      const { body } = await office.author.post("/audience/estimate", { audience: { everyone: true } });
      return body["total"] === 19;
    });
    pass(hour);
    await office.settled(id);
    await office.sent(id);
    expect(line.ledger.batches().flatMap((batch) => batch.to())).not.toContain(leaver);
    expect(notOnce(users)).toEqual([leaver]);
    expectOrder();
  });
});

describe("the metrics", () => {
  it("show broken sums as soon as the minute's look has found them", async () => {
    await seedResidents(world.config, world.line, 3);
    const id = await office.send();
    await office.sent(id);
    const metrics = await (await fetch(`${world.kairan.url}/metrics`)).text();
    expect(metrics).toContain("kairan_broken_sums 0");
    expect(metrics).toMatch(/kairan_send_attempts_total\{outcome="accepted"\} [1-9]/);
    expectOrder();
  });
});
