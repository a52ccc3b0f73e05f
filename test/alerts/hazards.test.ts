import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHazardDesk } from "../../src/alerts/hazards/hazard-desk.ts";
import { mainDecision } from "../../src/alerts/hazards/hazard-record.ts";
import { unreadReading } from "../../src/feeds/jma/unread.ts";
import { codesOf, earthquake, heavyRain, minute, noon, reading } from "../support/hazards.ts";
import { type HazardOffice, openHazardOffice, somebody } from "../support/hazard-office.ts";

let office: HazardOffice;
beforeEach(() => {
  office = openHazardOffice();
});
afterEach(() => office.close());

/** Another process on the same database. */
const openDeskWith = (given: Partial<HazardOffice["deps"]>) => createHazardDesk({ ...office.deps, ...given });

const level5 = () => reading([heavyRain(5)]);
const unread = (id: string) =>
  unreadReading(
    { id, url: undefined, type: "VPWW55", title: "気象特別警報", updatedAt: noon },
    { unread: "unreadNotXml", detail: "cut off" },
  );
const duty = somebody("dutyOfficer");

describe("what is heard", () => {
  it("is on record with what was decided, by which rule and why, and the alert it led to", async () => {
    const { id } = await office.desk.hear(level5());
    const record = await office.desk.find(id);
    expect(record).toMatchObject({ stage: "done", receivedFrom: "feed", alerts: ["alert-1"] });
    expect(record && mainDecision(record)).toMatchObject({ do: "automatic", rule: "specialWarning" });
    expect(office.book.asked).toMatchObject([
      { template: "relayLevel5", level: 5, send: true, rule: "specialWarning" },
    ]);
  });

  it("is heard once, however often it is fetched", async () => {
    const said = level5();
    const first = await office.desk.hear(said);
    const second = await office.desk.hear(said);
    expect(second.id).toBe(first.id);
    expect(office.book.asked).toHaveLength(1);
    expect(await office.desk.list({ limit: 10 })).toHaveLength(1);
  });

  it("is recognised under another id, but not when it says something else", async () => {
    const said = level5();
    await office.desk.hear(said);
    const twin = await office.desk.hear({ ...said, telegram: { ...said.telegram, id: "another" } });
    expect(codesOf(mainDecision(twin))).toEqual(["repeated"]);
    const other = { ...said, telegram: { ...said.telegram, id: "third" }, hazards: [heavyRain(0)] };
    expect(mainDecision(await office.desk.hear(other)).do).toBe("followUp");
  });

  it("and could not be read is a draft with a call, on record once, however often it is told", async () => {
    const first = await office.desk.hear(unread("01"));
    const second = await office.desk.hear(unread("01"));
    expect(second.id).toBe(first.id);
    expect(mainDecision(first)).toMatchObject({ do: "draft", reasons: [{ code: "unreadNotXml" }] });
    expect(office.book.asked).toMatchObject([{ template: "relayUnread", send: false }]);
    expect(office.called.map(({ kind }) => kind)).toEqual(["unknownTelegram"]);
  });

  it("and could be read later is decided as what it says; what was prepared before is thrown away", async () => {
    await office.desk.hear(unread("01"));
    expect(await office.desk.isUnread("01")).toBe(true);
    const read = reading([heavyRain(5)], { id: "01" });
    expect(mainDecision(await office.desk.hear(read)).do).toBe("automatic");
    expect(await office.desk.isUnread("01")).toBe(false);
    expect(office.book.all().map(({ template, state }) => [template, state])).toEqual([
      ["relayUnread", "cancelled"],
      ["relayLevel5", "sending"],
    ]);
    // Both stand on record, and what comes again is the one that could be read.
    await office.desk.hear(read);
    await office.desk.hear(unread("01"));
    expect(await office.desk.list({ limit: 10 })).toHaveLength(2);
    expect(office.book.asked).toHaveLength(2);
  });

  it("and could be read later, with something in it that nobody knows, waits for a person anew", async () => {
    await office.desk.hear(unread("01"));
    await office.desk.hear(reading([], { id: "01" }, [{ code: "unknown", detail: "Code 99" }]));
    expect(office.book.all().map(({ state }) => state)).toEqual(["cancelled", "draft"]);
  });

  it("and says neither that it is real nor that it is a drill is on record, and a person is called", async () => {
    const remark = { code: "unknown", detail: "Status 「緊急」" } as const;
    const record = await office.desk.hear(reading([heavyRain(5)], { status: "unknown" }, [remark]));
    expect(mainDecision(record)).toMatchObject({
      do: "nothing",
      reasons: [{ code: "unknown", values: { detail: remark.detail } }],
    });
    expect(office.called.map(({ kind }) => kind)).toEqual(["unknownTelegram"]);
    expect(office.book.asked).toEqual([]);
  });

  it("at the same time is dealt with one after the other", async () => {
    const both = await Promise.all([office.desk.hear(level5()), office.desk.hear(level5())]);
    expect(both.map((each) => mainDecision(each).do).toSorted()).toEqual(["automatic", "nothing"]);
  });

  it("by two processes is decided by one of them", async () => {
    const { rules, store } = office.deps;
    const said = level5();
    const slower = openDeskWith({
      rules: { ...rules, mostAutomaticPerHour: 1 },
      store: {
        ...store,
        raisedSince: async (since) => {
          await office.desk.hear(said);
          return store.raisedSince(since);
        },
      },
    });
    const record = await slower.hear(said);
    expect(mainDecision(record).do).toBe("automatic");
    expect(office.book.asked).toHaveLength(1);
    expect(office.called).toEqual([]);
  });

  it("is listed newest first, by page and by source", async () => {
    for (let index = 0; index < 5; index += 1) {
      office.clock.advance(1000);
      await office.desk.hear(reading([], { source: index === 2 ? "inbound" : "jma" }));
    }
    const page = await office.desk.list({ limit: 3 });
    const rest = await office.desk.list({ limit: 3, before: page.at(-1)?.id });
    expect([page.length, rest.length]).toEqual([3, 2]);
    expect(page.map(({ id }) => id)).toEqual(
      page
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    );
    expect(await office.desk.list({ limit: 9, source: "inbound" })).toHaveLength(1);
  });
});

