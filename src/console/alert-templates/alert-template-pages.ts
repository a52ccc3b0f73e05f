import { type Request, type Response, Router } from "express";
import type { Template } from "../../alerts/templates/template.ts";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";
import type { Actor } from "../../staff/permissions.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { editPage } from "./edit.tsx";
import { templateListPage } from "./list.tsx";
import type { Preview } from "./phones.tsx";
import { previewTemplate } from "./preview.ts";
import { reviewPage } from "./review.tsx";
import { type PageRefusal, sayTemplateRefusal } from "./say-refusal.ts";
import { type KeptTemplate, keptTemplate } from "./kept-template.ts";
import { templatePage } from "./template-page.tsx";
import { type TextForm, changedTexts, formOf, readForm, textsOf } from "./text-form.ts";

export interface AlertTemplatePagesDeps {
  context: Context;
  alertTemplates: Pick<AlertTemplates, "all" | "find" | "history" | "propose" | "decide">;
}

const dones = ["proposed", "approved", "refused"] as const;

/** The templates of alerts: reading them, proposing other texts, and deciding about what others proposed. */
export function createAlertTemplatePages(deps: AlertTemplatePagesDeps): Router {
  const { context, alertTemplates } = deps;
  const { signedIn, refuse, clock, ward } = context;
  const preview = (template: Template): Preview => {
    const { sentences } = context;
    return { shown: previewTemplate(template, context), template, sentences };
  };

  async function asked(request: Request): Promise<KeptTemplate | undefined> {
    const template = alertTemplates.find(String(request.params["id"]));
    return template === undefined ? undefined : keptTemplate(template, alertTemplates);
  }

  function showForm(
    page: SignedInPage,
    response: Response,
    kept: KeptTemplate,
    form: TextForm,
    refusal?: PageRefusal,
  ): void {
    const { template } = kept;
    const drawn = preview({ ...template, texts: textsOf(form, ward.languages, template.texts) });
    const problems = refusal === undefined ? [] : sayTemplateRefusal(refusal, page);
    response.status(statusOf(refusal)).send(editPage(page, { kept, form, preview: drawn, problems }));
  }

  function showReview(
    page: SignedInPage,
    request: Request,
    response: Response,
    kept: KeptTemplate,
    { refusal, comment = "" }: { refusal?: PageRefusal; comment?: string } = {},
  ): void {
    const { open, template } = kept;
    const proposal = open.find(({ id }) => id === request.params["proposal"]);
    // It is decided already: what came of it is on the template's own page.
    if (proposal === undefined) return response.redirect(303, `/console/alert-templates/${template.id}`);
    const drawn = preview({ ...template, texts: { ...template.texts, ...proposal.texts } });
    const problems = refusal === undefined ? [] : sayTemplateRefusal(refusal, page).map(({ text }) => text);
    const view = { kept, proposal, preview: drawn, problems, comment, now: clock.now() };
    response.status(statusOf(refusal)).send(reviewPage(page, view));
  }

  async function propose(actor: Actor, kept: KeptTemplate, form: TextForm): Promise<PageRefusal | undefined> {
    const { template, version } = kept;
    if (form.version !== String(version)) return { refused: "changed_meanwhile" };
    const texts = changedTexts(textsOf(form, ward.languages, template.texts), template.texts);
    if (Object.keys(texts).length === 0) return { refused: "nothing_changed" };
    const made = await alertTemplates.propose(actor, template.id, texts);
    return "refused" in made ? made : undefined;
  }

  async function decide(
    actor: Actor,
    proposal: string,
    decision: "approve" | "refuse",
    comment: string,
  ): Promise<PageRefusal | undefined> {
    // Whoever proposed it must learn what to mend.
    if (decision === "refuse" && comment === "") return { refused: "comment_missing" };
    const made = await alertTemplates.decide(actor, proposal, decision, comment === "" ? undefined : comment);
    return "refused" in made ? made : undefined;
  }

  const router = Router();
  router.get(
    "/alert-templates",
    signedIn("alert.read", async (page, _request, response) => {
      const templates = await Promise.all(
        alertTemplates.all().map((each) => keptTemplate(each, alertTemplates)),
      );
      response.send(templateListPage(page, { templates, now: clock.now() }));
    }),
  );
  router.get(
    "/alert-templates/:id",
    signedIn("alert.read", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      const what = dones.find((each) => each === request.query["done"]);
      const done = what === undefined ? undefined : page.say(`alert-templates-page:done.${what}`);
      const drawn = preview(kept.template);
      response.send(templatePage(page, { kept, preview: drawn, done, now: clock.now() }));
    }),
  );
  router.get(
    "/alert-templates/:id/edit",
    signedIn("alertTemplate.write", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      // Whoever goes on writing begins with what waits, not with what would be lost by it.
      const texts = { ...kept.template.texts, ...kept.open[0]?.texts };
      showForm(page, response, kept, formOf(texts, ward.languages, kept.version));
    }),
  );
  router.post(
    "/alert-templates/:id/edit",
    signedIn("alertTemplate.write", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      const form = readForm(request.body, ward.languages);
      if (fieldOf(request, "act") === "look") return showForm(page, response, kept, form);
      const refusal = await propose(page.actor, kept, form);
      if (refusal === undefined)
        response.redirect(303, `/console/alert-templates/${kept.template.id}?done=proposed#done`);
      else showForm(page, response, kept, form, refusal);
    }),
  );
  router.get(
    "/alert-templates/:id/proposals/:proposal",
    signedIn("alert.read", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) refuse(page, response, 404);
      else showReview(page, request, response, kept);
    }),
  );
  router.post(
    "/alert-templates/:id/proposals/:proposal",
    signedIn("alertTemplate.approve", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      const decision = (["approve", "refuse"] as const).find((each) => each === fieldOf(request, "decision"));
      if (decision === undefined) return refuse(page, response, 400);
      const comment = fieldOf(request, "comment").trim();
      const refusal = await decide(page.actor, String(request.params["proposal"]), decision, comment);
      const done = decision === "approve" ? "approved" : "refused";
      if (refusal === undefined)
        response.redirect(303, `/console/alert-templates/${kept.template.id}?done=${done}#done`);
      else showReview(page, request, response, kept, { refusal, comment });
    }),
  );
  return router;
}

function statusOf(refusal: PageRefusal | undefined): number {
  switch (refusal?.refused) {
    case undefined:
      return 200;
    case "role_missing":
    case "approver_is_author":
      return 403;
    case "not_found":
      return 404;
    case "changed_meanwhile":
    case "already_decided":
      return 409;
    case "nothing_changed":
    case "comment_missing":
    case "invalid":
      return 422;
  }
}
