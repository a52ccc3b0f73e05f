import { describe, expect, it } from "vitest";
import type { Hazard, Telegram } from "../../src/alerts/hazards/hazard.ts";
import { decideTelegram } from "../../src/alerts/rules/decide-telegram.ts";
import type { KnownAlert } from "../../src/alerts/rules/situation.ts";
import type { HazardState } from "../../src/alerts/rules/state.ts";
import {
  codesOf,
  createDecider,
  earthquake,
  heavyRain,
  minute,
  noon,
  only,
  reading,
  shippedRules,
} from "../support/hazards.ts";

const at = (minutes: number) => noon + minutes * minute;
const rain = (level: 0 | 2 | 3 | 4 | 5, minutes: number, given = {}) =>
  reading([heavyRain(level)], { reportedAt: at(minutes), ...given });

describe("the course of a danger", () => {
  it("the same level again is no news", () => {
    const decider = createDecider();
    expect(only(decider.decide(rain(4, 0))).do).toBe("automatic");
    const again = only(decider.decide(rain(4, 30)));
    expect([again.do, codesOf(again)]).toEqual(["nothing", ["same"]]);
  });

  it("higher is told to everybody by the rule for it", () => {
    const decider = createDecider();
    decider.decide(rain(4, 0));
    const higher = only(decider.decide(rain(5, 10)));
    expect([higher.do, higher.rule, codesOf(higher)]).toEqual([
      "automatic",
      "specialWarning",
      ["higher", "rule"],
    ]);
  });

  it("5 to 4 is told to the same people as lowered and still active; and 5 again is news", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0));
    const lowered = only(decider.decide(rain(4, 10)));
    expect(lowered).toMatchObject({
      do: "followUp",
      followUp: { of: ["alert-1"], kind: "update", template: "relayLowered", send: true },
    });
    expect(only(decider.decide(rain(5, 20))).do).toBe("automatic");
  });

  it("lifted is told to those who were told, and to nobody else", () => {
    const decider = createDecider();
    const before = only(decider.decide(rain(0, 0)));
    expect([before.do, codesOf(before)]).toEqual(["nothing", ["nothingToLift"]]);
    decider.decide(rain(4, 10));
    decider.decide(rain(5, 20));
    const lifted = only(decider.decide(rain(0, 30)));
    expect(lifted.followUp).toMatchObject({ of: ["alert-2"], kind: "allClear" });
    expect(only(decider.decide(rain(0, 40))).do).toBe("nothing");
  });

  it("a draft that nobody confirmed goes when the danger is over, and nobody is told", () => {
    const decider = createDecider();
    decider.decide(rain(3, 0));
    const lifted = only(decider.decide(rain(0, 30)));
    expect([lifted.do, lifted.ends]).toEqual(["nothing", ["alert-1"]]);
    expect(codesOf(lifted)).toEqual(["lifted", "nobodyWasTold"]);
  });

  it("a draft of a worse rank gives way to what is so now", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0), at(1), { maintenance: true });
    const milder = only(decider.decide(rain(4, 20)));
    expect([milder.do, milder.ends]).toEqual(["automatic", ["alert-1"]]);
  });

  it("a lifting that came too late is left to a person, and goes with the next telegram that says so", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0));
    expect(only(decider.decide(rain(0, 10), at(100)))).toMatchObject({ do: "nothing", call: "stale" });
    expect(only(decider.decide(rain(0, 120))).followUp?.kind).toBe("allClear");
  });

  it("what is older than what is known is not used", () => {
    const decider = createDecider();
    decider.decide(rain(4, 20));
    for (const late of [rain(5, 10), rain(0, 10)])
      expect(codesOf(only(decider.decide(late, at(21))))).toEqual(["outOfOrder"]);
  });

  it("what a wrong clock dated ahead does not make what is issued rightly look late", () => {
    const decider = createDecider();
    expect(only(decider.decide(rain(4, 60), at(10.9)))).toMatchObject({ do: "draft" });
    expect(only(decider.decide(rain(5, 10), at(11)))).toMatchObject({ do: "automatic", ends: ["alert-1"] });
  });

  it("what rises and becomes less again and again is left to a person, both ways; its end is told", () => {
    const decider = createDecider();
    const circumstances = { sentInLastHour: 6 };
    decider.decide(rain(5, 0));
    const lowered = only(decider.decide(rain(4, 1), at(1), circumstances));
    expect([lowered.followUp?.send, lowered.call, codesOf(lowered)]).toEqual([
      false,
      "tooMany",
      ["lowered", "tooMany"],
    ]);
    expect(only(decider.decide(rain(0, 2), at(2), circumstances)).followUp?.send).toBe(true);
  });

  it("a subject of which nothing was heard for days is news again", () => {
    const decider = createDecider();
    const band: Hazard = {
      ...heavyRain(0),
      kind: "linearRainband",
      subject: "linearRainband:",
      phase: "active",
      severity: "warning",
    };
    const said = (minutes: number) => reading([band], { type: "VPBS50", reportedAt: at(minutes) });
    expect(only(decider.decide(said(0))).do).toBe("automatic");
    expect(only(decider.decide(said(60))).do).toBe("nothing");
    expect(only(decider.decide(said(60 * 24))).do).toBe("automatic");
  });

  it("a lifting finds those who were told, however long ago", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0));
    expect(only(decider.decide(rain(0, 60 * 72))).followUp?.of).toEqual(["alert-1"]);
  });
});