describe("a flood", () => {
  it("of forty stale telegrams in one poll sends nothing and calls once", async () => {
    office.clock.set("2026-11-20T14:00:00+09:00");
    for (let index = 0; index < 40; index += 1)
      await office.desk.hear(reading([heavyRain(4, { subject: `riverFlood:${index}` })]));
    expect(office.book.asked).toEqual([]);
    expect(office.called.map(({ kind }) => kind)).toEqual(["stale"]);
  });

  it("of real ones stops after a few, calls once, and counts anew an hour later", async () => {
    const hearMany = async (from: number, reportedAt: number) => {
      for (let index = from; index < from + 20; index += 1)
        await office.desk.hear(reading([heavyRain(5, { subject: `riverFlood:${index}` })], { reportedAt }));
    };
    await hearMany(0, noon);
    expect(office.book.asked.filter(({ send }) => send)).toHaveLength(6);
    expect(office.called.map(({ kind }) => kind)).toEqual(["tooMany"]);
    office.clock.advance(61 * minute);
    await hearMany(20, noon + 60 * minute);
    expect(office.book.asked.filter(({ send }) => send)).toHaveLength(12);
  });

  it("that was sent can be taken back as a whole", async () => {
    const subjects = Array.from({ length: 6 }, (_, index) => `riverFlood:${index}`);
    for (const subject of subjects) await office.desk.hear(reading([heavyRain(5, { subject })]));
    const over = subjects.map((subject) => heavyRain(0, { subject }));
    await office.desk.hear(reading(over, { reportedAt: noon + minute }));
    const followUps = office.book.asked.filter(({ followUp }) => followUp !== undefined);
    expect(followUps.map(({ followUp, send }) => [followUp?.of, send])).toEqual(
      subjects.map((_, index) => [`alert-${index + 1}`, true]),
    );
  });
});

