import { type Actor, may } from "../staff/permissions.ts";
import type { Alert } from "./alert.ts";
import type { NewCall } from "./calls/call-store.ts";
import type { AlertDeps } from "./deps.ts";
import { freezeAlert } from "./freeze-alert.ts";
import type { AlertOutcome } from "./refusal.ts";
import { type Confirmation, writtenRules } from "./store.ts";

export interface ConfirmTerms {
  /** Why whoever raised it sends it alone. */
  breakGlass?: { reason: string } | undefined;
  /** The version that was seen. */
  version?: number | undefined;
}

interface Authority {
  by: string;
  at: number;
  breakGlassReason?: string | undefined;
  calls?: NewCall[];
}

/** A draft that nobody confirmed for so long is a left-over, and must not go out by a late click. */
export const draftLifeMs = 2 * 60 * 60_000;
const longestReason = 500;
/** Spaces and characters without a form, zero-width ones for instance, are no reason. */
const nothingToSee = /^[\p{C}\p{Z}]*$/u;

/** The confirmation and the order to send, as they commit together (invariant 3). */
export function confirming(
  alert: Alert,
  { by, at, breakGlassReason, calls = [] }: Authority,
  deps: Pick<AlertDeps, "ward" | "sentences" | "links" | "templates">,
): Confirmation {
  const { id, version, kind, of, mode } = alert;
  const act = by === writtenRules ? "alert.confirmByRule" : "alert.confirm";
  const details = {
    mode,
    kind,
    ...(alert.rule === undefined ? {} : { rule: alert.rule }),
    ...(breakGlassReason === undefined ? {} : { breakGlass: breakGlassReason }),
  };
  return {
    by,
    at,
    breakGlassReason,
    calls,
    // The danger is over, or never was: who has not been told of it yet is not told any more.
    of,
    ends: kind === "allClear" || kind === "correction",
    change: {
      act: "confirm",
      version,
      set: { state: "sending", approvedBy: by, approvedAt: at, begunAt: at, dueAt: at },
      order: { place: freezeAlert(alert, at, deps), openNow: true },
      entry: { at, actor: by, act, subject: id, details },
    },
  };
}

/** What a rule prepared for a person, and no person saw to: somebody must know that nobody was told. */
function lapsed({ id, title }: Alert): NewCall {
  return { kind: "draftLapsed", role: "dutyOfficer", alert: id, values: { title }, once: `lapsed/${id}` };
}

