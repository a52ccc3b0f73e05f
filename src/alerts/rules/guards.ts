import type { Reading } from "../hazards/hazard.ts";
import type { Decision, Reason, ReasonCode } from "./decision.ts";
import { nameKeyOf } from "./name-key.ts";
import type { Rule, Rules } from "./rule.ts";
import type { Situation } from "./situation.ts";
import { heard } from "./state.ts";

const hour = 60;
/** What makes the telegram itself doubtful, whatever else holds it back. */
const doubts: ReadonlySet<ReasonCode> = new Set(["future", "unknown", "otherTelegramSpeaks"]);

/**
 * Holds back what a rule would raise: too old or over, never; what a person should see first, as a draft with a call; and
 * more than a few an hour, neither. A state that stays unsaid lets the next telegram about it try again.
 */
export function guardAlert(situation: Situation, rule: Rule, wanted: Decision): Decision {
  const { reading, rules, now, maintenance, hazard } = situation;
  const age = minutesBetween(reading.telegram.reportedAt, now);
  if (age > rule.maxAgeMinutes) {
    const stale: Reason = { code: "stale", values: { age, limit: rule.maxAgeMinutes } };
    return { ...notNow(situation, wanted, stale), call: "stale" };
  }
  if (hazard.expiresAt !== undefined && hazard.expiresAt <= now)
    return notNow(situation, wanted, { code: "expired" });
  const held: Reason[] = [
    ...seenFirst(situation),
    ...nameless(situation),
    ...(maintenance ? [{ code: "maintenance" } as const] : []),
  ];
  const tooMany = wanted.do === "automatic" && situation.sentInLastHour >= rules.mostAutomaticPerHour;
  if (tooMany) held.push({ code: "tooMany", values: { limit: rules.mostAutomaticPerHour } });
  if (wanted.do === "automatic" && held.length === 0) return wanted;
  if (situation.draftedInLastHour >= rules.mostDraftsPerHour) {
    const code: Reason = { code: "tooManyDrafts", values: { limit: rules.mostDraftsPerHour } };
    return { ...notNow(situation, wanted, ...held, code), call: "tooMany" };
  }
  const drafted: Decision = { ...wanted, do: "draft", reasons: [...wanted.reasons, ...held] };
  if (tooMany) return { ...drafted, call: "tooMany" };
  return isUnknown(situation) ? { ...drafted, call: "unknownTelegram" } : drafted;
}

/**
 * Liftings and corrections are not counted: a flood that was sent by mistake must be put right. That something rose and
 * became less again and again is part of such a flood: once it is one, a person decides.
 */
export function guardFollowUp(situation: Situation, wanted: Decision): Decision {
  const { reading, rules, now, maintenance } = situation;
  const age = minutesBetween(reading.telegram.reportedAt, now);
  const limit = rules.followUps.maxAgeMinutes;
  if (age > limit)
    return { ...notNow(situation, wanted, { code: "stale", values: { age, limit } }), call: "stale" };
  const held: Reason[] = [
    ...seenFirst(situation),
    ...ownSystem(reading, rules, wanted.rule),
    ...(maintenance ? [{ code: "maintenance" } as const] : []),
  ];
  const tooMany =
    wanted.followUp?.kind === "update" && situation.sentInLastHour >= rules.mostAutomaticPerHour;
  if (tooMany) held.push({ code: "tooMany", values: { limit: rules.mostAutomaticPerHour } });
  if (held.length === 0 || wanted.followUp === undefined) return wanted;
  return {
    ...wanted,
    reasons: [...wanted.reasons, ...held],
    followUp: { ...wanted.followUp, send: false },
    ...(tooMany ? { call: "tooMany" } : isUnknown(situation) ? { call: "unknownTelegram" } : {}),
  };
}

/** A clock that is wrong by more than a little is not believed, whatever the telegram says. */
export function fromTheFuture({
  reading,
  rules,
  now,
}: Pick<Situation, "reading" | "rules" | "now">): Reason[] {
  const ahead = minutesBetween(now, reading.telegram.reportedAt);
  return ahead > rules.futureMinutes ? [{ code: "future", values: { ahead } }] : [];
}

/** What a person must look at before it goes, whatever the rule says. */
function seenFirst({ reading, rules, now }: Situation): Reason[] {
  return [...fromTheFuture({ reading, rules, now }), ...unknownIn(reading.remarks)];
}

/** A name of JMA that nobody has translated is not made up: a person decides what residents of other languages read. */
function nameless({ hazard, reading }: Situation): Reason[] {
  if (reading.telegram.source !== "jma" || nameKeyOf(hazard) !== undefined) return [];
  return [{ code: "nameUnknown", values: { detail: hazard.name.slice(0, 100) } }];
}

/** What a person had to confirm because it came from a system of the ward, a person also lifts. */
export function ownSystem({ telegram }: Reading, { rules }: Rules, rule: string | undefined): Reason[] {
  if (telegram.source !== "inbound") return [];
  return rules.find(({ id }) => id === rule)?.do === "automatic" ? [] : [{ code: "ownSystem" }];
}

export function unknownIn(remarks: Reading["remarks"]): Reason[] {
  return remarks.flatMap((remark): Reason[] => {
    if (remark.code !== "unknown" && remark.code !== "unread") return [];
    const code = remark.code === "unread" ? remark.why : remark.code;
    return [{ code, values: { detail: remark.detail.slice(0, 200) } }];
  });
}

/** Whether a person must see the telegram itself, so that its word alone moves nothing before. */
export function isDoubtful({ reasons }: Pick<Decision, "reasons">): boolean {
  return reasons.some(({ code }) => doubts.has(code));
}

function isUnknown({ reading }: Situation): boolean {
  return reading.remarks.some(({ code }) => code === "unknown");
}

/** Known from now on, but not said: what is heard next is compared with what was said. */
function notNow(situation: Situation, wanted: Decision, ...reasons: Reason[]): Decision {
  const { state, hazard, reading, now } = situation;
  return {
    subject: wanted.subject,
    do: "nothing",
    rule: wanted.rule,
    reasons: [...wanted.reasons, ...reasons],
    ends: [],
    state: heard(state, hazard, reading.telegram, now),
  };
}

export function minutesBetween(from: number, to: number): number {
  return Math.floor((to - from) / hour / 1000);
}
