import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { type BroadcastState, broadcastStates, lifecycle } from "../../src/broadcasts/lifecycle.ts";
import { hire } from "../support/sections.ts";
import { seedResidents } from "../support/seed.ts";
import { type Office, contentsInAll, createMovableClock, openOffice } from "../support/sending.ts";
import { expectSums } from "../support/sums.ts";
import { waitFor } from "../support/wait-for.ts";
import { type World, startWorld } from "../support/world.ts";

const minute = 60_000;
const hour = 60 * minute;

let world: World;
let office: Office;
let clock: ReturnType<typeof createMovableClock>;
let users: string[];
beforeEach(async () => {
  clock = createMovableClock();
  world = await startWorld({ overrides: { clock } });
  office = await openOffice(world);
  users = await seedResidents(world.config, world.line, 40);
});
afterEach(async () => {
  expectSums(world.config.databaseUrl);
  await world.end();
});

const inAnHour = () => new Date(clock.now() + hour).toISOString();
const copies = () => users.map((user) => world.line.platform.ledger.copiesOf(user));
const reaches = (id: string, state: BroadcastState) =>
  waitFor(`state ${state}`, async () => (await office.read(id))["state"] === state);

/** Brings a broadcast into each state by the acts that lead there. */
const ways: Record<BroadcastState, () => Promise<string>> = {
  draft: () => office.write(),
  submitted: () => office.submit({ sendAt: inAnHour() }),
  returned: async () => {
    const id = await office.submit();
    await office.approver.post(`/broadcasts/${id}/return`, { comment: "no" });
    return id;
  },
  approved: () => office.send({ sendAt: inAnHour() }),
  sending: async () => {
    world.line.platform.network.down = true;
    const id = await office.send();
    await reaches(id, "sending");
    return id;
  },
  sent: async () => {
    const id = await office.send();
    await reaches(id, "sent");
    return id;
  },
  stopped: async () => {
    const id = await office.send({ sendAt: inAnHour() });
    await office.author.post(`/broadcasts/${id}/stop`);
    return id;
  },
  cancelled: async () => {
    const id = await office.write();
    await office.author.post(`/broadcasts/${id}/cancel`);
    return id;
  },
  missed: async () => {
    const id = await office.send({ sendAt: inAnHour() });
    await world.kairan.stop();
    clock.advance(3 * hour);
    await world.restart();
    await reaches(id, "missed");
    return id;
  },
};

const acts = ["submit", "approve", "return", "stop", "resume", "cancel"] as const;

describe("what may become of a broadcast", () => {
  it.each(broadcastStates)(
    "in state %s exactly the acts of the table are done, and the others say so",
    async (state) => {
      for (const act of acts) {
        const id = await ways[state]();
        expect((await office.read(id))["state"]).toBe(state);
        const who = act === "approve" || act === "return" ? office.approver : office.author;
        const { status, body } = await who.post(`/broadcasts/${id}/${act}`);
        const from: readonly BroadcastState[] = lifecycle[act].from;
        if (from.includes(state)) expect([act, status]).toEqual([act, 200]);
        else expect([act, body]).toMatchObject([act, { status: 409, code: "wrong_state", state }]);
        world.line.platform.network.down = false;
      }
    },
  );
});

