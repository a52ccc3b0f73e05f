import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { seededRandom, syntheticResident } from "../../seeds/residents.ts";
import { drillMarks } from "../../src/messages/drill-mark.ts";
import type { SeededResident } from "../../src/residents/seed-store.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { loadWard } from "../../src/shared/ward/ward.ts";
import type { Platform } from "../../src/simulator/index.ts";
import { type Alarm, type AlertFields, openAlarm } from "../support/alarm.ts";
import { createPerson } from "../support/person.ts";
import { seedResidents } from "../support/seed.ts";
import { createMovableClock, openOffice } from "../support/sending.ts";
import { expectSums } from "../support/sums.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const people = 1_200;

let world: World;
let alarm: Alarm;
let line: Platform;
let clock: ReturnType<typeof createMovableClock>;
let residents: SeededResident[];

beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  line = world.line.platform;
  await seedResidents(world.config, world.line, people);
  alarm = await openAlarm(world);
  const ward = loadWard(world.config.wardProfile);
  const random = seededRandom(1);
  residents = Array.from({ length: people }, (_, index) =>
    syntheticResident(index + 1, ward, ward.languages, random),
  );
});
afterEach(async () => {
  expectSums(world.config.databaseUrl);
  await world.end();
});

/** Time passes for Kairan and for LINE. */
function pass(ms: number): void {
  clock.advance(ms);
  line.clock.advance(ms);
}

async function delivery(id: string): Promise<Record<string, number>> {
  return (await alarm.raiser.get(`/alerts/${id}/delivery`)).body as Record<string, number>;
}

async function settled(id: string): Promise<Record<string, number>> {
  return waitFor("the alert to be settled", async () => {
    const found = await delivery(id);
    const over = !found["planning"] && found["pending"] === 0 && found["sending"] === 0;
    return over && (await alarm.read(id))["state"] === "sent" ? found : undefined;
  });
}

/** Who got messages of which alternative text, by text. */
function handed(saying: (altText: string) => boolean): string[] {
  return line.ledger
    .batches()
    .filter(({ messages }) => saying(String(Object(messages[0])["altText"])))
    .flatMap((batch) => batch.delivered());
}

const sorted = (ids: Iterable<string>): string[] => [...ids].sort();
const everything = (): true => true;

describe("whom an alert reaches", () => {
  it("level 4: everybody in the districts and everybody without one, once, each in their language", async () => {
    const meant = residents.filter(({ districts }) => districts.length === 0 || districts.includes("chuo"));
    const raised = await alarm.raise({ districts: ["chuo"] });
    expect(raised["audience"]).toMatchObject({
      total: meant.length,
      byLanguage: { en: meant.filter(({ language }) => language === "en").length },
    });
    await alarm.confirm(raised["id"]);
    await settled(String(raised["id"]));
    expect(sorted(handed(everything))).toEqual(sorted(meant.map(({ lineUserId }) => lineUserId)));
    const contents = raised["contents"] as Record<string, { title: string }>;
    for (const language of ["ja", "ja-x-easy", "en", "zh-Hans", "ko"]) {
      const readers = meant.filter((each) => each.language === language).map(({ lineUserId }) => lineUserId);
      const title = contents[language]?.title ?? "";
      expect(sorted(handed((altText) => altText.startsWith(title)))).toEqual(sorted(readers));
    }
  });

  it("level 3: those who subscribe to disasters there; nobody else", async () => {
    const raised = await alarm.raise({ template: "evacuationLevel3", districts: ["ekimae", "kita"] });
    await alarm.confirm(raised["id"]);
    await settled(String(raised["id"]));
    const reached = new Set(handed(everything));
    const there = residents.filter(
      ({ categories, districts }) =>
        categories.includes("disaster") && districts.some((id) => ["ekimae", "kita"].includes(id)),
    );
    expect(there.every(({ lineUserId }) => reached.has(lineUserId))).toBe(true);
    const elsewhere = residents.filter(
      ({ districts }) => districts.length > 0 && !districts.some((id) => ["ekimae", "kita"].includes(id)),
    );
    expect(elsewhere.some(({ lineUserId }) => reached.has(lineUserId))).toBe(false);
    expect(
      residents
        .filter(({ categories }) => !categories.includes("disaster"))
        .some(({ lineUserId }) => reached.has(lineUserId)),
    ).toBe(false);
  });

  it("is counted by the estimate of audiences as well, which says in words that those without a district are in", async () => {
    const { status, body } = await alarm.raiser.post("/audience/estimate", {
      audience: { districts: { anyOf: ["chuo"], orNone: true } },
    });
    const meant = residents.filter(({ districts }) => districts.length === 0 || districts.includes("chuo"));
    expect([status, body["total"]]).toEqual([200, meant.length]);
    const { ja, en } = body["explanation"] as { ja: string; en: string };
    const plain = await alarm.raiser.post("/audience/estimate", {
      audience: { districts: { anyOf: ["chuo"] } },
    });
    const { ja: narrow, en: narrowEn } = plain.body["explanation"] as { ja: string; en: string };
    expect(plain.body["total"]).toBeLessThan(meant.length);
    expect([ja === narrow, en === narrowEn]).toEqual([false, false]);
    expect([ja, en]).toEqual([expect.stringContaining("地区"), expect.stringMatching(/district/)]);
  });

  it("a district or template that does not exist, or an empty list, is refused with its name", async () => {
    const asked = { template: "evacuationLevel4", blanks: {}, mode: "live" };
    const answer = await alarm.raiser.post("/alerts", { ...asked, districts: ["atlantis"] });
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body["errors"])).toContain("atlantis");
    expect((await alarm.raiser.post("/alerts", { ...asked, template: "nothing" })).status).toBe(422);
    expect((await alarm.raiser.post("/alerts", { ...asked, districts: [] })).status).toBe(422);
    expect((await alarm.raiser.post("/alerts", { ...asked, mode: "test" })).status).toBe(422);
    expect((await alarm.raiser.post("/alerts", { ...asked, template: "allClear" })).status).toBe(422);
  });
});

