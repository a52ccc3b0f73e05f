import type { Hazard, HazardKind, Telegram } from "../hazards/hazard.ts";
import { rankOf } from "./rank.ts";
import type { Rules } from "./rule.ts";

/**
 * What is known about one subject, and what residents were told of it. The two differ when something was too old to be
 * sent: the next word about it is compared with what was said, not with what was known.
 */
export interface HazardState {
  subject: string;
  kind: HazardKind;
  /** As last heard; 0: over. */
  rank: number;
  name: string;
  severity: Hazard["severity"];
  level?: Hazard["level"] | undefined;
  intensity?: Hazard["intensity"] | undefined;
  /** When what was last heard was issued, never later than when it was heard: a wrong clock must not deafen us. */
  reportedAt: number;
  telegram: string;
  eventId: string;
  publisher: string;
  /** Types of telegram that spoke of it since it began. */
  types: string[];
  /** The rank that residents were told, or that waits as a draft; 0: nothing. */
  said: number;
  /** What said so, and by which rule. */
  saidBy?: { telegram: string; type: string; eventId: string; publisher: string; rule: string; at: number };
  /** The alerts that said so, oldest first, confirmed or not. */
  alerts: string[];
}

const otherwiseForgottenAfter = 48 * 60;
const littleAheadMs = 5 * 60_000;
const longestOnItsWayMs = 60 * 60_000;

/** The state, unless nothing was heard of the subject for so long that it means nothing any more. */
export function stillMeant(
  state: HazardState | undefined,
  { forgetAfterMinutes }: Rules,
  now: number,
): HazardState | undefined {
  if (state === undefined) return undefined;
  const minutes = forgetAfterMinutes[state.kind] ?? forgetAfterMinutes.other ?? otherwiseForgottenAfter;
  return now - state.reportedAt > minutes * 60_000 ? undefined : state;
}

/** A clock that is a little ahead of ours is taken for ours; a wrong one must not make what is issued rightly look late. */
function believableTime({ reportedAt }: Telegram, now: number): number {
  return reportedAt > now + littleAheadMs ? now - longestOnItsWayMs : Math.min(reportedAt, now);
}

/** What is known after this was heard; what was said stays as it was. */
export function heard(
  before: HazardState | undefined,
  hazard: Hazard,
  telegram: Telegram,
  now: number,
): HazardState {
  const rank = rankOf(hazard);
  const begun = before === undefined || before.rank === 0 ? [] : before.types;
  return {
    subject: hazard.subject,
    kind: hazard.kind,
    rank,
    name: hazard.name,
    severity: hazard.severity,
    level: hazard.level,
    intensity: hazard.intensity,
    reportedAt: Math.max(before?.reportedAt ?? 0, believableTime(telegram, now)),
    telegram: telegram.id,
    eventId: telegram.eventId,
    publisher: telegram.publisher,
    types: begun.includes(telegram.type) ? begun : [...begun, telegram.type],
    said: before?.said ?? 0,
    ...(before?.saidBy === undefined ? {} : { saidBy: before.saidBy }),
    alerts: before?.alerts ?? [],
  };
}

/** The same, with what also says that there is a danger, though it does not know how bad: it would outlive a cancellation. */
export function spokeToo(state: HazardState, hazard: Hazard, { type }: Telegram): HazardState {
  if (hazard.phase === "lifted" || state.types.includes(type)) return state;
  return { ...state, types: [...state.types, type] };
}

/** The same, with what is said by this telegram. */
export function said(state: HazardState, rank: number, rule: string, telegram: Telegram): HazardState {
  const { id, type, eventId, publisher } = telegram;
  return {
    ...state,
    said: rank,
    saidBy: { telegram: id, type, eventId, publisher, rule, at: state.reportedAt },
  };
}

/** The same, with nothing left to take back. */
export function saidNothing(state: HazardState): HazardState {
  const { saidBy: _, ...rest } = state;
  return { ...rest, said: 0, alerts: [] };
}
