import { Router } from "express";
import { type Calls as CallDesk } from "../../alerts/calls/calls.ts";
import { type Context, fieldOf } from "../context.ts";
import { asFragment } from "../document.tsx";
import { ofOurs } from "../ours.ts";
import { Calls, shownOf } from "./banners.tsx";
import { sayCalls } from "./say-calls.ts";

export interface CallPagesDeps {
  context: Context;
  calls: Pick<CallDesk, "openFor" | "answer">;
}

/** Saying that a call was seen, and what the home page asks for by itself. */
export function createCallPages({ context, calls }: CallPagesDeps): Router {
  const { signedIn, clock, sentences } = context;
  const router = Router();
  router.get(
    "/calls",
    signedIn(
      "alert.read",
      async (page, request, response) => {
        const open = sayCalls(await calls.openFor(page.actor), page.language, sentences);
        if (request.query["shown"] === shownOf(open)) response.status(204).end();
        else response.send(asFragment(<Calls page={page} calls={open} now={clock.now()} isNews />));
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