describe("approval", () => {
  it("is by somebody else than whoever wrote, changed or submitted it", async () => {
    const both = await world.staffWith("author", "approver");
    const id = await office.write();
    const refused = { status: 403, code: "approver_is_author" };
    expect((await both.patch(`/broadcasts/${id}`, { title: "mine too" })).status).toBe(200);
    await office.author.post(`/broadcasts/${id}/submit`);
    expect((await both.post(`/broadcasts/${id}/approve`)).body).toMatchObject(refused);

    const second = await office.write();
    await both.post(`/broadcasts/${second}/submit`);
    expect((await both.post(`/broadcasts/${second}/approve`)).body).toMatchObject(refused);
    expect((await office.approver.post(`/broadcasts/${second}/approve`)).status).toBe(200);
  });

  it("of a version that is not the newest is refused, and two at once are one", async () => {
    const id = await office.submit({ sendAt: inAnHour() });
    const { version } = await office.read(id);
    const old = await office.approver.post(`/broadcasts/${id}/approve`, { version: Number(version) - 1 });
    expect(old.body).toMatchObject({ status: 409, code: "changed_meanwhile" });
    const both = await Promise.all([
      office.approver.post(`/broadcasts/${id}/approve`),
      office.approver.post(`/broadcasts/${id}/approve`),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
  });

  it("waits for missing translations until somebody decides (invariant 12)", async () => {
    const id = await office.submit({ contents: { ja: contentsInAll["ja"] } });
    const { body } = await office.approver.post(`/broadcasts/${id}/approve`);
    expect(body).toMatchObject({ status: 409, code: "translations_missing" });
    expect(Object.keys(Object(body["languages"]))).toContain("ja-x-easy");
    const decided = await office.approver.post(`/broadcasts/${id}/approve`, {
      missingTranslations: "fallback",
    });
    expect(decided.status).toBe(200);
    await reaches(id, "sent");
    expect(copies()).toEqual(users.map(() => 1));
  });

  it("checks nothing that LINE would refuse into the outbox: limits are said before, by field", async () => {
    const { status, body } = await office.author.post("/broadcasts", {
      title: "t",
      audience: { everyone: true },
      contents: {
        ja: { title: "x".repeat(101), body: "", link: { label: "", url: "javascript:x" } },
        xx: contentsInAll["ja"],
      },
    });
    expect([status, body["code"]]).toEqual([422, "invalid"]);
    expect(body["errors"]).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: "contents.ja.title", code: "too_long", limit: 100, actual: 101 }),
        expect.objectContaining({ field: "contents.ja.body", code: "empty" }),
        expect.objectContaining({ field: "contents.ja.link.url", code: "bad_url" }),
        expect.objectContaining({ field: "contents.xx", code: "unknown_language" }),
      ]),
    );
  });
});

describe("the time", () => {
  it("nothing goes before it, and then everything does", async () => {
    const id = await office.send({ sendAt: inAnHour() });
    clock.advance(hour - minute);
    await waitFor("a turn of the clock", async () => (await world.admin.get("/ward")).status === 200);
    expect(await office.read(id)).toMatchObject({ state: "approved" });
    clock.advance(minute);
    await reaches(id, "sent");
    expect(copies()).toEqual(users.map(() => 1));
  });

  it("a time without an offset is Tokyo's, whatever the machine thinks", async () => {
    const id = await office.write({ sendAt: "2030-01-01T09:00" });
    expect(await office.read(id)).toMatchObject({ sendAt: "2030-01-01T00:00:00.000Z" });
  });

  it("passed while the program was down: at most its grace late it goes, later it is missed and says so", async () => {
    const patient = await office.send({ sendAt: inAnHour(), graceMinutes: 120 });
    const usual = await office.send({ sendAt: inAnHour() });
    await world.kairan.stop();
    clock.advance(hour + 31 * minute);
    await world.restart();
    await reaches(usual, "missed");
    await reaches(patient, "sent");
    expect(copies()).toEqual(users.map(() => 1));
    expect((await office.author.get("/broadcasts?state=missed")).body).toMatchObject({
      broadcasts: [{ id: usual }],
    });
  });

  it("a stopped broadcast does not go when its time comes, and goes when it is resumed", async () => {
    const id = await office.send({ sendAt: inAnHour() });
    await office.author.post(`/broadcasts/${id}/stop`, { comment: "wait" });
    clock.advance(2 * hour);
    const other = await office.send();
    await reaches(other, "sent");
    expect(await office.read(id)).toMatchObject({ state: "stopped", comment: "wait" });
    expect((await office.author.post(`/broadcasts/${id}/resume`)).status).toBe(200);
    await reaches(id, "sent");
    expect(copies()).toEqual(users.map(() => 2));
  });
});