describe("of two drafts of one telegram, for people of two districts, a person confirmed one", () => {
  const known = (id: string, sent: boolean, district: string): KnownAlert => ({
    id,
    sent,
    ended: false,
    thrownAway: false,
    audience: { districts: { anyOf: [district] } },
  });
  const alerts = [
    known("north", true, "north"),
    known("south", true, "south"),
    known("northLowered", true, "north"),
    known("southLowered", false, "south"),
  ];
  const by = { telegram: "t", type: "VPWW55", eventId: "", publisher: "気象庁", at: noon };
  const state: HazardState = {
    subject: "heavyRain",
    kind: "heavyRain",
    rank: 4,
    name: "レベル4大雨",
    severity: "urgentWarning",
    reportedAt: noon,
    telegram: "t",
    eventId: "",
    publisher: "気象庁",
    types: ["VPWW55"],
    said: 5,
    saidBy: { ...by, rule: "specialWarning" },
    waits: {
      says: "lowered",
      rank: 4,
      by: { ...by, rule: "specialWarning" },
      drafts: ["northLowered", "southLowered"],
    },
    alerts: ["north", "south"],
  };
  const decideOn = (level: 0 | 4) =>
    only(
      decideTelegram(
        {
          reading: rain(level, 10),
          rules: shippedRules,
          now: at(11),
          sentInLastHour: 0,
          draftedInLastHour: 0,
          maintenance: false,
        },
        { states: [state], alerts: new Map(alerts.map((each) => [each.id, each])), repeated: false },
      ),
    );

  it("nobody is told a second time while it goes on, and the other draft stays theirs", () => {
    const same = decideOn(4);
    expect([same.do, codesOf(same), same.outdated]).toEqual([
      "nothing",
      ["same", "draftedAlready"],
      undefined,
    ]);
  });

  it("both are told of the end, and the other draft is thrown away", () => {
    const lifted = decideOn(0);
    expect(lifted).toMatchObject({
      followUp: { of: ["north", "south"], kind: "allClear", send: true },
      outdated: ["southLowered"],
    });
  });
});

