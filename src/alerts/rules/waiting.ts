import type { Decision } from "./decision.ts";
import { rankOf } from "./rank.ts";
import type { Situation } from "./situation.ts";
import { nothingWaits } from "./state.ts";

/**
 * What was drafted because something held it back (maintenance, too many in an hour, a doubtful telegram) and was confirmed
 * by nobody, decided afresh: it goes in place of its drafts when nothing holds it back any more. Undefined: they stay, be
 * it because it would be a draft again, or because a person has seen it and thrown it away.
 */
export function insteadOfDrafts(situation: Situation, afresh: Decision): Decision | undefined {
  const { hazard, state, waiting } = situation;
  const goes = afresh.do === "automatic" || afresh.followUp?.send === true;
  // A draft that still says to wait for news of a tsunami gives way to one that has it.
  const better =
    afresh.do === "draft" && state?.waits?.rank === rankOf(hazard) && saysMoreOfTsunami(situation);
  if (!(goes || better) || waiting.some(({ thrownAway }) => thrownAway)) return undefined;
  const insteadOf = state?.waits?.drafts ?? [];
  return {
    ...afresh,
    reasons: [...afresh.reasons, { code: "insteadOfDraft" }],
    insteadOf,
    ends: afresh.ends.filter((id) => !insteadOf.includes(id)),
  };
}

function saysMoreOfTsunami({ hazard, state }: Situation): boolean {
  return hazard.tsunami !== undefined && hazard.tsunami !== state?.waits?.by?.tsunami;
}

/**
 * The decision, and with it the end of follow-ups that wait for a person and say what is no longer so: that it was lowered,
 * for instance, when it has risen again. Drafts of alerts are ended by the decision itself (`leftOver`).
 */
export function withoutOutdated(situation: Situation, decision: Decision): Decision {
  const { state, waiting } = situation;
  const waits = state?.waits;
  if (waits === undefined || waits.says === "alert" || decision.insteadOf !== undefined) return decision;
  if (stillSaysSo(situation)) return decision;
  const outdated = waiting.filter(({ sent, ended }) => !sent && !ended).map(({ id }) => id);
  const { state: known } = decision;
  return {
    ...decision,
    ...(outdated.length === 0 ? {} : { outdated, reasons: [...decision.reasons, { code: "draftOutdated" }] }),
    ...(known !== undefined && known.waits === waits ? { state: nothingWaits(known) } : {}),
  };
}

function stillSaysSo(situation: Situation): boolean {
  const { hazard, state } = situation;
  const waits = state?.waits;
  const rank = rankOf(hazard);
  if (waits?.says !== "tsunami") return rank === waits?.rank;
  return rank > 0 && rank <= waits.rank && !saysMoreOfTsunami(situation);
}
