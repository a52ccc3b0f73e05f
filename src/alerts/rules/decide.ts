import type { HazardKind } from "../hazards/hazard.ts";
import { aboutTsunami } from "./about-tsunami.ts";
import type { Decision, Reason } from "./decision.ts";
import { findRule } from "./find-rule.ts";
import { leftOver, toFollowUp } from "./follow-up.ts";
import { fromTheFuture, guardAlert, guardFollowUp } from "./guards.ts";
import { nothing } from "./nothing.ts";
import { rankOf } from "./rank.ts";
import { followUpBlanks, relayBlanks } from "./relay-blanks.ts";
import type { Rule } from "./rule.ts";
import type { Situation } from "./situation.ts";
import { type HazardState, heard, saidNothing, spokeToo, stillMeant, toSay, wasSaid } from "./state.ts";
import { insteadOfDrafts, withoutOutdated } from "./waiting.ts";

/** Longer than this nothing stays open (`prepare.ts` takes two weeks). */
const longestMs = 13 * 24 * 60 * 60_000;
/** So long after a notice of a special warning (VPNO50) the warning itself may take to come. */
const noticeWaitsMs = 3 * 60_000;

/** Reports about what happened once: a later, lower figure is no easing. */
const momentary: ReadonlySet<HazardKind> = new Set([
  "earthquake",
  "linearRainband",
  "linearRainbandSoon",
  "recordRain",
  "shortHeavySnow",
  "tornado",
]);

/**
 * What one hazard of a telegram that is meant leads to. Pure: the same circumstances give the same decision. What was
 * said is compared, not what was known, so that what was once too old to be sent is not forgotten.
 */
export function decide(situation: Situation): Decision {
  const { hazard, reading, rules, now } = situation;
  // A lifting is for those who were told, however long ago that was.
  const state = hazard.phase === "lifted" ? situation.state : stillMeant(situation.state, rules, now);
  const known = state === undefined ? { ...situation, state, alerts: [], waiting: [] } : situation;
  if (state !== undefined && reading.telegram.reportedAt < state.reportedAt)
    return nothing(known, [{ code: "outOfOrder" }]);
  if (hazard.kind === "specialWarningNotice")
    return {
      ...nothing(known, [{ code: "specialWarningNotice" }], next(known)),
      ...(rankOf(hazard) > 0 ? { checkAt: now + noticeWaitsMs } : {}),
    };
  if (otherTypeSpeaks(known))
    return nothing(known, [{ code: "otherTypeSpeaks" }], state && spokeToo(state, hazard, reading.telegram));
  return withoutOutdated(known, change(known));
}

/** Compares with what residents were told, and with what waits as a draft to be told. */
function change(situation: Situation): Decision {
  const { hazard, state, alerts } = situation;
  const rank = rankOf(hazard);
  if (rank === 0) return over(situation);
  const { said = 0, waits } = state ?? {};
  const last = waits?.rank ?? said;
  if (rank === last && isUpdate(situation)) return worse(situation, { code: "updated" });
  if (rank === waits?.rank && waits.says !== "tsunami") return goesOn(situation);
  if (rank < last && isLaterReport(situation)) return laterReport(situation);
  if (rank < said) return milder(situation);
  if (rank > said) return worse(situation, { code: last > 0 && rank > last ? "higher" : "new" });
  // That it became less was never said. Unless that is doubtful, its rising again is news all the same.
  if (rank > last && waits?.doubtful !== true) return worse(situation, { code: "new" });
  const same = nothing(situation, [{ code: "same" }], next(situation));
  // What is worse than residents know, and is no longer so, waits as a draft only.
  return rank < last ? { ...same, ends: leftOver(alerts) } : (aboutTsunami(situation, same) ?? same);
}

/**
 * VXWW50 knows only "level 4" and "no longer": while VPWW56 speaks of the same landslide, it alone says what is left, and
 * that something worse has become less.
 */
function otherTypeSpeaks({ hazard, reading, state }: Situation): boolean {
  if (state === undefined || hazard.secondVoice !== true) return false;
  if (state.types.every((type) => type === reading.telegram.type)) return false;
  return hazard.phase === "lifted" || rankOf(hazard) < Math.max(state.said, state.waits?.rank ?? 0);
}

/** JMA repeats itself whenever anything changes anywhere; the ward's own systems speak again when they have something to say. */
function isUpdate({ reading: { telegram } }: Situation): boolean {
  return telegram.source === "inbound" && telegram.eventId !== telegram.id;
}

function isLaterReport({ hazard, reading }: Situation): boolean {
  return momentary.has(hazard.kind) && reading.telegram.infoType !== "correction";
}

/** The same as a draft that nobody confirmed: as if it were the first word, when nothing holds that back any more. */
function goesOn(situation: Situation): Decision {
  const { says } = situation.state?.waits ?? {};
  const afresh =
    says === "alert" ? worse(situation, { code: "new" }) : says === "lowered" ? milder(situation) : undefined;
  const drafted: Reason[] = [{ code: "same" }, { code: "draftedAlready" }];
  return (afresh && insteadOfDrafts(situation, afresh)) ?? nothing(situation, drafted, next(situation));
}

