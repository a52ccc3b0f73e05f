import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createHazardDesk } from "../../src/alerts/hazards/hazard-desk.ts";
import { mainDecision } from "../../src/alerts/hazards/hazard-record.ts";
import type { Telegram } from "../../src/alerts/hazards/hazard.ts";
import { codesOf, heavyRain, minute, noon, reading } from "../support/hazards.ts";
import { type HazardOffice, openHazardOffice, somebody } from "../support/hazard-office.ts";

// Drafts that wait for a person because something held them back, and the telegrams that come meanwhile.
let office: HazardOffice;
beforeEach(() => {
  office = openHazardOffice();
});
afterEach(() => office.close());

const duty = somebody("dutyOfficer");
const maintenance = (on: boolean) => office.desk.setMaintenance(duty, { on });

/** The next telegram, a minute later; what was decided about it. */
async function rain(level: 0 | 2 | 3 | 4 | 5, given: Partial<Telegram> = {}, desk = office.desk) {
  office.clock.advance(minute);
  const said = reading([heavyRain(level)], { reportedAt: office.clock.now(), ...given });
  return mainDecision(await desk.hear(said));
}

/** A desk whose rules send one alert an hour. */
const oneAnHour = () =>
  createHazardDesk({ ...office.deps, rules: { ...office.deps.rules, mostAutomaticPerHour: 1 } });

/** What was raised, in order, and what became of it. */
const raised = () =>
  office.book
    .all()
    .map(({ kind, level, confirmedAt, state }) =>
      [
        kind,
        ...(level === undefined ? [] : [level]),
        confirmedAt !== undefined ? "sent" : state === "draft" ? "waits" : "gone",
      ].join(" "),
    );

describe("a follow-up that waits for a person", () => {
  it.each(["maintenance", "the limit of an hour"])(
    "and says that it was lowered (held back by %s) is thrown away when it rises again, and the record says so",
    async (by) => {
      const desk = by === "maintenance" ? office.desk : oneAnHour();
      await rain(5, {}, desk);
      if (by === "maintenance") await maintenance(true);
      expect(codesOf(await rain(4, {}, desk))).toContain("lowered");
      expect(raised()).toEqual(["alert 5 sent", "update waits"]);
      const again = await rain(5, {}, desk);
      expect(raised().slice(0, 2)).toEqual(["alert 5 sent", "update gone"]);
      expect(codesOf(again)).toContain("draftOutdated");
    },
  );

  it("and says that it was lifted is thrown away when it is announced again, which is news", async () => {
    await rain(4);
    await maintenance(true);
    await rain(0);
    await maintenance(false);
    const again = await rain(4);
    expect([again.do, codesOf(again)]).toEqual(["automatic", ["new", "rule", "draftOutdated"]]);
    expect(raised()).toEqual(["alert 4 sent", "allClear gone", "alert 4 sent"]);
  });

  it("and says that it was a mistake is thrown away when it is announced again", async () => {
    await rain(4);
    await maintenance(true);
    office.clock.advance(minute);
    await office.desk.hear(reading([], { infoType: "cancellation", reportedAt: office.clock.now() }));
    expect(raised()).toEqual(["alert 4 sent", "correction waits"]);
    expect(codesOf(await rain(4))).toContain("draftOutdated");
    expect(raised()).toEqual(["alert 4 sent", "correction gone", "alert 4 waits"]);
  });

  it("and says less than is so now gives way to the lifting, which goes to those who were told", async () => {
    await rain(5);
    await maintenance(true);
    await rain(4);
    await maintenance(false);
    await rain(0);
    expect(raised()).toEqual(["alert 5 sent", "update gone", "allClear sent"]);
    expect(office.book.asked.at(-1)).toMatchObject({ followUp: { of: "alert-1" } });
  });

  it("is thrown away also when nothing more can be drafted", async () => {
    await rain(5);
    await maintenance(true);
    await rain(4);
    const desk = createHazardDesk({
      ...office.deps,
      store: { ...office.deps.store, raisedSince: async () => ({ automatic: 0, drafts: 99 }) },
    });
    expect((await rain(5, {}, desk)).do).toBe("nothing");
    expect(raised()).toEqual(["alert 5 sent", "update gone"]);
  });

  it("compares what comes next with what residents were told", async () => {
    await rain(5);
    await maintenance(true);
    await rain(3);
    await maintenance(false);
    await rain(4);
    expect(raised()).toEqual(["alert 5 sent", "update gone", "update sent"]);
    expect(office.book.asked.at(-1)?.blanks).toMatchObject({
      before: "レベル5大雨",
      officialName: "レベル4大雨",
    });
  });
});

