import type { Telegram } from "../hazards/hazard.ts";
import type { Decision, Reason } from "./decision.ts";
import { leftOver, toFollowUp } from "./follow-up.ts";
import { fromTheFuture, minutesBetween, ownSystem, unknownIn } from "./guards.ts";
import { withdrawalBlanks } from "./relay-blanks.ts";
import type { Circumstances, KnownAlert } from "./situation.ts";
import { type HazardState, heardAt, saidNothing } from "./state.ts";

/** What became of what a state speaks of: the alerts that were raised, and the drafts that wait for a person. */
type Known = { alerts: readonly KnownAlert[]; waiting: readonly KnownAlert[] };

/**
 * What a cancellation (取消: it was a mistake) leads to. It names no place, so whom it concerns is known from what was said
 * about its event (fact sheet 1.3): exactly those who were handed that are told.
 */
export function decideCancellation(
  circumstances: Circumstances,
  states: readonly HazardState[],
  knownOf: (state: HazardState) => Known,
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
  return meant.map((state) => withdraw(circumstances, state, knownOf(state)));
}

/** Weather warnings have neither event nor serial: they are known by type and office (fact sheet, section 6). */
function isOfEvent(state: HazardState, { type, eventId, publisher }: Telegram): boolean {
  const by = state.saidBy;
  if (eventId !== "") return state.eventId === eventId && (state.types.includes(type) || by?.type === type);
  return state.eventId === "" && state.publisher === publisher && (by?.type ?? state.types.at(-1)) === type;
}

function withdraw(circumstances: Circumstances, state: HazardState, { alerts, waiting }: Known): Decision {
  const { reading, rules, now, maintenance } = circumstances;
  const { telegram } = reading;
  const about = { subject: state.subject, rule: state.saidBy?.rule };
  const nothing = (...reasons: Reason[]): Decision => ({ ...about, do: "nothing", reasons, ends: [] });
  const withdrawn: Reason = { code: "withdrawn" };
  if (telegram.reportedAt < state.reportedAt) return nothing({ code: "outOfOrder" });
  if (state.waits?.says === "withdrawn") return nothing(withdrawn, { code: "draftedAlready" });
  const of = toFollowUp(alerts);
  const ahead = fromTheFuture(circumstances);
  // A draft is not thrown away on the word of a wrong clock.
  if (of.length === 0 && ahead.length > 0) return nothing(withdrawn, ...ahead);
  const ends = leftOver(alerts);
  const gone: HazardState = { ...state, rank: 0, reportedAt: heardAt(state, telegram, now) };
  if (of.length === 0)
    return {
      ...nothing(withdrawn, { code: "nobodyWasTold" }),
      ends,
      state: { ...saidNothing(gone), types: [] },
    };
  const age = minutesBetween(telegram.reportedAt, now);
  const limit = rules.followUps.maxAgeMinutes;
  if (age > limit) return { ...nothing(withdrawn, { code: "stale", values: { age, limit } }), call: "stale" };
  const held: Reason[] = [
    ...(onlyThisSpoke(state, telegram) ? [] : [{ code: "otherTelegramSpeaks" } as const]),
    ...ahead,
    ...unknownIn(reading.remarks),
    ...ownSystem(reading, rules, state.saidBy?.rule),
    ...(maintenance ? [{ code: "maintenance" } as const] : []),
  ];
  // Follow-ups that wait for a person speak of what never was.
  const outdated = waiting.filter(({ sent, ended }) => !sent && !ended).map(({ id }) => id);
  const thrownAway: Reason[] = outdated.length === 0 ? [] : [{ code: "draftOutdated" }];
  return {
    ...about,
    do: "followUp",
    reasons: [withdrawn, ...held, ...thrownAway],
    followUp: {
      of,
      kind: "correction",
      template: rules.followUps.withdrawn,
      blanks: withdrawalBlanks(state, telegram),
      send: held.length === 0,
    },
    ends,
    ...(outdated.length === 0 ? {} : { outdated }),
    state: { ...gone, waits: { says: "withdrawn", rank: 0, drafts: [] } },
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