describe("who may", () => {
  it("raise: duty officers and administrators", async () => {
    for (const role of ["viewer", "author", "approver", "auditor"]) {
      const somebody = await world.staffWith(role);
      const { status, body } = await somebody.post("/alerts", { template: "fire", blanks: {}, mode: "live" });
      expect([role, status, body["code"]]).toEqual([role, 403, "role_missing"]);
    }
    expect(
      (await world.admin.post("/alerts", { template: "fire", blanks: {}, mode: "live" })).status,
    ).not.toBe(403);
  });

  it("confirm: another duty officer, not whoever raised it, not an approver", async () => {
    const { id } = await alarm.raise();
    const own = await alarm.raiser.post(`/alerts/${String(id)}/confirm`);
    expect([own.status, own.body["code"]]).toEqual([403, "raiser_may_not_confirm"]);
    const approver = await world.staffWith("approver", "administrator");
    expect((await approver.post(`/alerts/${String(id)}/confirm`)).body["code"]).toBe("role_missing");
    expect(line.ledger.batches()).toEqual([]);
    await alarm.confirm(id);
    const again = await alarm.confirmer.post(`/alerts/${String(id)}/confirm`);
    expect([again.status, again.body["code"]]).toEqual([409, "wrong_state"]);
  });

  it("send alone: with a reason, where a life is at stake; then whoever approves is called", async () => {
    const approver = await world.staffWith("approver");
    const person = createPerson(world, { language: "ja" });
    await person.follow();
    await linkPhone(approver, person.id);
    const harmless = await alarm.raise({ template: "fraud" });
    const alone = (id: unknown, reason: string) =>
      alarm.raiser.post(`/alerts/${String(id)}/confirm`, { breakGlass: { reason } });
    expect((await alone(harmless["id"], "nobody else here")).body["code"]).toBe("break_glass_not_allowed");
    const { id } = await alarm.raise({ districts: ["shinden"] });
    for (const nothing of ["  ", " \u200b\u3000", "\u2060\u202e"])
      expect((await alone(id, nothing)).body["code"]).toBe("reason_missing");
    expect(line.requests("multicast")).toEqual([]);
    const { status, body } = await alone(id, "川があふれている");
    expect([status, body["breakGlass"]]).toEqual([200, { reason: "川があふれている" }]);
    await settled(String(id));
    await waitFor("the approver's phone to be told", () =>
      line.inbox(person.id).some((entry) => JSON.stringify(entry).includes("川があふれている")),
    );
  });

  it("nobody can approve, edit or hand in an alert by the way of notices, and the lists of notices have none", async () => {
    const { id } = await alarm.raise();
    const office = await openOffice(world);
    for (const act of ["submit", "approve", "return"]) {
      const by = act === "submit" ? office.author : office.approver;
      expect((await by.post(`/broadcasts/${String(id)}/${act}`)).status).toBeGreaterThanOrEqual(400);
    }
    expect(
      (await office.author.patch(`/broadcasts/${String(id)}`, { title: "x" })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await office.author.post(`/broadcasts/${String(id)}/cancel`)).status).toBe(403);
    expect((await office.author.get("/broadcasts")).body["broadcasts"]).toEqual([]);
    expect((await alarm.read(String(id)))["state"]).toBe("draft");
  });
});

