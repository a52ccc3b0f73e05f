import { type Response, Router } from "express";
import type { Entrance } from "../../staff/entrance.ts";
import { passphraseLength } from "../../staff/passphrase.ts";
import { type Context, fieldOf } from "../context.ts";
import type { Page } from "../page.ts";
import { browserNameOf } from "./browser-name.ts";
import { enrolmentPage, invitationPage, overPage, recoveryCodesPage } from "./invitation.tsx";

export interface InvitationPagesDeps {
  context: Context;
  entrance: Entrance;
}

/** From a one-time link to an account: passphrase, second factor, recovery codes. */
export function createInvitationPages({ context, entrance }: InvitationPagesDeps): Router {
  const { pageFor, cookies, enter } = context;
  const { enrolment } = entrance;
  const router = Router();

  const over = (page: Page, response: Response) => response.status(404).send(overPage(page));

  router.get("/invitation/:link", async (request, response) => {
    const page = pageFor(request);
    const invited = await enrolment.find(request.params["link"]);
    if (invited === undefined) over(page, response);
    else response.send(invitationPage(page, invited, undefined));
  });

  router.post("/invitation/:link", async (request, response) => {
    const page = pageFor(request);
    const link = request.params["link"];
    const invited = await enrolment.find(link);
    if (invited === undefined) return over(page, response);
    const passphrase = fieldOf(request, "passphrase");
    const differs = passphrase !== fieldOf(request, "passphraseAgain");
    const outcome = differs
      ? { refused: "differs" as const }
      : await enrolment.setPassphrase(link, passphrase);
    if ("entry" in outcome) {
      cookies.entry.give(response, outcome.entry);
      return response.redirect(303, "/console/enrolment");
    }
    if (outcome.refused === "over") return over(page, response);
    const problem = page.say(`sign-in:newPassphrase.${outcome.refused}`, passphraseLength);
    return response.status(422).send(invitationPage(page, invited, problem));
  });

  router.get("/enrolment", async (request, response) => {
    const page = pageFor(request);
    const offer = await enrolment.offer(cookies.entry.of(request) ?? "");
    if (offer === undefined) over(page, response);
    else response.send(enrolmentPage(page, offer, undefined));
  });

  router.post("/enrolment", async (request, response) => {
    const page = { ...pageFor(request), path: "/console" };
    const entry = cookies.entry.of(request) ?? "";
    const given = { code: fieldOf(request, "code"), passkey: fieldOf(request, "passkey") };
    const outcome = await enrolment.finish(entry, given, browserNameOf(request));
    if ("token" in outcome) {
      cookies.entry.take(response);
      cookies.knownBrowser.give(response, outcome.browserCookie);
      await enter(request, response, outcome.token);
      return response.send(recoveryCodesPage(page, outcome.recoveryCodes, "/console"));
    }
    const offer = outcome.refused === "over" ? undefined : await enrolment.offer(entry);
    if (offer === undefined) return over(page, response);
    return response
      .status(422)
      .send(enrolmentPage({ ...page, path: "/console/enrolment" }, offer, page.say("sign-in:factor.wrong")));
  });
  return router;
}
