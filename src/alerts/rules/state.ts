import type { Hazard, HazardKind, Telegram } from "../hazards/hazard.ts";
import { writtenName } from "./name-key.ts";
import { rankOf } from "./rank.ts";
import type { Rules } from "./rule.ts";

/** The telegram and the rule by which residents are told something. */
export interface SaidBy {
  telegram: string;
  type: string;
  eventId: string;
  publisher: string;
  rule: string;
  at: number;
  /** What it was called, for a follow-up that says what it was before. */
  name?: string | undefined;
  tsunami?: Hazard["tsunami"];
}

/** What is to be said, and waits for a person as long as its drafts are not confirmed. */
export interface Waiting {
  /** `rest`: of several drafts of one telegram a person confirmed some; what is left is theirs. */
  says: "alert" | "lowered" | "lifted" | "withdrawn" | "tsunami" | "rest";
  /** The rank that residents know of once it is confirmed; 0: nothing. */
  rank: number;
  by?: SaidBy | undefined;
  drafts: string[];
  /** It waits because of the telegram itself (a wrong clock), so that its word alone moves nothing. */
  doubtful?: true;
}

/**
 * What is known about one subject, and what residents were told of it. The two differ when something was too old to be
 * sent, or waits for a person: the next word about it is compared with what was said, not with what was known.
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
  /** The rank that residents were told; 0: nothing. */
  said: number;
  /** What said so, and by which rule. */
  saidBy?: SaidBy | undefined;
  waits?: Waiting | undefined;
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
export function heardAt(
  before: Pick<HazardState, "reportedAt"> | undefined,
  { reportedAt }: Telegram,
  now: number,
): number {
  const believable = reportedAt > now + littleAheadMs ? now - longestOnItsWayMs : Math.min(reportedAt, now);
  return Math.max(before?.reportedAt ?? 0, believable);
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
    reportedAt: heardAt(before, telegram, now),
    telegram: telegram.id,
    eventId: telegram.eventId,
    publisher: telegram.publisher,
    types: begun.includes(telegram.type) ? begun : [...begun, telegram.type],
    said: before?.said ?? 0,
    ...(before?.saidBy === undefined ? {} : { saidBy: before.saidBy }),
    ...(before?.waits === undefined ? {} : { waits: before.waits }),
    alerts: before?.alerts ?? [],
  };
}

/** The same, with what also says that there is a danger, though it does not know how bad: it would outlive a cancellation. */
export function spokeToo(state: HazardState, hazard: Hazard, { type }: Telegram): HazardState {
  if (hazard.phase === "lifted" || state.types.includes(type)) return state;
  return { ...state, types: [...state.types, type] };
}

/** The same, with what is to be said by this telegram: it waits until it is confirmed, be it by the rule itself. */
export function toSay(
  state: HazardState,
  says: Waiting["says"],
  hazard: Hazard,
  rule: string,
  telegram: Telegram,
): HazardState {
  const rank = rankOf(hazard);
  if (rank === 0) return { ...state, waits: { says, rank, drafts: [] } };
  const { id, type, eventId, publisher } = telegram;
  const by: SaidBy = {
    telegram: id,
    type,
    eventId,
    publisher,
    rule,
    at: state.reportedAt,
    name: writtenName(hazard),
    // What a telegram does not speak of stays as residents know it.
    tsunami: hazard.tsunami ?? (state.said === 0 ? undefined : state.saidBy?.tsunami),
  };
  return { ...state, waits: { says, rank, by, drafts: [] } };
}

/** The same, when these were raised for it, some of them confirmed at once. */
export function raisedFor(
  state: HazardState,
  raised: readonly { id: string; confirmed: boolean }[],
  doubtful: boolean,
): HazardState {
  const { waits } = state;
  if (waits === undefined || raised.length === 0) return state;
  const drafts = raised.map(({ id }) => id);
  const waiting = { ...state, waits: { ...waits, drafts, ...(doubtful ? ({ doubtful } as const) : {}) } };
  return asConfirmed(waiting, (id) => raised.some((each) => each.id === id && each.confirmed));
}

/** The same, once it was said. */
export function wasSaid(state: HazardState): HazardState {
  const { waits, ...rest } = state;
  if (waits === undefined) return state;
  if (waits.rank > 0) return { ...rest, said: waits.rank, saidBy: waits.by };
  // What was taken back never was, so no type of telegram spoke of it.
  return { ...saidNothing(rest), ...(waits.says === "withdrawn" ? { types: [] } : {}) };
}

/** The same, when some of what waited was confirmed. */
export function asConfirmed(state: HazardState, isConfirmed: (alert: string) => boolean): HazardState {
  const { waits } = state;
  if (waits === undefined || !waits.drafts.some(isConfirmed)) return state;
  const open = waits.drafts.filter((id) => !isConfirmed(id));
  if (open.length === 0) return wasSaid(state);
  return { ...wasSaid(state), alerts: state.alerts, waits: { ...waits, says: "rest", drafts: open } };
}

/** The same, with nothing left to take back. */
export function saidNothing(state: HazardState): HazardState {
  const { saidBy: _, waits: __, ...rest } = state;
  return { ...rest, said: 0, alerts: [] };
}

/** The same, with nothing that waits for a person. */
export function nothingWaits(state: HazardState): HazardState {
  const { waits: _, ...rest } = state;
  return rest;
}