describe("two people at once", () => {
  const statuses = (answers: { status: number }[]) =>
    answers.map(({ status }) => status).sort((a, b) => a - b);

  it("who confirm the same alert send it once", async () => {
    const { id } = await alarm.raise();
    const third = await world.staffWith("dutyOfficer");
    const path = `/alerts/${String(id)}/confirm`;
    expect(statuses(await Promise.all([alarm.confirmer.post(path), third.post(path)]))).toEqual([200, 409]);
    await settled(String(id));
    expect(line.ledger.summary()).toMatchObject({ copies: people, doubled: [] });
  });

  it("one confirming, the other discarding: one of them is told that the other was faster", async () => {
    for (const first of ["confirm", "discard"]) {
      const { id } = await alarm.raise({ mode: "publicDrill" });
      const second = first === "confirm" ? "discard" : "confirm";
      const both = [first, second].map((act) => alarm.confirmer.post(`/alerts/${String(id)}/${act}`));
      const done = await Promise.all(both);
      expect(statuses(done)).toEqual([200, 409]);
      const found = await alarm.read(String(id));
      const confirmed = done[first === "confirm" ? 0 : 1]?.status === 200;
      expect([found["confirmedAt"] !== null, found["state"] === "cancelled"]).toEqual([
        confirmed,
        !confirmed,
      ]);
    }
  });

  it("with an all-clear and a correction: the first ends the alert, the other comes too late", async () => {
    const id = await alarm.send();
    await settled(id);
    const kinds = ["allClear", "correction"];
    const prepared = await Promise.all(
      kinds.map((kind) => alarm.raiser.post(`/alerts/${id}/follow-ups`, { kind })),
    );
    const ids = prepared.map(({ status, body }) => {
      expect([status, body["errors"]]).toEqual([201, undefined]);
      return String(body["id"]);
    });
    const done = await Promise.all(ids.map((each) => alarm.confirmer.post(`/alerts/${each}/confirm`)));
    expect(statuses(done)).toEqual([200, 409]);
    const late = ids[done.findIndex(({ status }) => status === 409)] ?? "";
    expect((await alarm.read(late))["state"]).toBe("draft");
    expect((await alarm.confirmer.post(`/alerts/${late}/confirm`)).body["code"]).toBe("alert_over");
  });
});

describe("what is stale", () => {
  it("is not confirmed after its expiry, and says so", async () => {
    const raised = await alarm.raise({ expiresAt: new Date(clock.now() + 5 * minute).toISOString() });
    pass(6 * minute);
    const { status, body } = await alarm.confirmer.post(`/alerts/${String(raised["id"])}/confirm`);
    expect([status, ["alert_expired", "wrong_state"].includes(String(body["code"]))]).toEqual([409, true]);
    expect((await alarm.read(String(raised["id"])))["state"]).toBe("cancelled");
    expect(line.ledger.batches()).toEqual([]);
  });

  it("cannot be raised in the past, nor for longer than two weeks", async () => {
    const ask = (ms: number) =>
      alarm.raiser.post("/alerts", {
        template: "fire",
        blanks: {},
        mode: "live",
        expiresAt: new Date(clock.now() + ms).toISOString(),
      });
    expect((await ask(-minute)).status).toBe(422);
    expect((await ask(15 * 24 * 60 * minute)).status).toBe(422);
  });

  it("a draft that nobody confirmed for two hours is discarded, announcing nothing", async () => {
    const { id } = await alarm.raise();
    pass(121 * minute);
    await waitFor("the draft to lapse", async () => (await alarm.read(String(id)))["state"] === "cancelled");
    expect(line.ledger.batches()).toEqual([]);
  });

  it("what LINE did not take before the expiry is never sent (P7)", async () => {
    const outage = line.faults.add({ on: "multicast", does: "refuse503" });
    const id = await alarm.send({ expiresAt: new Date(clock.now() + 30 * minute).toISOString() });
    await waitFor("an attempt", () => line.requests("multicast").length > 0);
    pass(31 * minute);
    await waitFor("the alert to expire", async () => {
      const found = await delivery(id);
      return found["pending"] === 0 && found["sending"] === 0 && !found["planning"];
    });
    line.faults.remove(outage.id);
    expect((await delivery(id))["accepted"]).toBe(0);
    expect(line.ledger.summary().copies).toBe(0);
    expect((await alarm.read(id))["open"]).toBe(false);
  });
});

