import type { HazardKind } from "../hazards/hazard.ts";
import type { Decision, Reason } from "./decision.ts";
import { findRule } from "./find-rule.ts";
import { leftOver, toFollowUp } from "./follow-up.ts";
import { guardAlert, guardFollowUp } from "./guards.ts";
import { rankOf } from "./rank.ts";
import { followUpBlanks, relayBlanks } from "./relay-blanks.ts";
import type { Rule } from "./rule.ts";
import type { Situation } from "./situation.ts";
import { type HazardState, heard, said, saidNothing, spokeToo, stillMeant } from "./state.ts";

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
  const known = { ...situation, state, alerts: state === undefined ? [] : situation.alerts };
  if (state !== undefined && reading.telegram.reportedAt < state.reportedAt)
    return nothing(known, [{ code: "outOfOrder" }]);
  const rank = rankOf(hazard);
  if (hazard.kind === "specialWarningNotice")
    return {
      ...nothing(known, [{ code: "specialWarningNotice" }], next(known)),
      ...(rank > 0 ? { checkAt: now + noticeWaitsMs } : {}),
    };
  if (otherTypeSpeaks(known))
    return nothing(known, [{ code: "otherTypeSpeaks" }], state && spokeToo(state, hazard, reading.telegram));
  if (rank === 0) return over(known);
  const toldAs = state?.said ?? 0;
  if (rank > toldAs) return worse(known);
  if (rank === toldAs && isUpdate(known)) return worse({ ...known, state: state && { ...state, said: 0 } });
  if (rank === toldAs) return nothing(known, [{ code: "same" }], next(known));
  return milder(known);
}

/**
 * VXWW50 knows only "level 4" and "no longer": while VPWW56 speaks of the same landslide, it alone says what is left, and
 * that something worse has become less.
 */
function otherTypeSpeaks({ hazard, reading, state }: Situation): boolean {
  if (state === undefined || hazard.secondVoice !== true) return false;
  if (state.types.every((type) => type === reading.telegram.type)) return false;
  return hazard.phase === "lifted" || rankOf(hazard) < state.said;
}

/** JMA repeats itself whenever anything changes anywhere; the ward's own systems speak again when they have something to say. */
function isUpdate({ reading: { telegram } }: Situation): boolean {
  return telegram.source === "inbound" && telegram.eventId !== telegram.id;
}

function worse(situation: Situation): Decision {
  const { hazard, reading, state, rules, alerts } = situation;
  const rule = findRule(rules, hazard, reading.telegram);
  const spoken = (state?.said ?? 0) > 0;
  const first: Reason = { code: spoken ? "higher" : isUpdate(situation) ? "updated" : "new" };
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
  const known = next(situation);
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
    state: said(known, rankOf(hazard), rule.id, reading.telegram),
  });
}

function milder(situation: Situation): Decision {
  const { hazard, reading, alerts, rules, state } = situation;
  const corrected = reading.telegram.infoType === "correction";
  if (momentary.has(hazard.kind) && !corrected)
    return nothing(situation, [{ code: "laterReportLower" }], atLeast(state, next(situation)));
  const of = toFollowUp(alerts);
  // Nobody knows of the worse one: to them this is the first word.
  if (of.length === 0) return worse({ ...situation, state: state && { ...state, said: 0 } });
  const rule = ruleOf(situation);
  const known = said(next(situation), rankOf(hazard), rule?.id ?? "", reading.telegram);
  const reasons: Reason[] = [{ code: corrected ? "corrected" : "lowered" }];
  if (rule?.lowered === "nothing")
    return { ...nothing(situation, [...reasons, { code: "ruleSaysNothing" }], known), rule: rule.id };
  const { lowered, corrected: mended } = rules.followUps;
  return guardFollowUp(situation, {
    subject: hazard.subject,
    do: "followUp",
    rule: rule?.id,
    reasons,
    followUp: {
      of,
      kind: corrected ? "correction" : "update",
      template: corrected ? mended : lowered,
      blanks: followUpBlanks(state, hazard, reading.telegram),
      send: true,
    },
    ends: leftOver(alerts),
    state: known,
  });
}

function over(situation: Situation): Decision {
  const { hazard, reading, state, alerts, rules } = situation;
  const known = next(situation);
  if (state === undefined || (state.said === 0 && alerts.length === 0))
    return nothing(situation, [{ code: "nothingToLift" }], known);
  const of = toFollowUp(alerts);
  const ended = { ends: leftOver(alerts), state: saidNothing(known) };
  if (of.length === 0)
    return { ...nothing(situation, [{ code: "lifted" }, { code: "nobodyWasTold" }]), ...ended };
  const rule = ruleOf(situation);
  const corrected = reading.telegram.infoType === "correction";
  const reasons: Reason[] = [{ code: corrected ? "corrected" : "lifted" }];
  if (rule?.lifted === "nothing")
    return { ...nothing(situation, [...reasons, { code: "ruleSaysNothing" }]), ...ended, rule: rule.id };
  const { lifted, corrected: mended } = rules.followUps;
  return guardFollowUp(situation, {
    subject: hazard.subject,
    do: "followUp",
    rule: rule?.id,
    reasons,
    followUp: {
      of,
      kind: corrected ? "correction" : "allClear",
      template: corrected ? mended : lifted,
      blanks: followUpBlanks(state, hazard, reading.telegram),
      send: true,
    },
    ...ended,
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

function nothing({ hazard }: Situation, reasons: Reason[], state?: HazardState): Decision {
  return {
    subject: hazard.subject,
    do: "nothing",
    rule: undefined,
    reasons,
    ends: [],
    ...(state === undefined ? {} : { state }),
  };
}
