import type { Decision, Reason } from "./decision.ts";
import { toFollowUp } from "./follow-up.ts";
import { guardFollowUp } from "./guards.ts";
import { tsunamiBlanks } from "./relay-blanks.ts";
import type { Situation } from "./situation.ts";
import { insteadOfDrafts } from "./waiting.ts";

/**
 * The first report of an earthquake (VXSE51) says to wait for further information; a later one (VXSE53) says whether a
 * tsunami may come. Where the ward's rules name a template for it, it is told to those who were told of the earthquake, once
 * for each thing it says; as shipped they do not, since both speak of one event (fact sheet, section 6: one push).
 * @param plain what the report leads to otherwise: nothing
 * @returns undefined when no template is named, when it says nothing of a tsunami, what was told already, or nobody was told of the earthquake
 */
export function aboutTsunami(situation: Situation, plain: Decision): Decision | undefined {
  const { hazard, reading, rules, state, alerts } = situation;
  const { tsunami } = hazard;
  const template = rules.followUps.aboutTsunami;
  const by = state?.saidBy;
  if (template === undefined || tsunami === undefined || by === undefined || tsunami === by.tsunami)
    return undefined;
  const of = toFollowUp(alerts);
  if (of.length === 0 || plain.state === undefined) return undefined;
  const reasons: Reason[] = [...plain.reasons, { code: "tsunamiSaid" }];
  const afresh = guardFollowUp(situation, {
    subject: hazard.subject,
    do: "followUp",
    rule: by.rule,
    reasons,
    followUp: {
      of,
      kind: "update",
      template,
      blanks: tsunamiBlanks(hazard, reading.telegram),
      send: true,
    },
    ends: [],
    state: {
      ...plain.state,
      waits: { says: "tsunami", rank: plain.state.said, by: { ...by, tsunami }, drafts: [] },
    },
  });
  const { waits } = situation.state ?? {};
  if (waits?.says !== "tsunami" || waits.by?.tsunami !== tsunami) return afresh;
  const drafted: Reason[] = [...reasons, { code: "draftedAlready" }];
  return insteadOfDrafts(situation, afresh) ?? { ...plain, reasons: drafted };
}
