import { type Hazard, type Reading, isUnread } from "../hazards/hazard.ts";
import { decide } from "./decide.ts";
import { decideCancellation } from "./decide-cancellation.ts";
import type { Decision, Reason } from "./decision.ts";
import { minutesBetween, unknownIn } from "./guards.ts";
import { rankOf } from "./rank.ts";
import { unreadBlanks } from "./relay-blanks.ts";
import type { Circumstances, KnownAlert } from "./situation.ts";
import { type HazardState, asConfirmed } from "./state.ts";

/** What is known when a telegram is decided about. */
export interface Knowledge {
  states: readonly HazardState[];
  alerts: ReadonlyMap<string, KnownAlert>;
  /** Whether the same was heard before under another id. */
  repeated: boolean;
}

/** What a telegram leads to: one decision for each subject it speaks of, or one about the whole. */
export function decideTelegram(circumstances: Circumstances, knowledge: Knowledge): Decision[] {
  const { telegram, hazards, remarks } = circumstances.reading;
  if (telegram.status === "exercise" || telegram.status === "test")
    return [whole([{ code: telegram.status }])];
  // It says of itself something that is neither real nor a drill: nothing of it is prepared to be sent, and a person looks.
  if (telegram.status === "unknown" && !isUnread(circumstances.reading))
    return [{ ...whole(unknownIn(remarks)), call: "unknownTelegram" }];
  if (knowledge.repeated) return [whole([{ code: "repeated" }])];
  const find = (id: string) => knowledge.alerts.get(id) ?? [];
  // What a person has confirmed since was said, and is compared as such.
  const states = knowledge.states.map((state) =>
    asConfirmed(state, (id) => knowledge.alerts.get(id)?.sent === true),
  );
  const alertsOf = (state: HazardState | undefined) => ({
    alerts: (state?.alerts ?? []).flatMap(find),
    waiting: (state?.waits?.drafts ?? []).flatMap(find),
  });
  if (telegram.infoType === "cancellation") return decideCancellation(circumstances, states, alertsOf);

  const decisions: Decision[] = [];
  for (const hazard of worstOfEach(hazards)) {
    const state = states.find(({ subject }) => subject === hazard.subject);
    const done = (deed: Decision["do"]) => decisions.filter((each) => each.do === deed).length;
    decisions.push(
      decide({
        ...circumstances,
        sentInLastHour: circumstances.sentInLastHour + done("automatic"),
        draftedInLastHour: circumstances.draftedInLastHour + done("draft"),
        hazard,
        state,
        ...alertsOf(state),
      }),
    );
  }
  // A person must look at what was not understood, also when the rest of the telegram leads to nothing.
  const unread = unknownIn(remarks).length > 0 && decisions.every((each) => each.do === "nothing");
  if (unread) decisions.push(draftUnread(circumstances));
  return decisions.length === 0 ? [whole(plainReasons(circumstances.reading))] : decisions;
}

/** A telegram that names one subject several times speaks of the worst. */
function worstOfEach(hazards: readonly Hazard[]): Hazard[] {
  const worst = new Map<string, Hazard>();
  for (const hazard of hazards) {
    const known = worst.get(hazard.subject);
    if (known === undefined || rankOf(hazard) > rankOf(known)) worst.set(hazard.subject, hazard);
  }
  return [...worst.values()];
}

/** Neither silence nor a send: a draft with the issuer's headline, and a call. */
function draftUnread({ reading, rules, now, draftedInLastHour }: Circumstances): Decision {
  const reasons = unknownIn(reading.remarks);
  // Of a report that was refused there is not even a name that could be passed on.
  if (isUnread(reading) && reading.telegram.source === "inbound")
    return { ...whole(reasons), call: "unknownTelegram" };
  const age = minutesBetween(reading.telegram.reportedAt, now);
  const limit = rules.unknown.maxAgeMinutes;
  if (age > limit)
    return { ...whole([...reasons, { code: "stale", values: { age, limit } }]), call: "unknownTelegram" };
  if (draftedInLastHour >= rules.mostDraftsPerHour)
    return {
      ...whole([...reasons, { code: "tooManyDrafts", values: { limit: rules.mostDraftsPerHour } }]),
      call: "unknownTelegram",
    };
  return {
    ...whole(reasons),
    do: "draft",
    alert: { template: rules.unknown.template, blanks: unreadBlanks(reading.telegram) },
    call: "unknownTelegram",
  };
}

function plainReasons({ remarks }: Reading): Reason[] {
  const plain = remarks.flatMap((remark): Reason[] => {
    if (remark.code === "unknown" || remark.code === "unread") return [];
    return [
      remark.code === "elsewhere"
        ? { code: "elsewhere" }
        : { code: "forInformation", values: { detail: remark.detail.slice(0, 200) } },
    ];
  });
  return plain.length === 0 ? [{ code: "nothingSaid" }] : plain;
}

function whole(reasons: Reason[]): Decision {
  return { subject: undefined, do: "nothing", rule: undefined, reasons, ends: [] };
}
