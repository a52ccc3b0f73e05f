import { type Response, Router } from "express";
import type { TemplateOutcome, TemplateStore } from "../../broadcasts/template-store.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { templatesPage } from "./templates.tsx";

/** The list of templates, and what may be done with one. They are made and used in the form. */
export function createTemplatePages({
  context: { signedIn, refuse },
  templates,
}: {
  context: Context;
  templates: TemplateStore;
}): Router {
  async function answer(page: SignedInPage, response: Response, outcome: TemplateOutcome): Promise<void> {
    if (!("refused" in outcome)) return response.redirect(303, "/console/templates");
    if (outcome.refused === "role_missing") return refuse(page, response, 403);
    if (outcome.refused === "not_found") return refuse(page, response, 404);
    const problem = page.say("compose:templates.badTitle");
    const here = { ...page, path: "/console/templates" };
    response.status(422).send(templatesPage(here, await templates.list(), { problems: [problem] }));
  }

  const router = Router();
  router.get(
    "/templates",
    signedIn("template.write", async (page, request, response) => {
      response.send(templatesPage(page, await templates.list(), { saved: request.query["saved"] }));
    }),
  );
  router.post(
    "/templates/:id/rename",
    signedIn("template.write", async (page, request, response) => {
      const id = String(request.params["id"]);
      await answer(page, response, await templates.rename(page.actor, id, fieldOf(request, "title")));
    }),
  );
  router.post(
    "/templates/:id/delete",
    signedIn("template.write", async (page, request, response) => {
      await answer(page, response, await templates.remove(page.actor, String(request.params["id"])));
    }),
  );
  return router;
}