describe("drills", () => {
  const sentences = loadSentences();
  const marks = drillMarks(sentences, ["ja", "ja-x-easy", "en", "zh-Hans", "ko"]);

  it("a rehearsal reaches the staff test group and no resident, and says first that it is a drill", async () => {
    const officer = createPerson(world, { language: "en" });
    await officer.follow();
    await linkPhone(alarm.raiser, officer.id);
    const id = await alarm.send({ mode: "rehearsal" });
    await settled(id);
    expect(handed(everything).filter((user) => user !== officer.id)).toEqual([]);
    expect(officer.pushed().filter((text) => marks.some((mark) => text.startsWith(mark)))).toHaveLength(1);
  });

  it("a public drill says so first in every language", async () => {
    const id = await alarm.send({ mode: "publicDrill" });
    await settled(id);
    expect(handed(everything)).toHaveLength(people);
    expect(handed((altText) => marks.some((mark) => altText.startsWith(mark)))).toHaveLength(people);
  });

  it("stays a drill: not even the database lets it become one that is meant, nor its follow-ups", async () => {
    const id = await alarm.send({ mode: "publicDrill" });
    await settled(id);
    const db = openDatabase(world.config.databaseUrl);
    await expect(
      db.write(() => db.sqlite.prepare(`UPDATE broadcasts SET mode = 'live' WHERE id = ?`).run(id)),
    ).rejects.toThrow(/drill/);
    db.close();
    const { body } = await alarm.raiser.post(`/alerts/${id}/follow-ups`, { kind: "allClear" });
    expect(body["mode"]).toBe("publicDrill");
  });

  it.each([
    ["a drill whose text no longer says so", "publicDrill", `replace(body, '【訓練】', '')`],
    [
      "an alert that is meant, whose text says it is a drill",
      "live",
      `replace(body, '"altText":"', '"altText":"【訓練】')`,
    ],
  ])("nothing leaves of %s", async (_what, mode, changed) => {
    const id = await sendChanged(
      { mode },
      `UPDATE outbox_bodies SET body = ${changed} WHERE language = 'ja'`,
    );
    await waitFor("the alert to be settled", async () => {
      const found = await delivery(id);
      return found["pending"] === 0 && found["sending"] === 0 && !found["planning"];
    });
    const japanese = new Set(
      residents.filter(({ language }) => language === "ja").map(({ lineUserId }) => lineUserId),
    );
    expect(handed(everything).filter((user) => japanese.has(user))).toEqual([]);
    expect((await delivery(id))["rejected"]).toBe(japanese.size);
  });

  it("a rehearsal that somebody turns towards residents behind our back is refused at the last look", async () => {
    const officer = createPerson(world);
    await officer.follow();
    await linkPhone(alarm.raiser, officer.id);
    const victim = residents[0]?.lineUserId ?? "";
    const id = await sendChanged(
      { mode: "rehearsal" },
      `UPDATE outbox_batches SET addresses = '["${victim}"]' WHERE state = 'pending'`,
    );
    await waitFor("the rehearsal to be settled", async () => (await delivery(id))["rejected"] === 1);
    expect(line.ledger.copiesOf(victim)).toBe(0);
  });
});

