import type { messagingApi } from "@line/bot-sdk";
import { type Request, type Response, Router } from "express";
import type { Template } from "../../alerts/template.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { editPage } from "./edit.tsx";
import { templateListPage } from "./list.tsx";
import { reviewPage } from "./review.tsx";
import { sayTemplateRefusal } from "./say-refusal.ts";
import type { KeptTemplate, TemplateDesk, TemplateRefusal } from "./template-desk.ts";
import { templatePage } from "./template-page.tsx";
import { type TextForm, formOf, readForm, textsOf } from "./text-form.ts";

export interface AlertTemplatePagesDeps {
  context: Context;
  alertTemplates: TemplateDesk;
  /** By language, what a phone would be sent, with samples in the blanks; nothing of what cannot be drawn. */
  previewTemplate: (template: Template) => Record<string, messagingApi.Message>;
}

const dones = ["proposed", "approved", "refused"] as const;

/** The templates of alerts: reading them, proposing other texts, and deciding about what others proposed. */
export function createAlertTemplatePages(deps: AlertTemplatePagesDeps): Router {
  const { context, alertTemplates, previewTemplate } = deps;
  const { signedIn, refuse, clock, ward } = context;

  const asked = (request: Request): Promise<KeptTemplate | undefined> =>
    alertTemplates.find(String(request.params["id"]));

  function showForm(
    page: SignedInPage,
    response: Response,
    kept: KeptTemplate,
    form: TextForm,
    refusal?: TemplateRefusal,
  ): void {
    const messages = previewTemplate({ ...kept.template, texts: textsOf(form, ward.languages) });
    const problems = refusal === undefined ? [] : sayTemplateRefusal(refusal, page);
    response.status(statusOf(refusal)).send(editPage(page, { kept, form, messages, problems }));
  }

  function showReview(
    page: SignedInPage,
    response: Response,
    kept: KeptTemplate,
    { refusal, comment = "" }: { refusal?: TemplateRefusal; comment?: string } = {},
  ): void {
    const { proposal, template } = kept;
    // Somebody was quicker: what is used now is on the template's own page.
    if (proposal === undefined) return response.redirect(303, `/console/alert-templates/${template.id}`);
    const messages = previewTemplate({ ...template, texts: proposal.texts });
    const problems = refusal === undefined ? [] : sayTemplateRefusal(refusal, page).map(({ text }) => text);
    const view = { kept, proposal, messages, problems, comment, now: clock.now() };
    response.status(statusOf(refusal)).send(reviewPage(page, view));
  }

  const router = Router();
  router.get(
    "/alert-templates",
    signedIn("alert.read", async (page, _request, response) => {
      response.send(templateListPage(page, { templates: await alertTemplates.list(), now: clock.now() }));
    }),
  );
  router.get(
    "/alert-templates/:id",
    signedIn("alert.read", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      const what = dones.find((each) => each === request.query["done"]);
      const done = what === undefined ? undefined : page.say(`alert-templates-page:done.${what}`);
      const messages = previewTemplate(kept.template);
      response.send(templatePage(page, { kept, messages, done, now: clock.now() }));
    }),
  );
  router.get(
    "/alert-templates/:id/edit",
    signedIn("alertTemplate.write", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      // Whoever goes on writing begins with what waits, not with what would be lost by it.
      const texts = kept.proposal?.texts ?? kept.template.texts;
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
      const refusal = await alertTemplates.propose(page.actor, {
        id: kept.template.id,
        texts: textsOf(form, ward.languages),
        version: Number(form.version),
      });
      if (refusal === undefined)
        response.redirect(303, `/console/alert-templates/${kept.template.id}?done=proposed#done`);
      else showForm(page, response, kept, form, refusal);
    }),
  );
  router.get(
    "/alert-templates/:id/review",
    signedIn("alert.read", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) refuse(page, response, 404);
      else showReview(page, response, kept);
    }),
  );
  router.post(
    "/alert-templates/:id/review",
    signedIn("alertTemplate.approve", async (page, request, response) => {
      const kept = await asked(request);
      if (kept === undefined) return refuse(page, response, 404);
      const decision = (["approve", "refuse"] as const).find((each) => each === fieldOf(request, "decision"));
      if (decision === undefined) return refuse(page, response, 400);
      const comment = fieldOf(request, "comment").trim();
      const ask = { id: kept.template.id, proposal: fieldOf(request, "proposal"), decision, comment };
      const refusal = await alertTemplates.decide(page.actor, ask);
      const done = decision === "approve" ? "approved" : "refused";
      if (refusal === undefined)
        response.redirect(303, `/console/alert-templates/${kept.template.id}?done=${done}#done`);
      else showReview(page, response, kept, { refusal, comment });
    }),
  );
  return router;
}

function statusOf(refusal: TemplateRefusal | undefined): number {
  switch (refusal?.refused) {
    case undefined:
      return 200;
    case "role_missing":
    case "proposer_may_not_approve":
      return 403;
    case "not_found":
      return 404;
    case "changed_meanwhile":
    case "nothing_changed":
      return 409;
    case "invalid":
      return 422;
  }
}
