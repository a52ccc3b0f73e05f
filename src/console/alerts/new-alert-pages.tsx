import { Router } from "express";
import type { Response } from "express";
import { isAlertRefusal } from "../../alerts/refusal.ts";
import type { Template } from "../../alerts/templates/template.ts";
import { newBroadcastId, newKey } from "../compose/new-key.ts";
import { asFragment } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { AlertPhones, AlertReach, reachSentence } from "./alert-beside.tsx";
import { type AlertForm, askOf, placesOf, readAlertForm } from "./alert-form.ts";
import type { AlertPagesDeps } from "./alert-pages-deps.ts";
import { newAlertPage } from "./new-alert.tsx";
import { type FormProblems, noProblems, problemsIn } from "./say-alert-refusal.ts";

const path = "/console/alerts/new";
/** Where the form of a template is found. */
const withTemplate = (id: string): string => `${path}?${new URLSearchParams({ template: id }).toString()}`;

type Deps = Pick<AlertPagesDeps, "context" | "alerts" | "alertTemplates" | "drillModes" | "ids">;

/** Raising an alert: one page, and what stands beside its form. */
export function createNewAlertPages({ context, alerts, alertTemplates, drillModes, ids }: Deps): Router {
  const { ward, sentences, clock, signedIn } = context;
  const offered = (): Template[] => alertTemplates.all().filter(({ internal }) => !internal);
  const chosen = (form: AlertForm): Template | undefined => offered().find(({ id }) => id === form.template);

  /** What is shown while it is being filled in: what is missing is left out, what is wrong is said. */
  async function beside(page: SignedInPage, form: AlertForm, template: Template) {
    const places = placesOf(form);
    const ask = askOf(form, template, places ?? { districts: undefined }, page.mode, ward);
    const prepared = await alerts.preview(ask);
    if (isAlertRefusal(prepared)) {
      const { all } = problemsIn(page, prepared, template);
      return { reach: "", part: <p class="nothing">{all.map(({ text }) => text).join(" ")}</p> };
    }
    const shown = { ...prepared, kind: "alert" as const };
    const reach =
      places === undefined ? page.say("alerts:reach.where") : reachSentence(page, shown, prepared.heads);
    const part = (
      <>
        <p class="reach" role="status">
          {reach}
        </p>
        <AlertPhones page={page} shown={shown} template={template} sentences={sentences} />
        {places !== undefined && (
          <AlertReach
            page={page}
            shown={shown}
            template={template}
            heads={prepared.heads}
            explanation={prepared.explanation[page.language]}
          />
        )}
      </>
    );
    return { reach, part };
  }

  async function show(
    page: SignedInPage,
    response: Response,
    form: AlertForm,
    problems: FormProblems = noProblems,
    status = 200,
  ): Promise<void> {
    const template = chosen(form);
    const shown = template === undefined ? undefined : await beside(page, form, template);
    response.status(status).send(
      newAlertPage({
        page: { ...page, path },
        form,
        templates: offered(),
        template,
        problems,
        beside: shown?.part,
        reach: shown?.reach ?? "",
        now: clock.now(),
      }),
    );
  }

  /** Nobody has said where; what is missing besides is said in the same breath. */
  async function noPlaces(page: SignedInPage, form: AlertForm, template: Template): Promise<FormProblems> {
    const prepared = await alerts.prepare(askOf(form, template, { districts: undefined }, page.mode, ward));
    const { all, blanks } = isAlertRefusal(prepared) ? problemsIn(page, prepared, template) : noProblems;
    const text = page.say(form.where === "ward" ? "alerts:invalid.bothPlaces" : "alerts:invalid.noPlace");
    return { all: [{ text, at: "where" }, ...all], blanks };
  }

  async function raise(page: SignedInPage, response: Response, form: AlertForm): Promise<unknown> {
    const refuse = (field: string, text: string, status = 422) =>
      show(page, response, form, { all: [{ text, at: field }], blanks: new Map() }, status);
    const template = chosen(form);
    if (template === undefined) return refuse("template", page.say("alerts:invalid.noTemplate"));
    // Asked once more at this moment: the drill may have closed itself while the form was filled in.
    const mode = await drillModes.modeOf(page.actor.id);
    if (form.mode !== mode) return refuse("template", page.say(`alerts:modeChanged.${mode}`), 409);
    const places = placesOf(form);
    if (places === undefined) return show(page, response, form, await noPlaces(page, form, template), 422);
    const raised = await alerts.raise(
      page.actor,
      askOf(form, template, places, mode, ward),
      newBroadcastId(form.key) ?? ids.ulid(),
    );
    if (!isAlertRefusal(raised)) return response.redirect(303, `/console/alerts/${raised.id}`);
    return show(page, response, form, problemsIn(page, raised, template), 422);
  }

  const router = Router();
  router.get(
    "/alerts/new",
    signedIn("alert.raise", (page, request, response) =>
      show(page, response, { ...readAlertForm(request.query, ward), key: newKey(ids) }),
    ),
  );
  router.post(
    "/alerts/new",
    signedIn("alert.raise", async (page, request, response) => {
      const form = readAlertForm(request.body, ward);
      if (Object(request.body)["next"] === "raise") return raise(page, response, form);
      // Only the form would be drawn anew, as meant, within a page that still looks like a drill: all of it is.
      if (request.headers["hx-request"] !== undefined && (form.mode ?? page.mode) !== page.mode)
        return response.set("hx-redirect", withTemplate(form.template)).end();
      return show(page, response, form);
    }),
  );
  router.post(
    "/alerts/beside",
    signedIn("alert.raise", async (page, request, response) => {
      const form = readAlertForm(request.body, ward);
      const template = chosen(form);
      if (template === undefined) return response.send("");
      const { reach, part } = await beside(page, form, template);
      return response.send(
        asFragment(
          <>
            {part}
            <span class="reach-short" id="reach-short" aria-hidden="true" hx-swap-oob="true">
              {reach}
            </span>
          </>,
        ),
      );
    }),
  );
  return router;
}
