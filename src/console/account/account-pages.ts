import { type Response, Router } from "express";
import type { Entrance } from "../../staff/entrance.ts";
import { passphraseLength } from "../../staff/passphrase.ts";
import type { SessionStore } from "../../staff/session-store.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { browserNameOf } from "../sign-in/browser-name.ts";
import { recoveryCodesPage } from "../sign-in/invitation.tsx";
import { accountPage } from "./account.tsx";
import { authenticatorPage, newPasskeyPage, passphrasePage } from "./account-changes.tsx";

export interface AccountPagesDeps {
  context: Context;
  sessions: SessionStore;
  entrance: Entrance;
}

const home = "/console/account";

/** One's own account. Every change needs a second factor shown shortly before. */
export function createAccountPages({ context, sessions, entrance }: AccountPagesDeps): Router {
  const { signedIn, steppedUp, refuse } = context;
  const { account } = entrance;
  const router = Router();

  const show = async (page: SignedInPage, response: Response, problem?: string): Promise<void> => {
    const [has, open] = await Promise.all([account.find(page.session), sessions.list(page.actor.id)]);
    const passkeys = account.passkeysOffered;
    response
      .status(problem === undefined ? 200 : 409)
      .send(accountPage({ page: { ...page, path: home }, has, open, passkeys, problem }));
  };

  router.get(
    "/account",
    signedIn("anybody", (page, _request, response) => show(page, response)),
  );

  router.post(
    "/account/sessions/end",
    signedIn("anybody", async (page, request, response) => {
      const id = fieldOf(request, "id");
      await sessions.endOwn(page.session, id === "others" ? "others" : { id });
      response.redirect(303, home);
    }),
  );

  router.get(
    "/account/passphrase",
    steppedUp("anybody", async (page, _request, response) => response.send(passphrasePage(page, undefined))),
  );
  router.post(
    "/account/passphrase",
    steppedUp("anybody", async (page, request, response) => {
      const passphrase = fieldOf(request, "passphrase");
      const problem =
        passphrase === fieldOf(request, "passphraseAgain")
          ? await account.changePassphrase(page.session, fieldOf(request, "currentPassphrase"), passphrase)
          : "differs";
      if (problem === undefined) return response.redirect(303, home);
      const said = page.say(`sign-in:newPassphrase.${problem}`, passphraseLength);
      return response.status(422).send(passphrasePage(page, said));
    }),
  );

  router.get(
    "/account/authenticator",
    steppedUp("anybody", async (page, _request, response) => {
      const offer = await account.offerAuthenticator(page.session);
      if (offer === undefined) return refuse(page, response, 404);
      response.send(authenticatorPage(page, offer, undefined));
    }),
  );
  router.post(
    "/account/authenticator",
    steppedUp("anybody", async (page, request, response) => {
      if ((await account.find(page.session)) === undefined) return refuse(page, response, 404);
      const again = await account.changeAuthenticator(page.session, fieldOf(request, "code"));
      if (again === undefined) return response.redirect(303, home);
      return response.status(422).send(authenticatorPage(page, again, page.say("sign-in:factor.wrong")));
    }),
  );

  router.post(
    "/account/recovery-codes",
    steppedUp("anybody", async (page, _request, response) => {
      if ((await account.find(page.session)) === undefined) return refuse(page, response, 404);
      const codes = await account.changeRecoveryCodes(page.session);
      response.send(recoveryCodesPage({ ...page, path: home }, codes, home));
    }),
  );

  router.get(
    "/account/passkeys/new",
    steppedUp("anybody", async (page, _request, response) => {
      const options = await account.askNewPasskey(page.session);
      if (options === undefined) return refuse(page, response, 404);
      response.send(newPasskeyPage(page, options, undefined));
    }),
  );
  router.post(
    "/account/passkeys/new",
    steppedUp("anybody", async (page, request, response) => {
      const added = await account.addPasskey(
        page.session,
        fieldOf(request, "passkey"),
        browserNameOf(request),
      );
      if (added) return response.redirect(303, home);
      const options = await account.askNewPasskey(page.session);
      if (options === undefined) return refuse(page, response, 404);
      return response.status(422).send(newPasskeyPage(page, options, page.say("sign-in:passkey.failed")));
    }),
  );
  router.post(
    "/account/passkeys/remove",
    steppedUp("anybody", async (page, request, response) => {
      const removed = await account.removePasskey(page.session, fieldOf(request, "id"));
      if (removed) response.redirect(303, home);
      else await show(page, response, page.say("sign-in:account.lastFactor"));
    }),
  );
  return router;
}
