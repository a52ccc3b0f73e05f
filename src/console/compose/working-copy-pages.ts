import { Router } from "express";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { WorkingCopyStore } from "../../broadcasts/working-copy-store.ts";
import type { Clock } from "../../shared/clock.ts";
import { dateFormat } from "../formats.ts";
import { type Context, fieldOf } from "../context.ts";
import { fieldsOf, isTouched, readForm } from "./draft-form.ts";
import { newBroadcastId } from "./new-key.ts";

/** Somebody who has typed or looked within so long counts as being there. */
const hereMs = 10 * 60_000;
const longest = 300_000;

interface Deps {
  context: Context;
  store: BroadcastStore;
  workingCopies: WorkingCopyStore;
}

export function othersHere(
  { workingCopies, clock }: { workingCopies: WorkingCopyStore; clock: Clock },
  staffId: string,
  key: string,
): Promise<string[]> {
  return workingCopies.others(staffId, key, clock.now() - hereMs);
}

/** What is typed is kept as it is, finished or not; nothing of it is a broadcast. */
export function createWorkingCopyPages({ context, store, workingCopies }: Deps): Router {
  const { ward, clock, signedIn } = context;
  const router = Router();

  /** Answers `{ savedAt?, others, newer }`: when it was kept, who else is here, whether somebody has saved meanwhile. */
  router.post(
    "/working-copies",
    signedIn("broadcast.write", async ({ actor, language }, request, response) => {
      const form = readForm(request.body, ward);
      const key = form.copy;
      const existing = newBroadcastId(key) === undefined ? await store.find(key) : undefined;
      if (existing === undefined && newBroadcastId(key) === undefined) {
        response.status(404).end();
        return;
      }
      const now = clock.now();
      const fields = fieldsOf(form);
      if (JSON.stringify(fields).length > longest) {
        response.status(413).end();
        return;
      }
      const onlyLooks = fieldOf(request, "look") !== "" || (existing === undefined && !isTouched(form));
      if (!onlyLooks) await workingCopies.keep(actor.id, key, fields, now);
      else if (existing !== undefined) await workingCopies.look(actor.id, key, now);
      response.json({
        ...(onlyLooks ? {} : { savedAt: timeOfDay(language, now) }),
        others: existing === undefined ? [] : await othersHere({ workingCopies, clock }, actor.id, key),
        newer: existing !== undefined && String(existing.version) !== form.version,
      });
    }),
  );
  router.post(
    "/working-copies/discard",
    signedIn("broadcast.write", async ({ actor }, request, response) => {
      await workingCopies.forget(actor.id, fieldOf(request, "copy"));
      const back = fieldOf(request, "back");
      response.redirect(303, /^\/console\/broadcasts\/[\w-]+(\/edit)?$/.test(back) ? back : "/console");
    }),
  );
  return router;
}

function timeOfDay(language: string, at: number): string {
  return dateFormat(language, { timeStyle: "short" }).format(at);
}
