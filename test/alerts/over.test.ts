import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSentences } from "../../src/shared/i18n.ts";
import type { Platform } from "../../src/simulator/index.ts";
import { type Alarm, openAlarm } from "../support/alarm.ts";
import { seedResidents } from "../support/seed.ts";
import { createMovableClock } from "../support/sending.ts";
import { expectSums } from "../support/sums.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const people = 1_200;
const sentences = loadSentences();

let world: World;
let alarm: Alarm;
let line: Platform;
let clock: ReturnType<typeof createMovableClock>;

beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  line = world.line.platform;
  await seedResidents(world.config, world.line, people);
  alarm = await openAlarm(world);
});
afterEach(async () => {
  expectSums(world.config.databaseUrl);
  await world.end();
});

async function delivery(id: string): Promise<Record<string, number>> {
  return (await alarm.raiser.get(`/alerts/${id}/delivery`)).body as Record<string, number>;
}

async function followUp(id: string, kind: string, blanks?: Record<string, unknown>): Promise<string> {
  const followed = await alarm.followUp(id, kind, blanks);
  await waitFor("the follow-up to be handed over", async () => {
    const found = await delivery(followed);
    return !found["planning"] && found["pending"] === 0 && found["sending"] === 0;
  });
  return followed;
}

describe("an alert that somebody stopped and that was lifted then", () => {
  it("cannot be let go on: nobody is handed it after the all-clear", async () => {
    const outage = line.faults.add({ on: "multicast", does: "refuse429" });
    const id = await alarm.send();
    await waitFor("an attempt", () => line.requests("multicast").length > 0);
    expect((await alarm.confirmer.post(`/broadcasts/${id}/stop`)).status).toBe(200);
    await waitFor("nothing to be under way", async () => (await delivery(id))["sending"] === 0);
    line.faults.remove(outage.id);
    await followUp(id, "allClear");
    const resumed = await alarm.confirmer.post(`/broadcasts/${id}/resume`);
    expect([resumed.status, resumed.body["code"]]).toEqual([409, "wrong_state"]);
    expect(await delivery(id)).toMatchObject({ accepted: 0, pending: 0, sending: 0 });
    expect(line.ledger.summary().copies).toBe(0);
  });

  it("whose requests nobody knows the outcome of: the all-clear waits for a person, then reaches those too", async () => {
    const outage = line.faults.add({ on: "multicast", does: "acceptThen500" });
    const id = await alarm.send();
    await waitFor("copies to arrive", () => line.ledger.summary().copies > 0);
    await alarm.confirmer.post(`/broadcasts/${id}/stop`);
    await waitFor("nothing to be under way", async () => (await delivery(id))["sending"] === 0);
    line.faults.remove(outage.id);
    const allClear = await alarm.followUp(id, "allClear");
    const unknown = (await delivery(id))["undetermined"] ?? 0;
    expect(unknown).toBeGreaterThan(0);
    const decided = await world.admin.post(`/broadcasts/${id}/undetermined`, { decision: "accepted" });
    expect(decided.status).toBe(200);
    await waitFor("those to be told as well", async () => (await delivery(allClear))["accepted"] === unknown);
  });
});

describe("what residents may know of", () => {
  it("is open as long as the last update says, not only as long as the alert once said", async () => {
    const id = await alarm.send({ expiresAt: new Date(clock.now() + 30 * minute).toISOString() });
    const update = await followUp(id, "update", { text: "続いています" });
    const until = Date.parse(String((await alarm.read(update))["expiresAt"]));
    expect(until).toBeGreaterThan(clock.now() + 31 * minute);
    clock.advance(31 * minute);
    line.clock.advance(31 * minute);
    expect((await alarm.read(id))["open"]).toBe(true);
    const { body } = await alarm.raiser.get("/alerts?open=true");
    expect((body["alerts"] as { id: string }[]).map((each) => each.id)).toEqual([id]);
  });

  it("is not hidden by any number of milder alerts after it, and the page says how many have no room", async () => {
    const title = String((await alarm.read(await alarm.send()))["title"]);
    for (let count = 0; count < 52; count += 1) await alarm.send({ template: "fraud" });
    const page = await waitFor("the page to say how many more there are", async () => {
      const found = await (await fetch(`${world.kairan.url}/now/ja`)).text();
      return found.includes(sentences.say("ja", "now:more", { number: 3 })) ? found : undefined;
    });
    const articles = page.split(/(?=<article)/).slice(1);
    expect(articles).toHaveLength(50);
    expect(articles[0]).toContain(title);
    expect(articles[0]).toMatch(/^<article class="level4">/);
  });

  it("is not hidden by any number of rehearsals", async () => {
    const titleOf = async (id: string) => String((await alarm.read(id))["title"]);
    const first = await titleOf(await alarm.send());
    for (let count = 0; count < 51; count += 1) await alarm.send({ mode: "rehearsal" });
    const last = await titleOf(await alarm.send({ template: "tsunami" }));
    const page = await waitFor("the last to be shown", async () => {
      const found = await (await fetch(`${world.kairan.url}/now/ja`)).text();
      return found.includes(last) ? found : undefined;
    });
    expect(page).toContain(first);
    expect(page).not.toContain("【訓練】");
  });
});