describe("the course of a danger, through the alerts", () => {
  it("what is now said better to the same people is over, and lifting follows the last", async () => {
    await office.desk.hear(reading([heavyRain(4)]));
    await office.desk.hear(reading([heavyRain(5)], { reportedAt: noon + minute }));
    const [four, five] = office.book.all();
    expect([four?.endedAt === undefined, five?.endedAt]).toEqual([false, undefined]);
    await office.desk.hear(reading([heavyRain(0)], { reportedAt: noon + minute }));
    const last = office.book.asked.at(-1);
    expect(last).toMatchObject({ followUp: { of: five?.id, kind: "allClear" }, send: true });
  });

  it("those of a draft that a person confirmed are told when it is over", async () => {
    await office.desk.hear(reading([heavyRain(3)]));
    office.book.confirm("alert-1");
    await office.desk.hear(reading([heavyRain(0)], { reportedAt: noon + minute }));
    expect(office.book.asked.at(-1)).toMatchObject({ followUp: { of: "alert-1", kind: "allClear" } });
  });

  it("those of a draft that a person confirmed at the moment it was to be thrown away are told by the next lifting", async () => {
    await office.desk.hear(reading([heavyRain(3)]));
    const { alerts } = office.deps;
    const beaten = openDeskWith({
      alerts: {
        ...alerts,
        discardByRule: async (id) => {
          office.book.confirm(id);
          return alerts.discardByRule(id);
        },
      },
    });
    await beaten.hear(reading([heavyRain(0)], { reportedAt: noon + minute }));
    office.clock.advance(5 * minute);
    await office.desk.hear(reading([heavyRain(0)], { reportedAt: noon + 5 * minute }));
    expect(office.book.asked.at(-1)).toMatchObject({ followUp: { of: "alert-1", kind: "allClear" } });
  });

  it("a draft that nobody confirmed is thrown away when it is over", async () => {
    await office.desk.hear(reading([heavyRain(3)]));
    await office.desk.hear(reading([heavyRain(0)], { reportedAt: noon + minute }));
    expect(office.book.all()).toMatchObject([{ id: "alert-1", state: "cancelled" }]);
  });

  it("a cancellation reaches exactly those of that event", async () => {
    const event = { type: "VXSE51", eventId: "20261120120000" };
    await office.desk.hear(reading([earthquake("5-")], event));
    const mistake = { ...event, infoType: "cancellation" as const, reportedAt: noon + minute };
    await office.desk.hear(reading([], mistake));
    expect(office.book.asked.at(-1)).toMatchObject({
      template: "relayWithdrawn",
      followUp: { of: "alert-1", kind: "correction" },
      send: true,
    });
  });

  it("what was ended by hand is not lifted a second time", async () => {
    await office.desk.hear(level5());
    await office.deps.alerts.endByRule("alert-1");
    await office.desk.hear(reading([heavyRain(0)], { reportedAt: noon + minute }));
    expect(office.book.asked).toHaveLength(1);
  });
});

describe("a kill at any moment", () => {
  it.each(["before", "after"] as const)(
    "%s the alert is raised, neither loses nor doubles it",
    async (when) => {
      office.book.fails(when);
      const { id, stage } = await office.desk.hear(level5());
      expect(stage).toBe("decided");
      office.book.fails("none");
      const next = office.restart();
      await next.goOn();
      expect(await next.find(id)).toMatchObject({ stage: "done", alerts: ["alert-1"] });
      expect(office.book.all()).toHaveLength(1);
      // What was said is known: the same level is no news.
      const again = await next.hear(reading([heavyRain(5)], { reportedAt: noon + minute }));
      expect(codesOf(mainDecision(again))).toEqual(["same"]);
    },
  );

  it("right after it was heard leaves it to be decided", async () => {
    await office.deps.store.hear("01HEARD", level5(), "feed", office.clock.now());
    await office.restart().goOn();
    expect(await office.desk.find("01HEARD")).toMatchObject({ stage: "done", alerts: ["alert-1"] });
  });

  it("that lasted too long leaves a draft, never a late send", async () => {
    office.book.fails("before");
    const { id } = await office.desk.hear(level5());
    office.book.fails("none");
    office.clock.advance(90 * minute);
    await office.restart().goOn();
    expect(office.book.asked.map(({ send }) => send)).toEqual([false]);
    const record = await office.desk.find(id);
    expect(record && codesOf(mainDecision(record))).toContain("tookTooLong");
  });

  it("after which automatic sending was switched off leaves a draft", async () => {
    office.book.fails("before");
    await office.desk.hear(level5());
    office.book.fails("none");
    const next = office.restart();
    await next.setMaintenance(duty, { on: true });
    await next.goOn();
    expect(office.book.asked.map(({ send }) => send)).toEqual([false]);
  });

  it("what fails again and again is given up, a person is called, and the next is heard", async () => {
    office.book.fails("before");
    const { id } = await office.desk.hear(level5());
    for (let turn = 0; turn < 6; turn += 1) await office.desk.goOn();
    const record = await office.desk.find(id);
    expect(record && [record.stage, codesOf(mainDecision(record))]).toEqual(["done", ["failed"]]);
    expect(office.called.map(({ kind }) => kind)).toEqual(["unknownTelegram"]);
    office.book.fails("none");
    expect(mainDecision(await office.desk.hear(reading([earthquake("6-")]))).do).toBe("automatic");
  });
});

