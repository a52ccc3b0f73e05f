import { Router } from "express";
import type { Entrance } from "../../staff/entrance.ts";
import type { SessionStore } from "../../staff/session-store.ts";
import { type Context, fieldOf } from "../context.ts";
import { ofOurs } from "../ours.ts";
import { postedBy } from "./freshness.ts";
import { sayWait } from "./say-wait.ts";

export interface StepUpPagesDeps {
  context: Context;
  sessions: SessionStore;
  entrance: Entrance;
}

/** A second factor before something weighty. */
export function createStepUpPages({ context, sessions, entrance }: StepUpPagesDeps): Router {
  const { signedIn, askForFactor } = context;
  const router = Router();
  router.get(
    "/step-up",
    signedIn("anybody", async (page, request, response) => {
      const { to } = request.query;
      await askForFactor(page, response, { to: ofOurs(to), fields: undefined });
    }),
  );
  router.post(
    "/step-up",
    signedIn("anybody", async (page, request, response) => {
      const { session } = page;
      const to = ofOurs(fieldOf(request, "stepUp.to"));
      const isForm = fieldOf(request, "stepUp.repeats") === "form";
      const outcome = await entrance.factors.check(session.actor.id, session.holder, {
        code: fieldOf(request, "stepUp.code"),
        recoveryCode: fieldOf(request, "stepUp.recoveryCode"),
        passkey: fieldOf(request, "stepUp.passkey"),
      });
      if (outcome === "right") {
        await sessions.noteFactor(session);
        // 307: the browser posts the very same form again, to where it was going.
        response.redirect(isForm ? 307 : 303, to);
        return;
      }
      const problem =
        outcome === "wrong" ? page.say("sign-in:factor.wrong") : sayWait(page, response, outcome.waitMs);
      await askForFactor(page, response, { to, fields: isForm ? postedBy(request) : undefined, problem });
    }),
  );
  return router;
}
