import { type Actor, may } from "../staff/permissions.ts";
import { createAddressing } from "./addressing.ts";
import { addresseesProblems } from "./addressees.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";
import { freeze } from "./freeze.ts";
import { allows } from "./lifecycle.ts";
import type { InputProblem, Outcome, Refusal } from "./refusal.ts";
import { nextDates } from "./schedule.ts";

export interface Approval {
  /** The version the approver saw; approving another one is refused. */
  version?: number | undefined;
  missingTranslations?: "refuse" | "fallback" | undefined;
}

/** Deciding: submit, return, approve. Approval and order commit together (invariant 3). */
export function createDeciding(deps: BroadcastDeps) {
  const { store, reach, ward, clock } = deps;
  const addressing = createAddressing(deps);

  async function after(id: string, done: boolean): Promise<Outcome<Broadcast>> {
    return done ? ((await store.find(id)) ?? { refused: "not_found" }) : { refused: "changed_meanwhile" };
  }

  /** What of the rule is no longer offered: the ward may have changed since it was written. */
  function outdated({ audience }: Broadcast): InputProblem[] {
    return addresseesProblems(audience, ward).map((problem) => ({
      ...problem,
      kind: "audience" as const,
      field: problem.field === "" ? "audience" : `audience.${problem.field}`,
    }));
  }

  /** Languages in which somebody of the audience reads and nothing is written, with how many they are. */
  async function untranslated(broadcast: Broadcast): Promise<Record<string, number>> {
    const { byLanguage } = await reach.count(broadcast.audience);
    const missing = Object.entries(byLanguage).filter(
      ([language]) => ward.languages.includes(language) && broadcast.contents[language] === undefined,
    );
    return Object.fromEntries(missing);
  }

  function whenDue(broadcast: Broadcast, now: number): { dueAt: number } | Refusal {
    const { repeat, sendAt, graceMs } = broadcast;
    if (repeat !== undefined) {
      const next = nextDates(repeat, now, 1)[0];
      return next === undefined
        ? { refused: "invalid", problems: [{ kind: "schedule", field: "repeat.cron", code: "never" }] }
        : { dueAt: next };
    }
    if (sendAt !== undefined && sendAt < now - graceMs) return { refused: "send_time_passed" };
    return { dueAt: sendAt ?? now };
  }

  return {
    submit: async (actor: Actor, id: string, seenVersion?: number): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.write")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      const changeable = await addressing.mayChange(actor, before);
      if (changeable !== true) return changeable;
      if (!allows("submit", before))
        return { refused: "wrong_state", act: "submit", kind: before.kind, state: before.state };
      if (seenVersion !== undefined && seenVersion !== before.version)
        return { refused: "changed_meanwhile" };
      const problems = outdated(before);
      if (problems.length > 0) return { refused: "invalid", problems };
      const set = {
        state: "submitted" as const,
        comment: undefined,
        writers: [...new Set([...before.writers, actor.id])],
      };
      const entry = { at: clock.now(), actor: actor.id, act: "broadcast.submit", subject: id };
      return after(
        id,
        await store.change(id, { act: "submit", version: before.version, set, order: "none", entry }),
      );
    },

    /** Back to its writers, with a comment; they may also take it back themselves. */
    return: async (
      actor: Actor,
      id: string,
      comment: string | undefined,
      seenVersion?: number,
    ): Promise<Outcome<Broadcast>> => {
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      if (!may(actor, "broadcast.approve")) {
        if (!may(actor, "broadcast.write") || !before.writers.includes(actor.id))
          return { refused: "role_missing" };
        const changeable = await addressing.mayChange(actor, before);
        if (changeable !== true) return changeable;
      }
      if (!allows("return", before))
        return { refused: "wrong_state", act: "return", kind: before.kind, state: before.state };
      if (seenVersion !== undefined && seenVersion !== before.version)
        return { refused: "changed_meanwhile" };
      const entry = {
        at: clock.now(),
        actor: actor.id,
        act: "broadcast.return",
        subject: id,
        details: { comment: comment ?? "" },
      };
      const set = { state: "returned" as const, comment };
      return after(
        id,
        await store.change(id, { act: "return", version: before.version, set, order: "none", entry }),
      );
    },

    approve: async (actor: Actor, id: string, approval: Approval): Promise<Outcome<Broadcast>> => {
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      if (before.writers.includes(actor.id)) return { refused: "approver_is_author" };
      if (!may(actor, "broadcast.approve")) return { refused: "role_missing" };
      if (!allows("approve", before))
        return { refused: "wrong_state", act: "approve", kind: before.kind, state: before.state };
      if (approval.version !== undefined && approval.version !== before.version)
        return { refused: "changed_meanwhile" };
      const problems = outdated(before);
      if (problems.length > 0) return { refused: "invalid", problems };
      const missingTranslations = approval.missingTranslations ?? before.missingTranslations;
      if (missingTranslations === "refuse") {
        const languages = await untranslated(before);
        if (Object.keys(languages).length > 0) return { refused: "translations_missing", languages };
      }
      const now = clock.now();
      const due = whenDue(before, now);
      if ("refused" in due) return due;
      const set = {
        state: "approved" as const,
        missingTranslations,
        approvedBy: actor.id,
        approvedAt: now,
        dueAt: due.dueAt,
      };
      const order =
        before.repeat === undefined ? { place: freeze(before, due.dueAt, deps), openNow: false } : "none";
      const entry = {
        at: now,
        actor: actor.id,
        act: "broadcast.approve",
        subject: id,
        details: { version: before.version, missingTranslations },
      };
      const still = () => outdated(before).length === 0;
      const done = await store.change(id, {
        act: "approve",
        version: before.version,
        set,
        order,
        entry,
        still,
      });
      if (done) deps.opened();
      return after(id, done);
    },
  };
}