describe("what cannot be carried out", () => {
  it("is told to a person, and tried again with the next telegram", async () => {
    office.book.fails("refuse");
    const refused = await office.desk.hear(level5());
    expect(codesOf(mainDecision(refused))).toContain("refused");
    expect(office.called.map(({ kind }) => kind)).toEqual(["unknownTelegram"]);
    office.book.fails("none");
    const next = await office.desk.hear(reading([heavyRain(5)], { reportedAt: noon + minute }));
    expect(mainDecision(next).do).toBe("automatic");
  });
});

describe("a notice of a special warning", () => {
  const notice = () =>
    reading([{ ...heavyRain(5), kind: "specialWarningNotice", subject: "specialWarningNotice" }], {
      type: "VPNO50",
    });

  it("calls staff when the warning itself has not come within three minutes, once", async () => {
    const { id } = await office.desk.hear(notice());
    await office.desk.goOn();
    expect(office.called).toEqual([]);
    office.clock.advance(3 * minute);
    await office.desk.goOn();
    await office.desk.goOn();
    expect(office.called.map(({ kind }) => kind)).toEqual(["specialWarningNotice"]);
    const record = await office.desk.find(id);
    expect(record && codesOf(mainDecision(record))).toContain("specialWarningMissing");
    expect(office.book.asked).toEqual([]);
  });

  it("calls nobody when it has come", async () => {
    await office.desk.hear(notice());
    await office.desk.hear(level5());
    office.clock.advance(3 * minute);
    await office.desk.goOn();
    expect(office.called).toEqual([]);
  });
});

describe("the maintenance switch", () => {
  it("stops automatic sending, says who and until when, and is on record", async () => {
    const until = office.clock.now() + 10 * minute;
    expect(await office.desk.setMaintenance(duty, { on: true, until, note: "受信機の交換" })).toMatchObject({
      on: true,
      by: "dutyOfficer",
      until,
      note: "受信機の交換",
    });
    const held = await office.desk.hear(level5());
    expect([mainDecision(held).do, codesOf(mainDecision(held))]).toEqual([
      "draft",
      expect.arrayContaining(["maintenance"]),
    ]);
    expect(office.acts()).toEqual(["feed.maintenanceOn"]);
  });

  it("ends by itself, also while nobody pokes", async () => {
    await office.desk.setMaintenance(duty, { on: true, until: office.clock.now() + minute });
    office.clock.advance(minute);
    expect((await office.desk.maintenance()).on).toBe(false);
    expect(mainDecision(await office.desk.hear(level5())).do).toBe("automatic");
    await office.desk.goOn();
    await office.desk.goOn();
    expect(office.acts()).toEqual(["feed.maintenanceOn", "feed.maintenanceOff"]);
  });

  it("is for those on duty, and never for a time that is over", async () => {
    expect(await office.desk.setMaintenance(somebody("viewer"), { on: true })).toEqual({
      refused: "role_missing",
    });
    const until = office.clock.now() - 1;
    expect(await office.desk.setMaintenance(duty, { on: true, until })).toEqual({ refused: "until_past" });
  });
});

describe("forgetting", () => {
  it("drops what led to nothing, and keeps what an alert came of", async () => {
    await office.desk.hear(level5());
    await office.desk.hear(reading([], {}, [{ code: "elsewhere" }]));
    await office.desk.hear(reading([earthquake("5+")]));
    office.clock.advance(20 * 24 * 60 * minute);
    await office.desk.purge();
    expect(await office.desk.list({ limit: 9 })).toHaveLength(3);
    // What was said is still known.
    const lifted = reading([heavyRain(0)], { reportedAt: office.clock.now() });
    expect(mainDecision(await office.desk.hear(lifted)).do).toBe("followUp");
    office.clock.advance(80 * 24 * 60 * minute);
    await office.desk.purge();
    const kept = await office.desk.list({ limit: 9 });
    expect(kept.every(({ alerts }) => alerts.length > 0)).toBe(true);
    expect(await office.deps.store.states()).toEqual([]);
  });
});
