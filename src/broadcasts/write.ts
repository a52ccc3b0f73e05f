import { sizeProblems } from "../messages/size-problems.ts";
import { recipientsKeptMs } from "../outbox/order.ts";
import { type Actor, may } from "../staff/permissions.ts";
import { createAddressing } from "./addressing.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";
import { type Draft, type DraftChange, draftProblems } from "./draft.ts";
import { allows } from "./lifecycle.ts";
import type { InputProblem, Outcome } from "./refusal.ts";

/** Writing: a draft is made and changed until it is submitted. */
export function createWriting(deps: BroadcastDeps) {
  const { store, ward, sentences, clock, ids } = deps;
  const addressing = createAddressing(deps);
  const usualGraceMs = ward.profile.graceMinutes * 60_000;

  async function problemsOf(draft: DraftChange, graceMs: number): Promise<InputProblem[]> {
    const problems = draftProblems(draft, ward, clock.now(), graceMs);
    if (problems.length === 0 && draft.contents !== undefined) {
      problems.push(
        ...sizeProblems(draft.contents, sentences).map((problem) => ({
          ...problem,
          kind: "content" as const,
        })),
      );
    }
    const original = draft.audience?.recipientsOf;
    if (original !== undefined) {
      const code = await deps.deliveries.recipientsKnown(original, clock.now() - recipientsKeptMs);
      if (code !== undefined)
        problems.push({ kind: "audience", field: "audience.recipientsOf", code, value: original });
    }
    return problems;
  }

  return {
    /** Everything that keeps it from being kept, without keeping it. */
    mistakesIn: (draft: Draft): Promise<InputProblem[]> => problemsOf(draft, usualGraceMs),

    /** `id` is given when a repeated request must make the same broadcast. */
    create: async (actor: Actor, draft: Draft, id: string = ids.ulid()): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.write")) return { refused: "role_missing" };
      const graceMs = draft.graceMinutes === undefined ? usualGraceMs : draft.graceMinutes * 60_000;
      const problems = await problemsOf(draft, graceMs);
      if (problems.length > 0) return { refused: "invalid", problems };
      const addressed = await addressing.mayAddress(actor, draft.audience);
      if (addressed !== true) return addressed;
      const now = clock.now();
      const broadcast: Broadcast = {
        id,
        kind: "notice",
        mode: "live",
        title: draft.title,
        state: "draft",
        version: 1,
        audience: draft.audience,
        contents: draft.contents,
        missingTranslations: draft.missingTranslations ?? "refuse",
        sendAt: draft.sendAt ?? undefined,
        graceMs,
        repeat: draft.repeat ?? undefined,
        dueAt: undefined,
        seriesId: undefined,
        authorId: actor.id,
        writers: [actor.id],
        approvedBy: undefined,
        approvedAt: undefined,
        begunAt: undefined,
        finishedAt: undefined,
        stoppedBy: undefined,
        comment: undefined,
        createdAt: now,
        updatedAt: now,
      };
      await store.create(broadcast, { at: now, actor: actor.id, act: "broadcast.create", subject: id });
      return (await store.find(id)) ?? broadcast;
    },

    edit: async (
      actor: Actor,
      id: string,
      change: DraftChange,
      seenVersion?: number,
    ): Promise<Outcome<Broadcast>> => {
      if (!may(actor, "broadcast.write")) return { refused: "role_missing" };
      const before = await store.find(id);
      if (before === undefined) return { refused: "not_found" };
      const changeable = await addressing.mayChange(actor, before);
      if (changeable !== true) return changeable;
      if (!allows("edit", before))
        return { refused: "wrong_state", act: "edit", kind: before.kind, state: before.state };
      if (seenVersion !== undefined && seenVersion !== before.version)
        return { refused: "changed_meanwhile" };
      const { graceMinutes, sendAt, repeat, ...rest } = change;
      const graceMs = graceMinutes === undefined ? before.graceMs : graceMinutes * 60_000;
      const set = {
        ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
        graceMs,
        sendAt: sendAt === undefined ? before.sendAt : (sendAt ?? undefined),
        repeat: repeat === undefined ? before.repeat : (repeat ?? undefined),
        writers: [...new Set([...before.writers, actor.id])],
      };
      const problems = await problemsOf({ ...rest, sendAt: set.sendAt, repeat: set.repeat }, graceMs);
      if (problems.length > 0) return { refused: "invalid", problems };
      const addressed =
        change.audience === undefined || (await addressing.mayAddress(actor, change.audience));
      if (addressed !== true) return addressed;
      const entry = {
        at: clock.now(),
        actor: actor.id,
        act: "broadcast.edit",
        subject: id,
        details: { fields: Object.keys(change) },
      };
      const done = await store.change(id, {
        act: "edit",
        version: before.version,
        set,
        order: "none",
        entry,
      });
      return done ? ((await store.find(id)) ?? { refused: "not_found" }) : { refused: "changed_meanwhile" };
    },
  };
}