function laterReport(situation: Situation): Decision {
  const { hazard, state } = situation;
  // Nobody was told how bad it first looked: what is known now may go in its place.
  const afresh = rankOf(hazard) > (state?.said ?? 0) ? worse(situation, { code: "new" }) : undefined;
  const instead = afresh && insteadOfDrafts(situation, afresh);
  if (instead !== undefined) return instead;
  const lower = nothing(situation, [{ code: "laterReportLower" }], atLeast(state, next(situation)));
  return aboutTsunami(situation, lower) ?? lower;
}

function worse(situation: Situation, first: Reason): Decision {
  const { hazard, reading, rules, alerts } = situation;
  const rule = findRule(rules, hazard, reading.telegram);
  if (rule === undefined) return nothing(situation, [first, { code: "noRule" }], next(situation));
  const reasons: Reason[] = [
    first,
    ...(reading.telegram.infoType === "correction" ? [{ code: "corrected" } as const] : []),
    ...(hazard.intensityNotReceived === true ? [{ code: "intensityNotReceived" } as const] : []),
  ];
  if (rule.do === "nothing" || rule.template === undefined)
    return {
      ...nothing(situation, [...reasons, { code: "ruleSaysNothing" }], next(situation)),
      rule: rule.id,
    };
  const { districts, level, expiresAt } = hazard;
  return guardAlert(situation, rule, {
    subject: hazard.subject,
    do: rule.do,
    rule: rule.id,
    reasons: [...reasons, { code: "rule", values: { rule: rule.id } }],
    alert: {
      template: rule.template,
      blanks: relayBlanks(hazard, reading.telegram),
      ...(districts === undefined ? {} : { districts }),
      ...(level === undefined ? {} : { level }),
      ...(expiresAt === undefined ? {} : { expiresAt: Math.min(expiresAt, situation.now + longestMs) }),
    },
    // What was said before and was handed out is ended by whoever acts, once this stands in its place.
    ends: leftOver(alerts),
    state: toSay(next(situation), "alert", hazard, rule.id, reading.telegram),
  });
}

function milder(situation: Situation): Decision {
  const { state, alerts } = situation;
  const of = toFollowUp(alerts);
  // Nobody knows of the worse one: to them this is the first word.
  if (of.length === 0) return worse({ ...situation, state: state && { ...state, said: 0 } }, { code: "new" });
  return changed(situation, of, "lowered");
}

function over(situation: Situation): Decision {
  const { state, alerts } = situation;
  const known = next(situation);
  if (state === undefined || (state.said === 0 && alerts.length === 0))
    return nothing(situation, [{ code: "nothingToLift" }], known);
  const of = toFollowUp(alerts);
  if (of.length > 0) return lifted(situation, of);
  const lift: Reason = { code: "lifted" };
  // A draft is not thrown away on the word of a wrong clock.
  const ahead = fromTheFuture(situation);
  if (ahead.length > 0) return nothing(situation, [lift, ...ahead], state);
  return {
    ...nothing(situation, [lift, { code: "nobodyWasTold" }], saidNothing(known)),
    ends: leftOver(alerts),
  };
}

function lifted(situation: Situation, of: string[]): Decision {
  const { waits } = situation.state ?? {};
  if (waits?.rank !== 0) return changed(situation, of, "lifted");
  const drafted: Reason[] = [{ code: "lifted" }, { code: "draftedAlready" }];
  const afresh = waits.says === "lifted" ? changed(situation, of, "lifted") : undefined;
  return (afresh && insteadOfDrafts(situation, afresh)) ?? nothing(situation, drafted, next(situation));
}

/** What became of it, for those who were told: less, or over; or never so, when it is a correction that says it. */
function changed(situation: Situation, of: string[], how: "lowered" | "lifted"): Decision {
  const { hazard, reading, alerts, rules, state } = situation;
  const rule = ruleOf(situation);
  const corrected = reading.telegram.infoType === "correction";
  const reasons: Reason[] = [{ code: corrected ? "corrected" : how }];
  const known = toSay(next(situation), how, hazard, rule?.id ?? "", reading.telegram);
  const ends = leftOver(alerts);
  if (rule?.[how] === "nothing") {
    const silent = nothing(situation, [...reasons, { code: "ruleSaysNothing" }], wasSaid(known));
    return { ...silent, rule: rule.id, ...(how === "lifted" ? { ends } : {}) };
  }
  return guardFollowUp(situation, {
    subject: hazard.subject,
    do: "followUp",
    rule: rule?.id,
    reasons,
    followUp: {
      of,
      kind: corrected ? "correction" : how === "lifted" ? "allClear" : "update",
      template: rules.followUps[corrected ? "corrected" : how],
      blanks: followUpBlanks(state, hazard, reading.telegram),
      send: true,
    },
    ends,
    state: known,
  });
}

function ruleOf({ state, rules }: Situation): Rule | undefined {
  return rules.rules.find(({ id }) => id === state?.saidBy?.rule);
}

function next({ state, hazard, reading, now }: Situation): HazardState {
  return heard(state, hazard, reading.telegram, now);
}

/** What was once measured stays the measure of the event. */
function atLeast(before: HazardState | undefined, after: HazardState): HazardState {
  if (before === undefined || before.rank <= after.rank) return after;
  const { rank, name, severity, level, intensity } = before;
  return { ...after, rank, name, severity, level, intensity };
}
