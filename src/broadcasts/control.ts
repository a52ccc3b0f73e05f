import type { UndeterminedDecision } from "../outbox/settle-store.ts";
import { type Actor, may } from "../staff/permissions.ts";
import { createAddressing } from "./addressing.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";
import { allows } from "./lifecycle.ts";
import type { Outcome } from "./refusal.ts";
import { nextDates } from "./schedule.ts";
import type { Change } from "./store.ts";

/** Whether somebody may let go on what was stopped: those who oversee everything, and whoever stopped it. */
export function mayResume(actor: Actor, { stoppedBy }: Pick<Broadcast, "stoppedBy">): boolean {
  return may(actor, "broadcast.oversee") || (may(actor, "broadcast.resume") && stoppedBy === actor.id);
}

/** Stopping, resuming, cancelling. None of it announces anything to residents. */
export function createControl(deps: BroadcastDeps) {
  const { store, clock } = deps;
  const addressing = createAddressing(deps);

  async function occurrencesOf(series: Broadcast, state: "sending" | "stopped"): Promise<Broadcast[]> {
    return series.repeat === undefined ? [] : store.list({ seriesId: series.id, state, limit: 50 });
  }

  async function after(id: string): Promise<Outcome<Broadcast>> {
    return (await store.find(id)) ?? { refused: "not_found" };
  }

  function stopping(
    broadcast: Broadcast,
    actor: Actor,
    stoppedBy: string,
    comment: string | undefined,
  ): Change {
    return {
      act: "stop",
      version: broadcast.version,
      set: { state: "stopped", stoppedBy, comment },
      order: "halt",
      entry: {
        at: clock.now(),
        actor: actor.id,
        act: "broadcast.stop",
        subject: broadcast.id,
        details: { comment: comment ?? "" },
      },
    };
  }

  /** What had begun goes on; what had not waits for its time, or goes now if that has passed. */
  function resuming(broadcast: Broadcast, actor: Actor): Change {
    const now = clock.now();
    const entry = { at: now, actor: actor.id, act: "broadcast.resume", subject: broadcast.id };
    const common = { act: "resume" as const, version: broadcast.version, entry };
    const plain = { stoppedBy: undefined, comment: undefined };
    if (broadcast.begunAt !== undefined)
      return { ...common, set: { ...plain, state: "sending" }, order: "open" };
    const dueAt =
      broadcast.repeat === undefined
        ? Math.max(broadcast.dueAt ?? now, now)
        : nextDates(broadcast.repeat, now, 1)[0];
    return { ...common, set: { ...plain, state: "approved", dueAt }, order: "none" };
  }

  return {
    /** Stops a broadcast, and of a repeating one also the occurrences that are going out. */
    stop: async (actor: Actor, id: string, comment: string | undefined): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.stop")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      const controllable = await addressing.mayControl(actor, before);
      if (controllable !== true) return controllable;
      if (!allows("stop", before))
        return { refused: "wrong_state", act: "stop", kind: before.kind, state: before.state };
      const children = await occurrencesOf(before, "sending");
      if (!(await store.change(id, stopping(before, actor, actor.id, comment))))
        return { refused: "changed_meanwhile" };
      await store.changeTogether(
        children.map((child) => ({ id: child.id, change: stopping(child, actor, id, comment) })),
      );
      return after(id);
    },

    resume: async (actor: Actor, id: string): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.resume")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      const controllable = await addressing.mayControl(actor, before);
      if (controllable !== true) return controllable;
      if (!allows("resume", before))
        return { refused: "wrong_state", act: "resume", kind: before.kind, state: before.state };
      if (!mayResume(actor, before)) return { refused: "role_missing" };
      const children = (await occurrencesOf(before, "stopped")).filter((child) => child.stoppedBy === id);
      if (!(await store.change(id, resuming(before, actor)))) return { refused: "changed_meanwhile" };
      await store.changeTogether(children.map((child) => ({ id: child.id, change: resuming(child, actor) })));
      deps.opened();
      return after(id);
    },

    /** Ends it for good: nothing more is ever sent of it. */
    cancel: async (
      actor: Actor,
      id: string,
      comment: string | undefined,
      seenVersion?: number,
    ): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.stop")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      const controllable = await addressing.mayControl(actor, before);
      if (controllable !== true) return controllable;
      if (!allows("cancel", before))
        return { refused: "wrong_state", act: "cancel", kind: before.kind, state: before.state };
      if (seenVersion !== undefined && seenVersion !== before.version)
        return { refused: "changed_meanwhile" };
      const entry = {
        at: clock.now(),
        actor: actor.id,
        act: "broadcast.cancel",
        subject: id,
        details: { comment: comment ?? "" },
      };
      const done = await store.change(id, {
        act: "cancel",
        version: before.version,
        set: { state: "cancelled", comment },
        order: "cancel",
        entry,
      });
      return done ? after(id) : { refused: "changed_meanwhile" };
    },

    /** What a person decides about residents whose batch may or may not have arrived (invariant 5). */
    decideUndetermined: async (
      actor: Actor,
      id: string,
      decision: UndeterminedDecision,
    ): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.decide")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      if (decision === "sendAgain" && before.state !== "sending")
        return { refused: "wrong_state", act: "resume", kind: before.kind, state: before.state };
      const settled = await deps.settles.decideUndetermined(id, decision, clock.now());
      if (settled === 0) return { refused: "nothing_undetermined" };
      await store.note({
        at: clock.now(),
        actor: actor.id,
        act: "broadcast.decideUndetermined",
        subject: id,
        details: { decision, batches: settled },
      });
      deps.opened();
      return after(id);
    },
  };
}
