import { Router } from "express";
import type { Actor } from "../../staff/permissions.ts";
import { type Context, fieldOf } from "../context.ts";
import { asFragment } from "../document.tsx";
import { ofOurs } from "../ours.ts";
import { Calls, type OpenCall, shownOf } from "./banners.tsx";

/** What the pages ask about calls to staff. */
export interface CallDesk {
  /** Those this person has not answered; asked once a page, so it takes one look into an index. */
  openFor: (actor: Actor) => Promise<readonly OpenCall[]>;
  answer: (actor: Actor, id: string) => Promise<unknown>;
}

export interface CallPagesDeps {
  context: Context;
  calls: CallDesk;
}

/** Saying that a call was seen, and what the home page asks for by itself. */
export function createCallPages({ context, calls }: CallPagesDeps): Router {
  const { signedIn, clock } = context;
  const router = Router();
  router.get(
    "/calls",
    signedIn(
      "alert.read",
      async (page, request, response) => {
        const open = await calls.openFor(page.actor);
        if (request.query["shown"] === open.map(({ id }) => id).join(",")) return response.status(204).end();
        response.send(asFragment(<Calls page={page} calls={open} now={clock.now()} isNews />));
      },
      true,
    ),
  );
  router.post(
    "/calls/:id/seen",
    signedIn("alert.read", async (page, request, response) => {
      await calls.answer(page.actor, String(request.params["id"]));
      response.redirect(303, ofOurs(fieldOf(request, "from")));
    }),
  );
  return router;
}