describe("what was drafted because it was held back", () => {
  it("goes in place of its draft when maintenance is over and the same continues, and only once", async () => {
    await maintenance(true);
    await rain(5);
    expect(codesOf(await rain(5))).toEqual(["same", "draftedAlready"]);
    await maintenance(false);
    const afresh = await rain(5);
    expect([afresh.do, codesOf(afresh)]).toEqual(["automatic", ["new", "rule", "insteadOfDraft"]]);
    expect(codesOf(await rain(5))).toEqual(["same"]);
    expect(raised()).toEqual(["alert 5 gone", "alert 5 sent"]);
    await rain(0);
    expect(office.book.asked.at(-1)).toMatchObject({ followUp: { of: "alert-2", kind: "allClear" } });
  });

  it("goes when there is room again within the hour", async () => {
    const desk = oneAnHour();
    await desk.hear(reading([heavyRain(5, { subject: "riverFlood:1" })]));
    await rain(5, {}, desk);
    expect(raised()).toEqual(["alert 5 sent", "alert 5 waits"]);
    office.clock.advance(61 * minute);
    await rain(5, {}, desk);
    expect(raised()).toEqual(["alert 5 sent", "alert 5 gone", "alert 5 sent"]);
  });

  it("goes when a telegram with a right clock says the same", async () => {
    await rain(5, { reportedAt: noon + 60 * minute });
    await rain(5);
    expect(raised()).toEqual(["alert 5 gone", "alert 5 sent"]);
  });

  it("is not sent a second time when a person confirmed the draft, and is lifted for its people", async () => {
    await maintenance(true);
    await rain(5);
    office.book.confirm("alert-1");
    await maintenance(false);
    expect(codesOf(await rain(5))).toEqual(["same"]);
    await rain(0);
    expect(raised()).toEqual(["alert 5 sent", "allClear sent"]);
  });

  it("is not sent a second time when a person confirms the draft at the same moment", async () => {
    await maintenance(true);
    await rain(5);
    await maintenance(false);
    const { alerts } = office.deps;
    const beaten = createHazardDesk({
      ...office.deps,
      alerts: {
        ...alerts,
        discardByRule: async (id) => {
          office.book.confirm(id);
          return alerts.discardByRule(id);
        },
      },
    });
    expect(codesOf(await rain(5, {}, beaten))).toContain("confirmedMeanwhile");
    expect(codesOf(await rain(5))).toEqual(["same"]);
    await rain(0);
    expect(raised()).toEqual(["alert 5 sent", "allClear sent"]);
  });

  it("stays unsaid when a person looked at the draft and threw it away, until it becomes worse", async () => {
    await maintenance(true);
    await rain(4);
    office.book.discard("alert-1");
    await maintenance(false);
    expect(codesOf(await rain(4))).toEqual(["same", "draftedAlready"]);
    await rain(5);
    expect(raised()).toEqual(["alert 4 gone", "alert 5 sent"]);
  });

  it("goes also when its draft lapsed because nobody saw to it", async () => {
    await maintenance(true);
    await rain(5);
    office.book.lapse("alert-1");
    await maintenance(false);
    await rain(5);
    expect(raised()).toEqual(["alert 5 gone", "alert 5 sent"]);
  });

  it("goes as a lifting to those who were told, once", async () => {
    await rain(5);
    await maintenance(true);
    await rain(0);
    expect(codesOf(await rain(0))).toEqual(["lifted", "draftedAlready"]);
    await maintenance(false);
    await rain(0);
    expect(codesOf(await rain(0))).toEqual(["nothingToLift"]);
    expect(raised()).toEqual(["alert 5 sent", "allClear gone", "allClear sent"]);
    expect(office.book.asked.at(-1)).toMatchObject({ followUp: { of: "alert-1" } });
  });

  it("goes as an easing to those who were told, who read what it was", async () => {
    await rain(5);
    await maintenance(true);
    await rain(4);
    await maintenance(false);
    await rain(4);
    expect(codesOf(await rain(4))).toEqual(["same"]);
    expect(raised()).toEqual(["alert 5 sent", "update gone", "update sent"]);
    expect(office.book.asked.at(-1)?.blanks).toMatchObject({ before: "レベル5大雨" });
  });

  it("a lifting that a person confirmed is not said again, and the danger is news again", async () => {
    await rain(5);
    await maintenance(true);
    await rain(0);
    office.book.confirm("allClear-2");
    await maintenance(false);
    expect(codesOf(await rain(0))).toEqual(["nothingToLift"]);
    expect((await rain(5)).do).toBe("automatic");
  });

  it.each(["before", "after"] as const)(
    "is neither lost nor doubled by a kill %s it is raised",
    async (when) => {
      await maintenance(true);
      await rain(5);
      await maintenance(false);
      office.book.fails(when);
      await rain(5);
      office.book.fails("none");
      await office.restart().goOn();
      expect(raised()).toEqual(["alert 5 gone", "alert 5 sent"]);
      expect(codesOf(await rain(5))).toEqual(["same"]);
    },
  );

  it("what a rule leaves to a person stays with the person", async () => {
    await rain(3);
    await rain(3);
    expect(raised()).toEqual(["alert 3 waits"]);
  });

  it("a worse draft is not what residents were told: what they know is no easing to them", async () => {
    await rain(4);
    await maintenance(true);
    await rain(5);
    await maintenance(false);
    expect(codesOf(await rain(4))).toEqual(["same"]);
    expect(raised()).toEqual(["alert 4 sent", "alert 5 gone"]);
  });
});

