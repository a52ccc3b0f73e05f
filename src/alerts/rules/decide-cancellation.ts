import type { Telegram } from "../hazards/hazard.ts";
import type { Decision, Reason } from "./decision.ts";
import { leftOver, toFollowUp } from "./follow-up.ts";
import { minutesBetween, ownSystem, unknownIn } from "./guards.ts";
import { withdrawalBlanks } from "./relay-blanks.ts";
import type { Circumstances, KnownAlert } from "./situation.ts";
import { type HazardState, saidNothing } from "./state.ts";

/**
 * What a cancellation (取消: it was a mistake) leads to. It names no place, so whom it concerns is known from what was said
 * about its event (fact sheet 1.3): exactly those who were handed that are told.
 */
export function decideCancellation(
  circumstances: Circumstances,
  states: readonly HazardState[],
  alertsOf: (state: HazardState) => readonly KnownAlert[],
): Decision[] {
  const { telegram, hazards } = circumstances.reading;
  const subjects = new Set(hazards.map(({ subject }) => subject));
  const meant = states.filter((state) => subjects.has(state.subject) || isOfEvent(state, telegram));
  if (meant.length === 0)
    return [
      {
        subject: undefined,
        do: "nothing",
        rule: undefined,
        reasons: [{ code: "nothingToWithdraw" }],
        ends: [],
      },
    ];
  return meant.map((state) => withdraw(circumstances, state, alertsOf(state)));
}

/** Weather warnings have neither event nor serial: they are known by type and office (fact sheet, section 6). */
function isOfEvent(state: HazardState, { type, eventId, publisher }: Telegram): boolean {
  const by = state.saidBy;
  if (eventId !== "") return state.eventId === eventId && (state.types.includes(type) || by?.type === type);
  return state.eventId === "" && state.publisher === publisher && (by?.type ?? state.types.at(-1)) === type;
}

function withdraw(
  { reading, rules, now, maintenance }: Circumstances,
  state: HazardState,
  alerts: readonly KnownAlert[],
): Decision {
  const { telegram } = reading;
  const about = { subject: state.subject, rule: state.saidBy?.rule };
  if (telegram.reportedAt < state.reportedAt)
    return { ...about, do: "nothing", reasons: [{ code: "outOfOrder" }], ends: [] };
  const of = toFollowUp(alerts);
  const gone = {
    ends: leftOver(alerts),
    state: { ...saidNothing(state), rank: 0, types: [], reportedAt: Math.min(telegram.reportedAt, now) },
  };
  const reasons: Reason[] = [{ code: "withdrawn" }];
  if (of.length === 0)
    return { ...about, do: "nothing", reasons: [...reasons, { code: "nobodyWasTold" }], ...gone };
  const age = minutesBetween(telegram.reportedAt, now);
  const limit = rules.followUps.maxAgeMinutes;
  if (age > limit) {
    const stale: Reason = { code: "stale", values: { age, limit } };
    return { ...about, do: "nothing", reasons: [...reasons, stale], ends: [], call: "stale" };
  }
  const held: Reason[] = [
    ...(onlyThisSpoke(state, telegram) ? [] : [{ code: "otherTelegramSpeaks" } as const]),
    ...unknownIn(reading.remarks),
    ...ownSystem(reading, rules, state.saidBy?.rule),
    ...(maintenance ? [{ code: "maintenance" } as const] : []),
  ];
  return {
    ...about,
    do: "followUp",
    reasons: [...reasons, ...held],
    followUp: {
      of,
      kind: "correction",
      template: rules.followUps.withdrawn,
      blanks: withdrawalBlanks(state, telegram),
      send: held.length === 0,
    },
    ...gone,
  };
}

/**
 * Whether what is cancelled is all that spoke for what was said. When another type of telegram says the same, or a later
 * one than the one that was relayed, the danger may stand without it: a person decides.
 */
function onlyThisSpoke(state: HazardState, telegram: Telegram): boolean {
  if (state.types.some((type) => type !== telegram.type)) return false;
  const wholeEvent = state.kind === "earthquake" || state.kind === "tsunami" || telegram.source === "inbound";
  return wholeEvent || state.telegram === state.saidBy?.telegram;
}