describe("a repeating broadcast", () => {
  it("goes at each of its dates once, as a broadcast of its own, over restarts and second processes", async () => {
    const series = await office.send({ repeat: { cron: "0 9 * * *" } });
    const { nextDates: dates = [] } = (await office.read(series)) as { nextDates?: string[] };
    const children = async () =>
      (await office.author.get(`/broadcasts?seriesId=${series}`)).body["broadcasts"] as { state: string }[];
    for (const [index, date] of dates.slice(0, 3).entries()) {
      clock.advance(Date.parse(date) - clock.now() + 1_000);
      if (index === 1) await world.restart();
      await waitFor(`occurrence ${index + 1}`, async () => {
        const all = await children();
        return all.length === index + 1 && all.every(({ state }) => state === "sent");
      });
    }
    expect(copies()).toEqual(users.map(() => 3));
    expect(await office.read(series)).toMatchObject({ state: "approved" });
    await office.author.post(`/broadcasts/${series}/stop`);
    clock.advance(72 * hour);
    await reaches(await office.send(), "sent");
    expect(await children()).toHaveLength(3);
  });

  it("after a long silence only its last date goes, if that is not too long ago", async () => {
    const series = await office.send({ repeat: { cron: "*/10 * * * *" } });
    await world.kairan.stop();
    clock.advance(6 * hour);
    await world.restart();
    await waitFor("one occurrence", async () =>
      users.every((user) => world.line.platform.ledger.copiesOf(user) === 1),
    );
    const { body } = await office.author.get(`/broadcasts?seriesId=${series}`);
    const states = (body["broadcasts"] as { state: string }[]).map(({ state }) => state);
    expect(states.filter((state) => state !== "missed")).toHaveLength(1);
    expect(states.length).toBeGreaterThan(30);
  });
});

describe("a follow-up", () => {
  it("goes to exactly those who were handed the original and still follow, whatever they changed (invariant 9)", async () => {
    const original = await office.send({ audience: { languages: { anyOf: ["ja"] } } });
    await reaches(original, "sent");
    const handed = users.filter((user) => world.line.platform.ledger.copiesOf(user) === 1);
    expect(handed.length).toBeGreaterThan(1);
    await world.line.platform.block(handed[0] ?? "");
    await waitFor("the block to be known", async () => {
      const estimate = await office.author.post("/audience/estimate", {
        audience: { recipientsOf: original },
      });
      return estimate.body["total"] === handed.length - 1;
    });
    const followUp = await office.send({ audience: { recipientsOf: original } });
    await reaches(followUp, "sent");
    expect(users.filter((user) => world.line.platform.ledger.copiesOf(user) === 2)).toEqual(handed.slice(1));
    const unknown = await office.author.post("/broadcasts", {
      title: "t",
      audience: { recipientsOf: "nope" },
      contents: contentsInAll,
    });
    expect(unknown.body["errors"]).toMatchObject([{ field: "audience.recipientsOf", code: "unknown_id" }]);
  });
});

it("whoever wrote a broadcast and is no author any more cannot take it back", async () => {
  const writer = await hire(world, "author");
  const draft = { title: "t", audience: { everyone: true }, contents: contentsInAll };
  const id = String((await writer.api.post("/broadcasts", draft)).body["id"]);
  await writer.api.post(`/broadcasts/${id}/submit`);
  const db = openDatabase(world.config.databaseUrl);
  await db.write(() =>
    db.sqlite.prepare(`UPDATE staff SET roles = '["viewer"]' WHERE id = ?`).run(writer.id),
  );
  db.close();
  const { status, body } = await writer.api.post(`/broadcasts/${id}/return`);
  expect([status, body["code"]]).toEqual([403, "role_missing"]);
  expect((await office.read(id))["state"]).toBe("submitted");
});
