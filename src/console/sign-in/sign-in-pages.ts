import { Router } from "express";
import type { Entrance } from "../../staff/entrance.ts";
import type { SessionStore } from "../../staff/session-store.ts";
import { type Context, fieldOf } from "../context.ts";
import { ofOurs } from "../ours.ts";
import { browserNameOf } from "./browser-name.ts";
import { sayWait } from "./say-wait.ts";
import { type DemoLogin, type SignInForm, factorPage, signInPage } from "./sign-in.tsx";

export interface SignInDeps {
  context: Context;
  sessions: SessionStore;
  entrance: Entrance;
  /** Log-ins without a passphrase: the demo's. Empty everywhere else. */
  demoLogins: () => readonly DemoLogin[];
}

/** In and out. */
export function createSignInPages({ context, sessions, entrance, demoLogins }: SignInDeps): Router {
  const { pageFor, cookies, enter } = context;
  const { signIn, provider } = entrance;
  const router = Router();

  const formFor = (fields: Partial<SignInForm>): SignInForm => ({
    logins: demoLogins(),
    provider: provider.configured,
    wanted: "/console",
    email: "",
    notice: undefined,
    problem: undefined,
    ...fields,
  });

  router.get("/sign-in", (request, response) => {
    const page = pageFor(request);
    const { to, lapsed, problem } = request.query;
    response.send(
      signInPage(
        page,
        formFor({
          wanted: ofOurs(to),
          notice: lapsed === "1" ? page.say("sign-in:lapsed") : undefined,
          problem: problem === "provider" ? page.say("sign-in:provider.failed") : undefined,
        }),
      ),
    );
  });

  router.post("/sign-in", async (request, response) => {
    const page = { ...pageFor(request), path: "/console/sign-in" };
    const wanted = ofOurs(fieldOf(request, "to"));
    const login = demoLogins().find(({ staffId }) => staffId === fieldOf(request, "staffId"));
    if (login !== undefined) {
      await enter(request, response, await sessions.begin(login.staffId, "demo", browserNameOf(request)));
      response.redirect(303, wanted);
      return;
    }
    const email = fieldOf(request, "email").slice(0, 254);
    const outcome = await signIn.withPassphrase({
      email,
      passphrase: fieldOf(request, "passphrase"),
      address: request.ip ?? "unknown",
      browserCookie: cookies.knownBrowser.of(request),
      wanted,
    });
    if ("entry" in outcome) {
      cookies.entry.give(response, outcome.entry);
      response.redirect(303, "/console/sign-in/factor");
      return;
    }
    const isWrong = outcome.refused === "wrong";
    const problem = isWrong ? page.say("sign-in:wrong") : sayWait(page, response, outcome.waitMs);
    response.status(isWrong ? 401 : 429).send(signInPage(page, formFor({ wanted, email, problem })));
  });

  router.get("/sign-in/factor", async (request, response) => {
    const asked = await signIn.ask(cookies.entry.of(request) ?? "");
    if (asked === undefined) response.redirect(303, "/console/sign-in");
    else response.send(factorPage(pageFor(request), asked, undefined));
  });

  router.post("/sign-in/factor", async (request, response) => {
    const page = pageFor(request);
    const entry = cookies.entry.of(request) ?? "";
    const given = {
      code: fieldOf(request, "code"),
      recoveryCode: fieldOf(request, "recoveryCode"),
      passkey: fieldOf(request, "passkey"),
    };
    const outcome = await signIn.withFactor(entry, given, browserNameOf(request));
    if ("token" in outcome) {
      cookies.entry.take(response);
      cookies.knownBrowser.give(response, outcome.browserCookie);
      await enter(request, response, outcome.token);
      response.redirect(303, ofOurs(outcome.wanted));
      return;
    }
    const asked = outcome.refused === "over" ? undefined : await signIn.ask(entry);
    if (asked === undefined) {
      response.redirect(303, "/console/sign-in");
      return;
    }
    const problem =
      "waitMs" in outcome ? sayWait(page, response, outcome.waitMs) : page.say("sign-in:factor.wrong");
    response.status("waitMs" in outcome ? 429 : 401).send(factorPage(page, asked, problem));
  });

  router.post("/sign-out", async (request, response) => {
    const token = cookies.session.of(request);
    if (token !== undefined) await sessions.end(token);
    cookies.session.take(response);
    response.redirect(303, "/console/sign-in");
  });
  return router;
}