describe("one event, several telegrams", () => {
  const landslide = (level: 0 | 3 | 4 | 5, type: string, minutes: number, given = {}) => {
    const second = type === "VXWW50" ? ({ secondVoice: true } as const) : {};
    return reading([heavyRain(level, { kind: "landslide", subject: "landslide", ...second })], {
      type,
      reportedAt: at(minutes),
      ...given,
    });
  };

  it("VXWW50 and VPWW56 of one landslide are one push, in either order", () => {
    for (const [first, second] of [
      ["VXWW50", "VPWW56"],
      ["VPWW56", "VXWW50"],
    ] as const) {
      const decider = createDecider();
      expect(only(decider.decide(landslide(4, first, 0))).do).toBe("automatic");
      expect(codesOf(only(decider.decide(landslide(4, second, 0))))).toEqual(["same"]);
    }
  });

  it("the end of VXWW50 is no all-clear while VPWW56 speaks of the same", () => {
    const decider = createDecider();
    decider.decide(landslide(4, "VXWW50", 0));
    decider.decide(landslide(4, "VPWW56", 1));
    expect(codesOf(only(decider.decide(landslide(0, "VXWW50", 10))))).toEqual(["otherTypeSpeaks"]);
    expect(only(decider.decide(landslide(3, "VPWW56", 11))).followUp?.kind).toBe("update");
    expect(only(decider.decide(landslide(0, "VPWW56", 20))).followUp?.kind).toBe("allClear");
  });

  it("level 4 by VXWW50 never lowers level 5 by VPWW56, and stands beside it when that was a mistake", () => {
    const decider = createDecider();
    decider.decide(landslide(5, "VPWW56", 0));
    for (const minutes of [0, 10])
      expect(codesOf(only(decider.decide(landslide(4, "VXWW50", minutes))))).toEqual(["otherTypeSpeaks"]);
    expect(codesOf(only(decider.decide(landslide(5, "VPWW56", 20))))).toEqual(["same"]);
    const mistake = landslide(0, "VPWW56", 21, { infoType: "cancellation" });
    const withdrawn = only(decider.decide(mistake));
    expect([withdrawn.followUp?.send, codesOf(withdrawn)]).toEqual([
      false,
      ["withdrawn", "otherTelegramSpeaks"],
    ]);
  });

  it("where VXWW50 alone spoke, its end is the end", () => {
    const decider = createDecider();
    decider.decide(landslide(4, "VXWW50", 0));
    expect(only(decider.decide(landslide(0, "VXWW50", 10))).followUp?.kind).toBe("allClear");
  });

  it("VXSE53 after VXSE51 is told only when it raises the intensity", () => {
    const decider = createDecider();
    const quake = (intensity: Hazard["intensity"], type: string, minutes: number, given = {}) =>
      reading([earthquake(intensity, given)], { type, eventId: "20261120120000", reportedAt: at(minutes) });
    expect(only(decider.decide(quake("4", "VXSE51", 0))).rule).toBe("earthquake");
    expect(codesOf(only(decider.decide(quake("4", "VXSE53", 3))))).toEqual(["same"]);
    expect(codesOf(only(decider.decide(quake("3", "VXSE53", 4))))).toEqual(["laterReportLower"]);
    expect(only(decider.decide(quake("5-", "VXSE53", 5))).rule).toBe("strongEarthquake");
    expect(codesOf(only(decider.decide(quake("5-", "VXSE53", 6))))).toEqual(["same"]);
  });

  it("what VXSE51 said too strongly, and nobody was told, goes as VXSE53 has it; held back still, the draft stays", () => {
    const decider = createDecider();
    const quake = (intensity: Hazard["intensity"], type: string, minutes: number) =>
      reading([earthquake(intensity)], { type, eventId: "20261120120000", reportedAt: at(minutes) });
    decider.decide(quake("5-", "VXSE51", 0), at(1), { maintenance: true });
    const held = only(decider.decide(quake("4", "VXSE53", 3), at(4), { maintenance: true }));
    expect([held.do, codesOf(held), held.ends]).toEqual(["nothing", ["laterReportLower"], []]);
    const free = only(decider.decide(quake("4", "VXSE53", 5)));
    expect([free.do, free.rule, free.insteadOf]).toEqual(["automatic", "earthquake", ["alert-1"]]);
    expect(codesOf(only(decider.decide(quake("4", "VXSE53", 6))))).toEqual(["same"]);
  });

  describe("what VXSE53 says of a tsunami", () => {
    const tellsOfTsunami = {
      ...shippedRules,
      followUps: { ...shippedRules.followUps, aboutTsunami: "relayAboutTsunami" },
    };
    const quake = (
      intensity: Hazard["intensity"],
      tsunami: Hazard["tsunami"],
      minutes: number,
      given: Partial<Telegram> = {},
    ) =>
      reading([earthquake(intensity, { tsunami })], {
        type: tsunami === undefined ? "VXSE51" : "VXSE53",
        eventId: "20261120120000",
        reportedAt: at(minutes),
        ...given,
      });

    it.each(["4", "3", "1"] as const)(
      "is told once to those who read in VXSE51 to wait for it, also when it is %s in the ward itself",
      (intensity) => {
        const decider = createDecider(tellsOfTsunami);
        decider.decide(quake("4", undefined, 0));
        const update = only(decider.decide(quake(intensity, "tsunamiNone", 3)));
        expect(codesOf(update)).toEqual([intensity === "4" ? "same" : "laterReportLower", "tsunamiSaid"]);
        expect(update).toMatchObject({
          do: "followUp",
          followUp: {
            of: ["alert-1"],
            kind: "update",
            template: "relayAboutTsunami",
            blanks: { tsunami: "tsunamiNone" },
            send: true,
          },
        });
        expect(only(decider.decide(quake(intensity, "tsunamiNone", 6))).do).toBe("nothing");
      },
    );

    it("is told again when it changes", () => {
      const decider = createDecider(tellsOfTsunami);
      decider.decide(quake("4", undefined, 0));
      decider.decide(quake("4", "tsunamiBeingStudied", 3));
      const update = only(decider.decide(quake("4", "tsunamiInForce", 5)));
      expect(update.followUp).toMatchObject({ send: true, blanks: { tsunami: "tsunamiInForce" } });
    });

    it("is not told again when the first alert said it, nor when nobody was told of the quake", () => {
      const decider = createDecider(tellsOfTsunami);
      expect(only(decider.decide(quake("4", "tsunamiNone", 0))).do).toBe("automatic");
      expect(codesOf(only(decider.decide(quake("4", "tsunamiNone", 2))))).toEqual(["same"]);
      const weak = createDecider(tellsOfTsunami);
      weak.decide(quake("3", undefined, 0));
      expect(only(weak.decide(quake("3", "tsunamiNone", 3))).do).toBe("nothing");
    });

    it("goes with the alert that says that the intensity is higher, and by no update", () => {
      const decider = createDecider(tellsOfTsunami);
      decider.decide(quake("4", undefined, 0));
      expect(only(decider.decide(quake("5-", "tsunamiNone", 3))).do).toBe("automatic");
      expect(codesOf(only(decider.decide(quake("5-", "tsunamiNone", 4))))).toEqual(["same"]);
    });

    it("waits for a person under maintenance, without a second draft, and goes when that is over", () => {
      const decider = createDecider(tellsOfTsunami);
      decider.decide(quake("4", undefined, 0));
      const held = only(decider.decide(quake("4", "tsunamiNone", 3), at(4), { maintenance: true }));
      expect(held.followUp?.send).toBe(false);
      const again = only(decider.decide(quake("4", "tsunamiNone", 5), at(6), { maintenance: true }));
      expect([again.do, codesOf(again)]).toEqual(["nothing", ["same", "tsunamiSaid", "draftedAlready"]]);
      const free = only(decider.decide(quake("3", "tsunamiNone", 7)));
      expect([free.followUp?.send, free.insteadOf]).toEqual([true, ["follow-up-1"]]);
    });

    it("replaces the draft that says to wait for it", () => {
      const decider = createDecider(tellsOfTsunami);
      decider.decide(quake("4", undefined, 0), at(1), { maintenance: true });
      const better = only(decider.decide(quake("4", "tsunamiNone", 3), at(4), { maintenance: true }));
      expect([better.do, better.insteadOf]).toEqual(["draft", ["alert-1"]]);
      const same = only(decider.decide(quake("4", "tsunamiNone", 5), at(6), { maintenance: true }));
      expect(codesOf(same)).toEqual(["same", "draftedAlready"]);
    });

    it("is left to a person when something else in the telegram is not understood", () => {
      const decider = createDecider(tellsOfTsunami);
      decider.decide(quake("4", undefined, 0));
      const unread = quake("4", "tsunamiNone", 3);
      const [update] = decider.decide({ ...unread, remarks: [{ code: "unknown", detail: "?" }] });
      expect(update?.followUp?.send).toBe(false);
    });

    it("is not told unless the ward's rules name a template for it: both reports speak of one quake", () => {
      const decider = createDecider();
      decider.decide(quake("4", undefined, 0));
      const second = only(decider.decide(quake("4", "tsunamiNone", 3)));
      expect([second.do, codesOf(second)]).toEqual(["nothing", ["same"]]);
    });
  });

  it("an intensity that was not received counts as 5-, also beside a lower one", () => {
    for (const intensity of [undefined, "3"] as const) {
      const missing = reading([earthquake(intensity, { intensityNotReceived: true })], { type: "VXSE53" });
      const decision = only(createDecider().decide(missing));
      expect([decision.do, decision.rule]).toEqual(["automatic", "strongEarthquake"]);
      expect(codesOf(decision)).toContain("intensityNotReceived");
    }
  });

  it("a subject that stands twice in a telegram counts as the worst", () => {
    const both = reading([heavyRain(2), heavyRain(5), heavyRain(0)]);
    expect(only(createDecider().decide(both)).alert?.level).toBe(5);
  });

  it("a notice of a special warning sends nothing, and is looked after", () => {
    const notice = reading([
      { ...heavyRain(5), kind: "specialWarningNotice", subject: "specialWarningNotice" },
    ]);
    const decision = only(createDecider().decide(notice, at(1)));
    expect([decision.do, decision.checkAt]).toEqual(["nothing", at(4)]);
  });
});

