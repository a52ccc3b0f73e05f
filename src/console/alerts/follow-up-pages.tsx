import { type Request, type Response, Router } from "express";
import { type Alert, type FollowUpKind, followUpKinds } from "../../alerts/alert.ts";
import { isAlertRefusal } from "../../alerts/refusal.ts";
import type { Template } from "../../alerts/templates/template.ts";
import { newBroadcastId, newKey } from "../compose/new-key.ts";
import { fieldOf } from "../context.ts";
import { asFragment } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { AlertPhones, AlertReach, reachSentence } from "./alert-beside.tsx";
import { type AlertForm, blanksOf, fieldsOfBlanks, readAlertForm } from "./alert-form.ts";
import type { AlertPagesDeps } from "./alert-pages-deps.ts";
import { goesBeyondDrill } from "./drill-limits.ts";
import { followUpPage } from "./follow-up-page.tsx";
import { type FormProblems, noProblems, problemsIn } from "./say-alert-refusal.ts";

type Deps = Pick<AlertPagesDeps, "context" | "alerts" | "alertTemplates" | "ids">;

interface Asked {
  original: Alert;
  kind: FollowUpKind;
  template: Template;
  form: AlertForm;
}

/** What is said next to those who were handed an alert, prepared from its own page in one step. */
export function createFollowUpPages({ context, alerts, alertTemplates, ids }: Deps): Router {
  const { ward, sentences, clock, signedIn, refuse } = context;

  /** An update says the alert anew with other words in its blanks, where it has blanks; else what is new, freely. */
  function templateFor(original: Alert, kind: FollowUpKind, named: string): Template | undefined {
    const own = kind === "update" ? alertTemplates.find(original.template) : undefined;
    return own !== undefined && own.blanks.length > 0 && named !== kind ? own : alertTemplates.find(kind);
  }

  /** Undefined when there is no such alert, or nothing of that kind can be said. */
  async function read(request: Request, fields: unknown): Promise<Asked | undefined> {
    const found = await alerts.find(String(request.params["id"]));
    const original = found?.of === undefined ? found : await alerts.find(found.of);
    const named: unknown = Object(fields)["kind"];
    const kind = followUpKinds.find((each) => each === named);
    if (original === undefined || kind === undefined) return undefined;
    const form = readAlertForm(fields, ward);
    const template = templateFor(original, kind, form.template);
    return template === undefined ? undefined : { original, kind, template, form };
  }

  /** With every blank of its own template an update is that template said anew; what was emptied is meant so. */
  function askOf({ kind, template, form }: Asked) {
    return { kind, blanks: blanksOf(form, template, ward, kind === "update") };
  }

  async function beside(page: SignedInPage, asked: Asked) {
    const { original, kind, template } = asked;
    const prepared = await alerts.prepareFollowUp(original.id, askOf(asked));
    if (isAlertRefusal(prepared)) {
      const { all } = problemsIn(page, prepared, template);
      return <p class="nothing">{all.map(({ text }) => text).join(" ")}</p>;
    }
    const shown = { ...prepared, kind };
    return (
      <>
        <p class="reach" role="status">
          {reachSentence(page, shown, prepared.heads)}
        </p>
        <AlertPhones page={page} shown={shown} template={prepared.template} sentences={sentences} />
        <AlertReach
          page={page}
          shown={shown}
          template={prepared.template}
          heads={prepared.heads}
          explanation={prepared.explanation[page.language]}
        />
      </>
    );
  }

  async function show(
    page: SignedInPage,
    response: Response,
    asked: Asked,
    problems: FormProblems = noProblems,
    status = 200,
  ): Promise<void> {
    const { original, kind, template } = asked;
    const path = `/console/alerts/${original.id}/follow-up?kind=${kind}`;
    response.status(status).send(
      followUpPage({
        page: { ...page, path },
        ...asked,
        problems,
        beside: await beside({ ...page, mode: original.mode }, asked),
        otherWay: template.id === original.template ? `${path}&template=${kind}` : undefined,
        now: clock.now(),
      }),
    );
  }

  const router = Router();
  router.get(
    "/alerts/:id/follow-up",
    signedIn("alert.raise", async (page, request, response) => {
      const asked = await read(request, request.query);
      if (asked === undefined) return refuse(page, response, 404);
      const blanks =
        asked.template.id === asked.original.template
          ? fieldsOfBlanks(asked.original.blanks, ward.mainLanguage)
          : asked.form.blanks;
      return show(page, response, { ...asked, form: { ...asked.form, blanks, key: newKey(ids) } });
    }),
  );
  router.post(
    "/alerts/:id/follow-up",
    signedIn("alert.raise", async (page, request, response) => {
      const asked = await read(request, request.body);
      if (asked === undefined || goesBeyondDrill(page, asked.original))
        return refuse(page, response, asked === undefined ? 404 : 409);
      const { original, form, template } = asked;
      const newId = newBroadcastId(fieldOf(request, "key")) ?? ids.ulid();
      const done = await alerts.followUp(page.actor, original.id, askOf(asked), newId);
      if (!isAlertRefusal(done)) return response.redirect(303, `/console/alerts/${done.id}`);
      return show(page, response, { ...asked, form }, problemsIn(page, done, template), 422);
    }),
  );
  router.post(
    "/alerts/:id/follow-up/beside",
    signedIn("alert.raise", async (page, request, response) => {
      const asked = await read(request, request.body);
      if (asked === undefined) return refuse(page, response, 404);
      response.send(asFragment(await beside({ ...page, mode: asked.original.mode }, asked)));
    }),
  );
  return router;
}
