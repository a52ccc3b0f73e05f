import type { Alert } from "../alert.ts";
import { fitBlanks } from "./fit-blanks.ts";
import type { RuleAsk } from "../raise.ts";
import { isUnread } from "./hazard.ts";
import type { HazardDeskDeps } from "./hazard-desk-deps.ts";
import type { HazardRecord } from "./hazard-record.ts";
import type { Decision } from "../rules/decision.ts";
import { covers } from "../rules/follow-up.ts";
import { isDoubtful } from "../rules/guards.ts";
import { type HazardState, raisedFor } from "../rules/state.ts";

/** What came of a decision: the reasons may have grown, and the state names the alerts. */
export interface CarriedOut {
  decision: Decision;
  alerts: string[];
}

const unruled = "unknown";

/**
 * Does what was decided. Safe to do again after a kill: an alert is raised once by its hazard's key, and ending what is
 * over changes nothing.
 */
export function createCarryOut({
  alerts,
  templates,
  ward,
  log,
}: Pick<HazardDeskDeps, "alerts" | "templates" | "ward" | "log">) {
  /** @param late whether a kill lay between the decision and now, and it is no longer certain that it may be sent */
  return async function carryOut(
    record: HazardRecord,
    decision: Decision,
    before: HazardState | undefined,
    late: boolean,
  ): Promise<CarriedOut> {
    // What could not be read may be read later, and then raise something of its own.
    const subject = decision.subject ?? (isUnread(record.reading) ? "unread" : "");
    const key = `${record.reading.telegram.id}#${subject}`;
    // Before anything is said, so that nobody confirms what contradicts it a moment later.
    for (const id of decision.outdated ?? []) await alerts.discardByRule(id);
    for (const id of decision.insteadOf ?? [])
      if (!(await alerts.discardByRule(id))) return { decision: saidByPerson(decision), alerts: [] };
    const raised = await raise(key, decision, late);
    if ("refused" in raised) {
      return { decision: notDone(decision, before, raised.refused), alerts: [] };
    }
    const confirmed: string[] = [];
    for (const id of decision.ends) if (!(await alerts.discardByRule(id))) confirmed.push(id);
    await endTheRest(decision, raised.made, before);
    return {
      decision: stillToLift(await settled(decision, raised.made, before), confirmed),
      alerts: raised.made.map(({ id }) => id),
    };
  };

  async function raise(
    hazard: string,
    { do: deed, alert, followUp, rule = unruled }: Decision,
    late: boolean,
  ): Promise<{ made: Alert[] } | { refused: string }> {
    if (alert !== undefined) {
      const send = deed === "automatic" && !late;
      return raiseEach([{ ...alert, rule, hazard, send }]);
    }
    if (followUp === undefined) return { made: [] };
    const { of, kind, template, blanks, send } = followUp;
    return raiseEach(
      of.map((id, index) => ({
        template,
        blanks,
        rule,
        // The last one is the one that nearly everybody was handed.
        hazard: index === of.length - 1 ? hazard : `${hazard}#${id}`,
        send: send && !late,
        followUp: { of: id, kind },
      })),
    );
  }

  async function raiseEach(asks: RuleAsk[]): Promise<{ made: Alert[] } | { refused: string }> {
    const made: Alert[] = [];
    const refused: string[] = [];
    for (const ask of asks) {
      const template = templates.find(ask.template);
      const blanks = template === undefined ? ask.blanks : fitBlanks(ask.blanks, template, ward.languages);
      const outcome = await alerts.raiseByRule({ ...ask, blanks });
      if ("refused" in outcome) refused.push(describe(outcome));
      else made.push(outcome);
    }
    if (refused.length > 0) log.error({ refused }, "what a rule asked for was refused");
    return made.length === 0 && refused.length > 0 ? { refused: refused.join("; ") } : { made };
  }

  /** Whom the last alert reached was told that it is over; the earlier ones to the same people are over by that. */
  async function endTheRest(
    { followUp, ends }: Decision,
    made: Alert[],
    before: HazardState | undefined,
  ): Promise<void> {
    if (followUp === undefined || followUp.kind === "update") return;
    if (made.some((alert) => alert.confirmedAt === undefined)) return;
    const others = (before?.alerts ?? []).filter((id) => !followUp.of.includes(id) && !ends.includes(id));
    for (const id of others) await alerts.endByRule(id);
  }

  /** The state with the new alerts in it; what the newest says better to the same people is over. */
  async function settled(
    decision: Decision,
    made: Alert[],
    before: HazardState | undefined,
  ): Promise<Decision> {
    const [alert] = made;
    if (decision.state === undefined || alert === undefined) return decision;
    const raised = made.map(({ id, confirmedAt }) => ({ id, confirmed: confirmedAt !== undefined }));
    const state = raisedFor(decision.state, raised, isDoubtful(decision));
    if (decision.alert === undefined) return { ...decision, state };
    const gone = new Set([...decision.ends, ...(decision.insteadOf ?? []), alert.id]);
    const stay = (before?.alerts ?? []).filter((id) => !gone.has(id));
    if (decision.do === "automatic" && alert.confirmedAt !== undefined) {
      for (const id of stay) {
        const earlier = await alerts.find(id);
        if (earlier !== undefined && covers(alert, earlier)) await alerts.endByRule(id);
      }
    }
    return { ...decision, state: { ...state, alerts: [...stay, alert.id] } };
  }
}

/** A person was faster: it is said, and is known to be with the next word about it. */
function saidByPerson({ subject, rule, reasons }: Decision): Decision {
  return { subject, rule, do: "nothing", reasons: [...reasons, { code: "confirmedMeanwhile" }], ends: [] };
}

/** What a person confirmed in the moment that it was to be thrown away was said: the next lifting is for its people too. */
function stillToLift(decision: Decision, confirmed: readonly string[]): Decision {
  if (decision.state === undefined || confirmed.length === 0) return decision;
  return { ...decision, state: { ...decision.state, alerts: [...confirmed, ...decision.state.alerts] } };
}

/** Nothing was said, so nothing is known to have been; a person is called. */
function notDone(decision: Decision, before: HazardState | undefined, refused: string): Decision {
  const { alert: _, followUp: __, state, ...rest } = decision;
  return {
    ...rest,
    do: "nothing",
    ends: [],
    reasons: [...decision.reasons, { code: "refused", values: { detail: refused } }],
    call: "unknownTelegram",
    ...(state === undefined ? {} : { state: asSaidBefore(state, before) }),
  };
}

function asSaidBefore(state: HazardState, before: HazardState | undefined): HazardState {
  const { saidBy: _, waits: __, ...known } = state;
  const { said = 0, alerts = [], saidBy, waits } = before ?? {};
  return {
    ...known,
    said,
    alerts,
    ...(saidBy === undefined ? {} : { saidBy }),
    ...(waits === undefined ? {} : { waits }),
  };
}

function describe({ refused, problems }: { refused: string; problems?: unknown }): string {
  return problems === undefined ? refused : `${refused} ${JSON.stringify(problems)}`.slice(0, 300);
}
