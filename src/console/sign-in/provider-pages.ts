import { Router } from "express";
import type { Logger } from "../../shared/logger.ts";
import type { Entrance } from "../../staff/entrance.ts";
import type { Context } from "../context.ts";
import { ofOurs } from "../ours.ts";
import { browserNameOf } from "./browser-name.ts";
import type { Repeat } from "./freshness.ts";
import { repeatPage } from "./step-up.tsx";

export interface ProviderPagesDeps {
  context: Context;
  entrance: Entrance;
  log: Logger;
}

const failed = "/console/sign-in?problem=provider";

/** To the ward's own identity provider and back. */
export function createProviderPages({ context, entrance, log }: ProviderPagesDeps): Router {
  const { cookies, sessionOf, pageFor, enter } = context;
  const { provider, entries } = entrance;
  const router = Router();

  // A link and not a form: our Content-Security-Policy lets no form lead to another site. Nothing is changed by it; what
  // has to be known on the way back travels in a sealed cookie.
  router.get("/provider", async (request, response, next) => {
    if (!provider.configured) return next();
    const { to, stepUp } = request.query;
    const session = stepUp === "1" ? await sessionOf(request) : undefined;
    if (stepUp === "1" && session === undefined) return response.redirect(303, "/console/sign-in?lapsed=1");
    const departure = await provider.depart(ofOurs(to), session).catch((error: unknown) => {
      log.warn({ err: error }, "the identity provider does not answer");
    });
    if (departure === undefined) return response.redirect(303, failed);
    cookies.journey.give(response, departure.cookie);
    response.redirect(303, departure.to);
  });

  router.get("/provider/back", async (request, response, next) => {
    if (!provider.configured) return next();
    const session = await sessionOf(request);
    const query = request.originalUrl.slice(request.originalUrl.indexOf("?"));
    const cookie = cookies.journey.of(request) ?? "";
    cookies.journey.take(response);
    const outcome = await provider.arrive(cookie, query, browserNameOf(request), session);
    if ("refused" in outcome) {
      log.info(
        { refused: outcome.refused, ...("error" in outcome ? { err: outcome.error } : {}) },
        "a sign-in through the identity provider failed",
      );
      return response.redirect(303, failed);
    }
    if (outcome.kind === "signedIn") {
      await enter(request, response, outcome.token);
      return response.redirect(303, ofOurs(outcome.wanted));
    }
    if (session === undefined) return response.redirect(303, failed);
    const kept = await entries.takeChallenge(session.holder, "repeat");
    const repeat = kept === undefined ? undefined : (JSON.parse(kept) as Repeat);
    if (repeat?.fields === undefined) return response.redirect(303, ofOurs(repeat?.to ?? ""));
    const page = { ...pageFor(request, session), path: "/console", actor: session.actor, session };
    response.send(repeatPage(page, ofOurs(repeat.to), repeat.fields));
  });
  return router;
}