describe("follow-ups", () => {
  it("go to exactly those who were handed the alert and still follow, whatever they changed since", async () => {
    const moving = createPerson(world, { language: "ja" });
    const leaving = createPerson(world, { language: "ja" });
    const late = createPerson(world, { language: "ja" });
    for (const each of [moving, leaving]) await each.follow();
    const id = await alarm.send({ districts: ["chuo"] });
    await settled(id);
    const first = new Set(handed(everything));
    expect([first.has(moving.id), first.has(leaving.id)]).toEqual([true, true]);
    await moving.press("English");
    await leaving.block();
    await late.follow();
    const { body: prepared } = await alarm.raiser.post(`/alerts/${id}/follow-ups`, { kind: "allClear" });
    expect(prepared["audience"]).toMatchObject({ total: first.size - 1 });
    await alarm.confirm(prepared["id"]);
    await settled(String(prepared["id"]));
    const titles = Object.values(prepared["contents"] as Record<string, { title: string }>).map(
      ({ title }) => title,
    );
    const second = handed((altText) => titles.some((title) => altText.startsWith(title)));
    expect(sorted(second)).toEqual(sorted([...first].filter((user) => user !== leaving.id)));
    expect(moving.pushed().at(-1)).toContain(
      (prepared["contents"] as Record<string, { title: string }>)["en"]?.title,
    );
    expect((await alarm.read(id))["open"]).toBe(false);
    const over = await alarm.raiser.post(`/alerts/${id}/follow-ups`, { kind: "update" });
    expect([over.status, over.body["code"]]).toEqual([409, "alert_over"]);
  });

  it("an all-clear while the alert is still being handed over: who got the one gets the other, and nobody else", async () => {
    line.faults.add({ on: "multicast", does: "delay", ms: 150 });
    line.faults.add({ on: "multicast", does: "acceptThen500", probability: 0.3 });
    const id = await alarm.send();
    await waitFor("a first batch", () => line.ledger.batches().length > 0);
    const allClear = await alarm.followUp(id, "allClear");
    await settled(allClear);
    await settled(id);
    const { contents } = await alarm.read(allClear);
    const titles = Object.values(contents as Record<string, { title: string }>).map(({ title }) => title);
    const says = (altText: string) => titles.some((title) => altText.startsWith(title));
    expect(sorted(handed(says))).toEqual(sorted(handed((altText) => !says(altText))));
    expect(line.ledger.summary().doubled).toEqual([]);
  });

  it("an update goes to those who get the alert only now as well, and leaves it open", async () => {
    line.faults.add({ on: "multicast", does: "delay", ms: 150 });
    const id = await alarm.send();
    await waitFor("a first batch", () => line.ledger.batches().length > 0);
    const update = await alarm.followUp(id, "update", { text: "新しい お知らせ" });
    await settled(id);
    await settled(update);
    expect((await delivery(update))["accepted"]).toBe(people);
    expect((await alarm.read(id))["open"]).toBe(true);
  });

  it("stopping, discarding and ending announce nothing", async () => {
    const { id: discarded } = await alarm.raise();
    expect((await alarm.raiser.post(`/alerts/${String(discarded)}/discard`)).status).toBe(200);
    const id = await alarm.send();
    await settled(id);
    const copies = line.ledger.summary().copies;
    expect((await alarm.confirmer.post(`/alerts/${id}/end`)).body["open"]).toBe(false);
    pass(2 * minute);
    expect(line.ledger.summary().copies).toBe(copies);
  });

  it("cannot be made of what was never confirmed", async () => {
    const { id } = await alarm.raise();
    const { status, body } = await alarm.raiser.post(`/alerts/${String(id)}/follow-ups`, {
      kind: "allClear",
    });
    expect([status, body["code"]]).toEqual([409, "wrong_state"]);
  });
});

describe("in the middle of a routine send", () => {
  it("an alert overtakes what is planned, and the rest goes on after", async () => {
    line.faults.add({ on: "multicast", does: "delay", ms: 40 });
    const office = await openOffice(world);
    const routine = await office.send();
    await waitFor("the routine send to begin", () => line.requests("multicast").length > 0);
    const id = await alarm.send({ districts: ["chuo"] });
    await settled(id);
    await office.settled(routine);
    expect(line.ledger.summary().doubled).toEqual([]);
    expect((await office.delivery(routine))["accepted"]).toBe(people);
  });
});

/** An alert of which nothing went out before its tables were changed behind our back. */
async function sendChanged(fields: AlertFields, change: string): Promise<string> {
  const outage = line.faults.add({ on: "multicast", does: "refuse503" });
  const id = await alarm.send(fields);
  await waitFor("an attempt", () => line.requests("multicast").length > 0);
  await alarm.confirmer.post(`/broadcasts/${id}/stop`);
  await waitFor("nothing to be under way", async () => (await delivery(id))["sending"] === 0);
  const db = openDatabase(world.config.databaseUrl);
  await db.write(() => db.sqlite.prepare(change).run());
  db.close();
  line.faults.remove(outage.id);
  await alarm.confirmer.post(`/broadcasts/${id}/resume`);
  return id;
}

/** Links a phone to somebody of the staff, as the code of their account page does. */
async function linkPhone({ staffId }: Alarm["raiser"], lineUserId: string): Promise<void> {
  const db = openDatabase(world.config.databaseUrl);
  await db.write(() =>
    db.sqlite
      .prepare(`INSERT INTO staff_phones (staff_id, line_user_id, linked_at) VALUES (?, ?, 0)`)
      .run(staffId, lineUserId),
  );
  db.close();
}
