import type { Broadcast } from "../broadcasts/broadcast.ts";
import { type Actor, may } from "../staff/permissions.ts";
import type { Alert, AlertKind } from "./alert.ts";
import type { NewCall } from "./calls/call-store.ts";
import { confirming } from "./confirm.ts";
import type { AlertDeps } from "./deps.ts";
import type { FollowUpAsk, Prepared, Preparing, RaiseAsk } from "./prepare.ts";
import type { AlertOutcome } from "./refusal.ts";
import { writtenRules } from "./store.ts";

/** What a written rule asks to be sent, or prepared for a person. */
export interface RuleAsk extends Omit<RaiseAsk, "mode"> {
  rule: string;
  /** The hazard's own key: the same one raises the same alert, however often it is heard. */
  hazard: string;
  /** True: sent at once, on the authority of the rule. False: waits for a duty officer, who is called. */
  send: boolean;
  /** Instead of the template's own, where the issuer's name of it carries one. */
  level?: number | undefined;
  followUp?: { of: string; kind: FollowUpAsk["kind"] } | undefined;
}

interface Birth {
  id: string;
  kind: AlertKind;
  of: string | undefined;
  raisedBy: string;
  rule?: string | undefined;
  hazard?: string | undefined;
}

/** Raising: an alert is made from a template, whole and frozen, and waits for its confirmation. */
export function createRaising(deps: AlertDeps, preparing: Preparing) {
  const { alerts, clock, ids, templates } = deps;

  function newAlert(prepared: Prepared, birth: Birth): { broadcast: Broadcast; alert: Alert } {
    const now = clock.now();
    const { title, contents, audience, mode, blanks, districts, untranslated, level, expiresAt } = prepared;
    const shared = { id: birth.id, mode, title, contents, audience, state: "draft" as const, version: 1 };
    const broadcast: Broadcast = {
      ...shared,
      kind: "alert",
      missingTranslations: "fallback",
      sendAt: undefined,
      graceMs: 0,
      repeat: undefined,
      dueAt: undefined,
      seriesId: undefined,
      authorId: birth.raisedBy,
      writers: [birth.raisedBy],
      approvedBy: undefined,
      approvedAt: undefined,
      begunAt: undefined,
      finishedAt: undefined,
      stoppedBy: undefined,
      comment: undefined,
      createdAt: now,
      updatedAt: now,
    };
    const alert: Alert = {
      ...shared,
      kind: birth.kind,
      of: birth.of,
      template: prepared.template.id,
      level,
      untranslated,
      blanks,
      districts,
      aloneAllowed: prepared.aloneAllowed,
      raisedBy: birth.raisedBy,
      raisedAt: now,
      confirmedBy: undefined,
      confirmedAt: undefined,
      breakGlassReason: undefined,
      expiresAt,
      endedAt: undefined,
      endedBy: undefined,
      discardedBy: undefined,
      rule: birth.rule,
      hazard: birth.hazard,
      finishedAt: undefined,
    };
    return { broadcast, alert };
  }

  async function keep(prepared: Prepared, birth: Birth): Promise<AlertOutcome<Alert>> {
    const { broadcast, alert } = newAlert(prepared, birth);
    const entry = {
      at: alert.raisedAt,
      actor: birth.raisedBy,
      act: "alert.raise",
      subject: birth.id,
      details: { template: alert.template, mode: alert.mode, kind: alert.kind },
    };
    await alerts.create(broadcast, alert, entry, []);
    return (await alerts.find(birth.id)) ?? { refused: "not_found" };
  }

  async function prepareForRule(ask: RuleAsk): Promise<AlertOutcome<Prepared>> {
    const template = templates.find(ask.template);
    if (template === undefined)
      return {
        refused: "invalid",
        problems: [{ field: "template", code: "unknown_id", value: ask.template }],
      };
    const original = ask.followUp === undefined ? undefined : await alerts.find(ask.followUp.of);
    if (ask.followUp !== undefined && original === undefined) return { refused: "not_found" };
    if (original !== undefined && original.confirmedAt === undefined)
      return { refused: "wrong_state", state: original.state };
    const prepared = await preparing.fill(template, { ...ask, mode: "live" }, original);
    return "refused" in prepared ? prepared : { ...prepared, level: ask.level ?? prepared.level };
  }

  return {
    /** `id` is given when a repeated request must make the same alert. */
    raise: async (actor: Actor, ask: RaiseAsk, id: string = ids.ulid()): Promise<AlertOutcome<Alert>> => {
      if (!may(actor, "alert.raise")) return { refused: "role_missing" };
      const prepared = await preparing.prepare(ask);
      if ("refused" in prepared) return prepared;
      return keep(prepared, { id, kind: "alert", of: undefined, raisedBy: actor.id });
    },

    /** Prepared in all languages, for exactly those who were handed the original; a follow-up's follow-up is the original's. */
    followUp: async (
      actor: Actor,
      id: string,
      ask: FollowUpAsk,
      newId: string = ids.ulid(),
    ): Promise<AlertOutcome<Alert>> => {
      if (!may(actor, "alert.raise")) return { refused: "role_missing" };
      const asked = await alerts.find(id);
      const original = asked?.of === undefined ? asked : await alerts.find(asked.of);
      if (original === undefined) return { refused: "not_found" };
      const prepared = await preparing.prepareFollowUp(original, ask);
      if ("refused" in prepared) return prepared;
      return keep(prepared, { id: newId, kind: ask.kind, of: original.id, raisedBy: actor.id });
    },

    /** The same hazard twice makes one alert, and returns that one. */
    raiseByRule: async (ask: RuleAsk): Promise<AlertOutcome<Alert>> => {
      const kind: AlertKind = ask.followUp?.kind ?? "alert";
      const known = await alerts.ofHazard(ask.hazard, kind);
      if (known !== undefined) return known;
      const prepared = await prepareForRule(ask);
      if ("refused" in prepared) return prepared;
      const birth = { id: ids.ulid(), kind, of: ask.followUp?.of, raisedBy: writtenRules };
      const { broadcast, alert } = newAlert(prepared, { ...birth, rule: ask.rule, hazard: ask.hazard });
      const entry = {
        at: alert.raisedAt,
        actor: writtenRules,
        act: "alert.raise",
        subject: alert.id,
        details: { template: alert.template, rule: ask.rule, hazard: ask.hazard, kind },
      };
      const waiting: NewCall = {
        kind: "draftWaiting",
        role: "dutyOfficer",
        alert: alert.id,
        hazard: ask.hazard,
        values: { title: alert.title },
        once: `draft/${ask.hazard}`,
      };
      const done = ask.send
        ? await alerts.createConfirmed(
            broadcast,
            alert,
            entry,
            confirming(alert, { by: writtenRules, at: alert.raisedAt }, deps),
          )
        : await alerts.create(broadcast, alert, entry, [waiting]);
      if (done && ask.send) deps.opened();
      if (done && !ask.send) deps.called();
      return (await alerts.ofHazard(ask.hazard, kind)) ?? { refused: "not_found" };
    },
  };
}
