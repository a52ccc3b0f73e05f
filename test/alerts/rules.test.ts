import { describe, expect, it } from "vitest";
import type { Hazard } from "../../src/alerts/hazards/hazard.ts";
import { reasonCodes } from "../../src/alerts/rules/decision.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import {
  codesOf,
  createDecider,
  earthquake,
  heavyRain,
  minute,
  noon,
  only,
  reading,
} from "../support/hazards.ts";

const at = (minutes: number) => noon + minutes * minute;
const decideFirst = (...given: Parameters<ReturnType<typeof createDecider>["decide"]>) =>
  only(createDecider().decide(...given));

describe("what the shipped rules do with what JMA says of the ward", () => {
  const hazard = (given: Partial<Hazard>): Hazard => ({ ...heavyRain(0), phase: "active", ...given });
  it.each([
    ["level 5", heavyRain(5), "automatic"],
    ["level 4", heavyRain(4), "automatic"],
    ["level 3", heavyRain(3), "draft"],
    ["level 2", heavyRain(2), "nothing"],
    [
      "a special warning without a number",
      hazard({ kind: "storm", severity: "specialWarning" }),
      "automatic",
    ],
    ["a warning without a number", hazard({ kind: "storm", severity: "warning" }), "draft"],
    ["a tsunami warning", hazard({ kind: "tsunami", severity: "warning" }), "automatic"],
    ["a tsunami advisory", hazard({ kind: "tsunami", severity: "advisory" }), "automatic"],
    ["tsunami forecast of no consequence", hazard({ kind: "tsunami", severity: "notice" }), "nothing"],
    ["a linear rainband", hazard({ kind: "linearRainband", severity: "warning" }), "automatic"],
    ["record rain", hazard({ kind: "recordRain", severity: "warning" }), "automatic"],
    ["a rainband that may come", hazard({ kind: "linearRainbandSoon", severity: "notice" }), "nothing"],
    ["intensity 5-", earthquake("5-"), "automatic"],
    ["intensity 4", earthquake("4"), "automatic"],
    ["intensity 3", earthquake("3", { severity: "warning" }), "nothing"],
    ["a tornado", hazard({ kind: "tornado", severity: "notice" }), "draft"],
    ["heat", hazard({ kind: "heat", severity: "notice" }), "nothing"],
    ["an advisory", hazard({ kind: "fog", severity: "advisory" }), "nothing"],
  ])("%s", (_name, said, deed) => {
    const decision = decideFirst(reading([said]));
    expect(decision.do).toBe(deed);
    expect(codesOf(decision)).toContain(deed === "nothing" ? "ruleSaysNothing" : "rule");
  });

  it("an alert carries JMA's own name, words, place and level, and never a level that JMA did not give", () => {
    const { alert } = decideFirst(reading([heavyRain(5)], { headline: "命の危険があります。" }));
    expect(alert).toMatchObject({
      level: 5,
      blanks: {
        officialName: "レベル5大雨",
        headline: { ja: "命の危険があります。" },
        area: "品川区",
      },
    });
    const quake = decideFirst(reading([earthquake("6+")]));
    expect(quake.alert).not.toHaveProperty("level");
  });

  it("what comes from the ward's own systems waits for a person, whatever it says of itself", () => {
    expect(decideFirst(reading([heavyRain(5)], { source: "inbound", type: "cap" })).do).toBe("draft");
    const vague = heavyRain(5, { severity: "none" });
    expect(decideFirst(reading([vague], { source: "inbound", type: "json" })).do).toBe("draft");
  });
});