describe("corrections and cancellations", () => {
  const cancelled = { infoType: "cancellation" } as const;
  const corrected = { infoType: "correction" } as const;

  it("a correction that changes nothing for the ward is not told", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0));
    expect(codesOf(only(decider.decide(rain(5, 0, corrected), at(5))))).toEqual(["same"]);
  });

  it("a correction to something milder, or to nothing, is told as such to those who were told", () => {
    for (const level of [3, 0] as const) {
      const decider = createDecider();
      decider.decide(rain(5, 0));
      const { followUp } = only(decider.decide(rain(level, 0, corrected), at(5)));
      expect(followUp).toMatchObject({ of: ["alert-1"], kind: "correction", template: "relayCorrected" });
    }
  });

  it("a correction to something worse goes like any other", () => {
    const decider = createDecider();
    decider.decide(rain(3, 0));
    const worse = only(decider.decide(rain(5, 0, corrected), at(5)));
    expect([worse.do, codesOf(worse)]).toEqual(["automatic", ["higher", "corrected", "rule"]]);
  });

  it("a correction of an earthquake's intensity downwards is told", () => {
    const decider = createDecider();
    const event = { type: "VXSE53", eventId: "20261120120000" };
    decider.decide(reading([earthquake("5-")], event));
    const mended = reading([earthquake("3")], { ...event, ...corrected });
    expect(only(decider.decide(mended)).followUp?.kind).toBe("correction");
  });

  it("a cancellation without areas finds those who were told by type and event", () => {
    const decider = createDecider();
    decider.decide(reading([earthquake("5-")], { type: "VXSE51", eventId: "A" }));
    const other = reading([], { type: "VXSE51", eventId: "B", ...cancelled });
    expect(codesOf(only(decider.decide(other)))).toEqual(["nothingToWithdraw"]);
    const mistake = reading([], { type: "VXSE51", eventId: "A", reportedAt: at(1), ...cancelled });
    const withdrawn = only(decider.decide(mistake));
    expect(withdrawn.followUp).toMatchObject({
      of: ["alert-1"],
      kind: "correction",
      template: "relayWithdrawn",
      send: true,
      blanks: { officialName: "震度5-" },
    });
    expect(codesOf(only(decider.decide(mistake)))).toEqual(["nothingToWithdraw"]);
  });

  it("a weather warning that was a mistake is known by its type, and what comes after it is news", () => {
    const decider = createDecider();
    decider.decide(rain(5, 0));
    const elsewhere = reading([], { publisher: "大阪管区気象台", reportedAt: at(2), ...cancelled });
    expect(codesOf(only(decider.decide(elsewhere)))).toEqual(["nothingToWithdraw"]);
    const mistake = reading([], { reportedAt: at(2), ...cancelled });
    expect(only(decider.decide(mistake)).followUp?.send).toBe(true);
    expect(only(decider.decide(rain(5, 10))).do).toBe("automatic");
  });

  it("what another telegram says as well is taken back by a person only", () => {
    const decider = createDecider();
    const event = { eventId: "20261120120000" };
    decider.decide(reading([earthquake("5-")], { type: "VXSE51", ...event }));
    decider.decide(reading([earthquake("5-")], { type: "VXSE53", reportedAt: at(3), ...event }));
    const mistake = reading([], { type: "VXSE51", reportedAt: at(4), ...event, ...cancelled });
    const decision = only(decider.decide(mistake));
    expect([decision.followUp?.send, codesOf(decision)]).toEqual([
      false,
      ["withdrawn", "otherTelegramSpeaks"],
    ]);
  });

  it("the cancellation of a telegram that only said that it continues does not take back the warning by itself", () => {
    const decider = createDecider();
    decider.decide(rain(4, 0));
    decider.decide(rain(4, 30));
    expect(only(decider.decide(reading([], { reportedAt: at(31), ...cancelled }))).followUp?.send).toBe(
      false,
    );
  });

  it("a draft of what was cancelled is thrown away, and nobody is told", () => {
    const decider = createDecider();
    decider.decide(rain(3, 0));
    const decision = only(decider.decide(reading([], { reportedAt: at(1), ...cancelled })));
    expect([decision.do, decision.ends, codesOf(decision)]).toEqual([
      "nothing",
      ["alert-1"],
      ["withdrawn", "nobodyWasTold"],
    ]);
  });
});
