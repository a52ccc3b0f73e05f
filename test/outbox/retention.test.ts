import { afterEach, beforeEach, expect, it } from "vitest";
import { type Outbox, openOutbox } from "../support/outbox.ts";

const keptMs = 1_000;

let outbox: Outbox;
beforeEach(() => {
  outbox = openOutbox();
});
afterEach(() => outbox.remove());

/** An order that everybody has been handed, and that is over. */
async function over(people: number): Promise<string> {
  outbox.people(people);
  const id = await outbox.order();
  await outbox.plan();
  for (const batch of await outbox.claim()) await outbox.settle(batch, { kind: "accepted", requestId: "r" });
  await outbox.db.write(() => outbox.orders.within.finish(id));
  return id;
}

const forget = (limit = 100) => outbox.deliveries.forgetRecipients(outbox.clock.now() - keptMs, limit);
const known = (id: string) => outbox.deliveries.recipientsKnown(id, outbox.clock.now() - keptMs);

it("who was handed an order is forgotten when it is long over, a little at a time; the sums stay", async () => {
  const id = await over(5);
  expect(await forget()).toBe(0);
  expect(await known(id)).toBeUndefined();
  outbox.clock.advance(keptMs + 1);
  expect(await known(id)).toBe("recipients_forgotten");
  expect([await forget(3), await forget(3), await forget(3)]).toEqual([3, 2, 0]);
  expect(await outbox.deliveries.handed(id, 0, 10)).toEqual([]);
  expect(await outbox.delivery(id)).toMatchObject({ planned: 5, accepted: 5 });
  expect(await outbox.deliveries.brokenSums()).toEqual([]);
});

it("nothing is forgotten of an order that is not over", async () => {
  outbox.people(2);
  const id = await outbox.order();
  await outbox.plan();
  await outbox.halt(id);
  outbox.clock.advance(keptMs + 1);
  expect(await known(id)).toBeUndefined();
  expect(await forget()).toBe(0);
});

it("nothing is forgotten while a follow-up is still to go to exactly these residents", async () => {
  const id = await over(2);
  const followUp = await outbox.order({ audience: JSON.stringify({ recipientsOf: id }) });
  outbox.clock.advance(keptMs + 1);
  expect(await forget()).toBe(0);
  await outbox.cancel(followUp);
  expect(await forget()).toBe(2);
});

it("an order that never was is not one that is forgotten", async () => {
  expect(await known("01K00000000000000000000000")).toBe("unknown_id");
});

it("looking for what to forget among tens of thousands of orders of years does not compare each with each, which would take a quarter of an hour", async () => {
  const { sqlite } = outbox.db;
  sqlite.exec(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
     INSERT INTO broadcasts (id, title, state, audience, contents, grace_ms, author_id, writers, created_at, updated_at)
       SELECT 'old' || i, '', 'draft', '{}', '{}', 0, 'somebody', '[]', 0, 0 FROM n;
     INSERT INTO outbox_orders (broadcast_id, state, lane, due_at, audience, default_language, plan_done)
       SELECT id, 'done', 0, 0, '{"everyone":true}', 'ja', 1 FROM broadcasts`,
  );
  expect(await forget()).toBe(0);
}, 20_000);