describe("guards before anything goes", () => {
  it.each([
    ["an exercise", { status: "exercise" }, "exercise"],
    ["a test", { status: "test" }, "test"],
  ] as const)("%s leads to nothing and is not known afterwards", (_name, given, code) => {
    const decider = createDecider();
    const decision = only(decider.decide(reading([heavyRain(5)], given)));
    expect([decision.do, codesOf(decision), decision.call]).toEqual(["nothing", [code], undefined]);
    expect(decider.stateOf("heavyRain")).toBeUndefined();
    expect(only(decider.decide(reading([heavyRain(5)]))).do).toBe("automatic");
  });

  it("what is older than the rule's limit is known and not sent, and a person is called", () => {
    const decider = createDecider();
    const stale = only(decider.decide(reading([heavyRain(5)]), at(61)));
    expect([stale.do, stale.call, stale.alert]).toEqual(["nothing", "stale", undefined]);
    expect(codesOf(stale)).toContain("stale");
    expect(decider.stateOf("heavyRain")).toMatchObject({ rank: 5, said: 0 });
  });

  it("what was too old goes when a fresh telegram says that it continues: nobody knows of it yet", () => {
    const decider = createDecider();
    decider.decide(reading([heavyRain(5)]), at(90));
    expect(only(decider.decide(reading([heavyRain(5)], { reportedAt: at(100) }))).do).toBe("automatic");
  });

  it("an earthquake of half an hour ago is not news", () => {
    expect(decideFirst(reading([earthquake("5+")]), at(30)).do).toBe("automatic");
    expect(decideFirst(reading([earthquake("5+")]), at(31)).do).toBe("nothing");
  });

  it("what no rule would have sent calls nobody when it is old", () => {
    expect(decideFirst(reading([heavyRain(2)]), at(600)).call).toBeUndefined();
  });

  it("a telegram from the future waits for a person, and does not deafen us to the next one", () => {
    const decider = createDecider();
    const early = only(decider.decide(reading([heavyRain(4)], { reportedAt: at(60) }), noon));
    expect([early.do, codesOf(early)]).toEqual(["draft", expect.arrayContaining(["future"])]);
    expect(only(decider.decide(reading([heavyRain(5)], { reportedAt: at(2) }))).do).toBe("automatic");
    expect(decideFirst(reading([heavyRain(4)], { reportedAt: at(5) }), noon).do).toBe("automatic");
  });

  it("what was heard under another id is not said again", () => {
    const decision = decideFirst(reading([heavyRain(5)]), at(1), { repeated: true });
    expect([decision.do, codesOf(decision)]).toEqual(["nothing", ["repeated"]]);
  });

  it("something that is not understood holds back what is: a person sees both", () => {
    const unread = reading([heavyRain(5)], {}, [{ code: "unknown", detail: "VPWW55 Code 「77」" }]);
    const decision = decideFirst(unread);
    expect([decision.do, decision.call]).toEqual(["draft", "unknownTelegram"]);
    expect(codesOf(decision)).toContain("unknown");
  });

  it("what is not understood at all becomes a draft with the issuer's words, never silence and never a send", () => {
    const decision = decideFirst(reading([], { headline: "新しい情報" }, [{ code: "unknown", detail: "?" }]));
    expect([decision.do, decision.call]).toEqual(["draft", "unknownTelegram"]);
    expect(decision.alert).toMatchObject({
      template: "relayUnread",
      blanks: { headline: { ja: "新しい情報" } },
    });
    const beside = createDecider().decide(reading([heavyRain(2)], {}, [{ code: "unknown", detail: "?" }]));
    expect(beside.map((each) => each.do)).toEqual(["nothing", "draft"]);
  });

  it("after a few in an hour a person decides, and after a few drafts it is only put on record", () => {
    const decider = createDecider();
    const storm = Array.from({ length: 40 }, (_, index) =>
      only(decider.decide(reading([heavyRain(5, { subject: `riverFlood:${index}` })]))),
    );
    expect(storm.map((each) => each.do)).toEqual([
      ...Array<string>(6).fill("automatic"),
      ...Array<string>(12).fill("draft"),
      ...Array<string>(22).fill("nothing"),
    ]);
    expect(storm.slice(6).every((each) => each.call === "tooMany")).toBe(true);
    // What was not said is tried again.
    decider.forgetCounts();
    const next = reading([heavyRain(5, { subject: "riverFlood:39" })], { reportedAt: at(5) });
    expect(only(decider.decide(next)).do).toBe("automatic");
  });

  it("one telegram that speaks of many things cannot get around the limit", () => {
    const many = Array.from({ length: 9 }, (_, index) => heavyRain(5, { subject: `riverFlood:${index}` }));
    const deeds = createDecider()
      .decide(reading(many))
      .map((each) => each.do);
    expect(deeds.filter((each) => each === "automatic")).toHaveLength(6);
  });

  it("what is taken back after a flood still goes", () => {
    const decider = createDecider();
    for (let index = 0; index < 6; index += 1)
      decider.decide(reading([heavyRain(5, { subject: `riverFlood:${index}` })]));
    const lifted = reading([heavyRain(0, { subject: "riverFlood:0" })], { reportedAt: at(10) });
    expect(only(decider.decide(lifted))).toMatchObject({ do: "followUp", followUp: { send: true } });
  });

  it("while automatic sending is switched off, everything waits for a person and says so", () => {
    const decider = createDecider();
    const held = only(decider.decide(reading([heavyRain(5)]), at(1), { maintenance: true }));
    expect([held.do, codesOf(held)]).toEqual(["draft", expect.arrayContaining(["maintenance"])]);
    decider.confirm("alert-1");
    const lifted = reading([heavyRain(0)], { reportedAt: at(10) });
    expect(only(decider.decide(lifted, at(11), { maintenance: true })).followUp?.send).toBe(false);
  });

  it("what is over before it could be sent is not sent", () => {
    const over = decideFirst(reading([heavyRain(5, { expiresAt: at(1) })]), at(1));
    expect([over.do, codesOf(over)]).toEqual(["nothing", expect.arrayContaining(["expired"])]);
  });

  it("every reason has a sentence for staff", () => {
    const { say } = loadSentences();
    const values = { detail: "d", rule: "r", age: 1, limit: 2, ahead: 3 };
    for (const code of reasonCodes)
      for (const language of ["ja", "en"])
        expect(say(language, `hazards-why:code.${code}`, values)).not.toMatch(/\{\{|undefined/);
  });
});