/** Confirming by a second person, or alone with a reason where the template allows it; discarding; ending in silence. */
export function createConfirming(deps: AlertDeps) {
  const { alerts, broadcasts, clock } = deps;

  /** Why this person may not confirm it on these terms, or the reason they gave for doing it alone. */
  function alone(
    alert: Alert,
    actor: Actor,
    { breakGlass }: ConfirmTerms,
  ): AlertOutcome<{ reason?: string }> {
    if (actor.id !== alert.raisedBy) return {};
    if (breakGlass === undefined) return { refused: "raiser_may_not_confirm" };
    if (!alert.aloneAllowed) return { refused: "break_glass_not_allowed" };
    const reason = breakGlass.reason.trim().slice(0, longestReason);
    return nothingToSee.test(reason) ? { refused: "reason_missing" } : { reason };
  }

  async function ofItsFamily(alert: Alert): Promise<AlertOutcome<object>> {
    const original = alert.of === undefined ? undefined : await alerts.find(alert.of);
    return original?.endedAt === undefined ? {} : { refused: "alert_over" };
  }

  async function drop(alert: Alert, actor: string, act: "alert.discard" | "alert.lapse"): Promise<boolean> {
    const entry = { at: clock.now(), actor, act, subject: alert.id };
    return broadcasts.change(alert.id, {
      act: "cancel",
      version: alert.version,
      set: { state: "cancelled", ...(act === "alert.discard" ? { stoppedBy: actor } : {}) },
      order: "none",
      entry,
    });
  }

  return {
    confirm: async (actor: Actor, id: string, terms: ConfirmTerms = {}): Promise<AlertOutcome<Alert>> => {
      if (!may(actor, "alert.confirm")) return { refused: "role_missing" };
      const alert = await alerts.find(id);
      if (alert === undefined) return { refused: "not_found" };
      if (alert.state !== "draft") return { refused: "wrong_state", state: alert.state };
      if (terms.version !== undefined && terms.version !== alert.version)
        return { refused: "changed_meanwhile" };
      const now = clock.now();
      if (alert.expiresAt <= now || alert.raisedAt < now - draftLifeMs) {
        await drop(alert, "system", "alert.lapse");
        return { refused: "alert_expired" };
      }
      const family = await ofItsFamily(alert);
      if ("refused" in family) return family;
      const given = alone(alert, actor, terms);
      if ("refused" in given) return given;
      const { reason } = given;
      const calls: NewCall[] =
        reason === undefined
          ? []
          : (["approver", "dutyOfficer"] as const).map((role) => ({
              kind: "breakGlass",
              role,
              drill: alert.mode !== "live",
              alert: id,
              values: { title: alert.title, name: actor.name, reason },
              once: `breakGlass/${id}`,
            }));
      const done = await alerts.confirm(
        id,
        confirming(alert, { by: actor.id, at: now, breakGlassReason: reason, calls }, deps),
      );
      if (!done) return { refused: "changed_meanwhile" };
      deps.opened();
      if (calls.length > 0) deps.called();
      return (await alerts.find(id)) ?? { refused: "not_found" };
    },

    /** Throws away what was not confirmed. Announces nothing. */
    discard: async (actor: Actor, id: string): Promise<AlertOutcome<Alert>> => {
      if (!may(actor, "alert.raise")) return { refused: "role_missing" };
      const alert = await alerts.find(id);
      if (alert === undefined) return { refused: "not_found" };
      if (alert.state !== "draft") return { refused: "wrong_state", state: alert.state };
      if (!(await drop(alert, actor.id, "alert.discard"))) return { refused: "changed_meanwhile" };
      return (await alerts.find(id)) ?? { refused: "not_found" };
    },

    /**
     * The same, by the rule that raised it: what it was raised for is over before anybody confirmed it.
     * @returns false when somebody has confirmed it meanwhile
     */
    discardByRule: async (id: string): Promise<boolean> => {
      const alert = await alerts.find(id);
      if (alert?.state === "draft") await drop(alert, writtenRules, "alert.discard");
      return (await alerts.find(id))?.confirmedAt === undefined;
    },

    /** Over from now on, without a word to anybody. */
    end: async (actor: Actor, id: string): Promise<AlertOutcome<Alert>> => {
      if (!may(actor, "alert.confirm")) return { refused: "role_missing" };
      const alert = await alerts.find(id);
      if (alert === undefined) return { refused: "not_found" };
      if (alert.confirmedAt === undefined) return { refused: "wrong_state", state: alert.state };
      const entry = { at: clock.now(), actor: actor.id, act: "alert.end", subject: id };
      if (!(await alerts.end(id, entry))) return { refused: "alert_over" };
      return (await alerts.find(id)) ?? { refused: "not_found" };
    },

    /** The same by a rule: something better was said to the same people. */
    endByRule: async (id: string): Promise<void> => {
      await alerts.end(id, { at: clock.now(), actor: writtenRules, act: "alert.end", subject: id });
    },

    /** Discards what waited too long for its confirmation. The clock's. */
    lapse: async (): Promise<void> => {
      const now = clock.now();
      for (const alert of await alerts.lapsed(now, now - draftLifeMs)) {
        const dropped = await drop(alert, "system", "alert.lapse");
        if (dropped && alert.rule !== undefined) await deps.call(lapsed(alert));
      }
    },
  };
}