describe("a telegram that is dated ahead", () => {
  const ahead = () => office.clock.now() + 60 * minute;
  const cancellation = (reportedAt: number) =>
    office.desk.hear(reading([], { infoType: "cancellation", reportedAt }));

  it("and takes something back waits for a person, and does not deafen us to the next one", async () => {
    await rain(5);
    office.clock.advance(5 * minute);
    const withdrawn = mainDecision(await cancellation(ahead()));
    expect(codesOf(withdrawn)).toEqual(["withdrawn", "future"]);
    expect(raised()).toEqual(["alert 5 sent", "correction waits"]);
    const said = await rain(5, { reportedAt: office.clock.now() - minute });
    expect(codesOf(said)).toEqual(["same", "draftOutdated"]);
    expect(raised()).toEqual(["alert 5 sent", "correction gone"]);
  });

  it("and lifts something waits for a person; the level that goes on is no news", async () => {
    await rain(5);
    expect(codesOf(await rain(0, { reportedAt: ahead() }))).toEqual(["lifted", "future"]);
    expect(raised()).toEqual(["alert 5 sent", "allClear waits"]);
    expect(codesOf(await rain(5))).toEqual(["same", "draftOutdated"]);
    expect(raised()).toEqual(["alert 5 sent", "allClear gone"]);
  });

  it("throws away no draft", async () => {
    await rain(3);
    expect(codesOf(await rain(0, { reportedAt: ahead() }))).toEqual(["lifted", "future"]);
    expect(codesOf(mainDecision(await cancellation(ahead())))).toEqual(["withdrawn", "future"]);
    expect(raised()).toEqual(["alert 3 waits"]);
    await rain(0);
    expect(raised()).toEqual(["alert 3 gone"]);
  });
});
