import { Router } from "express";
import type { SessionStore } from "../../staff/session-store.ts";
import { type Context, fieldOf } from "../context.ts";
import { type DemoLogin, signInPage } from "./sign-in.tsx";

export interface SignInDeps {
  context: Context;
  sessions: SessionStore;
  /** Log-ins without a passphrase: the demo's. Empty everywhere else. */
  demoLogins: () => readonly DemoLogin[];
}

/** In and out. */
export function createSignInPages({ context, sessions, demoLogins }: SignInDeps): Router {
  const { pageFor, session } = context;
  const router = Router();
  router.get("/sign-in", (request, response) => {
    response.send(signInPage(pageFor(request), demoLogins()));
  });
  router.post("/sign-in", async (request, response) => {
    const login = demoLogins().find(({ staffId }) => staffId === fieldOf(request, "staffId"));
    if (login !== undefined) session.give(response, await sessions.begin(login.staffId));
    response.redirect(303, login === undefined ? "/console/sign-in" : "/console");
  });
  router.post("/sign-out", async (request, response) => {
    const token = session.tokenOf(request);
    if (token !== undefined) await sessions.end(token);
    session.take(response);
    response.redirect(303, "/console/sign-in");
  });
  return router;
}
