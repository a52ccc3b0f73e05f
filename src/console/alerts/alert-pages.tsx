import { type Request, type Response, Router } from "express";
import type { Alert } from "../../alerts/alert.ts";
import { type AlertRefusal, isAlertRefusal } from "../../alerts/refusal.ts";
import { isRefusal } from "../../broadcasts/refusal.ts";
import type { Actor } from "../../staff/permissions.ts";
import { sayRefusal } from "../compose/say-problem.ts";
import { fieldOf } from "../context.ts";
import { type SignedInPage, staffLanguages } from "../page.ts";
import type { TypedAlone } from "./alert-acts.tsx";
import { alertPage } from "./alert-page.tsx";
import type { AlertPagesDeps } from "./alert-pages-deps.ts";
import { alertListPage } from "./alert-list.tsx";
import { standingOf } from "./alert-parts.tsx";
import { goesBeyondDrill, isPhrase } from "./drill-limits.ts";
import { createFollowUpPages } from "./follow-up-pages.tsx";
import { createNewAlertPages } from "./new-alert-pages.tsx";
import { sayAlertRefusal } from "./say-alert-refusal.ts";

const onAPage = 30;

/** The duty officer's pages. No rule lives here: what may be sent, and by whom, is decided in `alerts/`. */
export function createAlertPages(deps: AlertPagesDeps): Router {
  const { context, alerts, alertTemplates: templates, broadcasts, history, reach, feed } = deps;
  const { sentences, clock, signedIn, hasFreshFactor, refuse } = context;
  const { alertLines } = deps;

  async function show(
    page: SignedInPage,
    response: Response,
    id: string,
    refusal?: string,
    typed?: TypedAlone,
  ): Promise<void> {
    const [alert, snapshot] = await Promise.all([alerts.find(id), feed.look(id)]);
    if (alert === undefined || snapshot === undefined) return refuse(page, response, 404);
    const waits = standingOf(alert, clock.now()) === "waiting";
    const [heads, original, followUps, deeds, raised, confirmed] = await Promise.all([
      waits ? alerts.headsOf(alert) : { total: 0, byLanguage: {} },
      alert.of === undefined ? undefined : alerts.find(alert.of),
      alerts.followUpsOf(id),
      history.of(id),
      alertLines.nameOf(page, alert.raisedBy),
      alert.confirmedBy === undefined ? undefined : alertLines.nameOf(page, alert.confirmedBy),
    ]);
    response.status(refusal === undefined ? 200 : 409).send(
      alertPage({
        page: { ...page, path: `/console/alerts/${id}` },
        alert,
        template: templates.find(alert.template),
        snapshot,
        heads,
        explanation: reach.explain(alert.audience)[page.language],
        original,
        followUps,
        record: await recordBehind(alert),
        names: { raised, confirmed },
        deeds,
        sentences,
        address: `${deps.baseUrl}/console/alerts/${id}`,
        now: clock.now(),
        refusal,
        typed,
      }),
    );
  }

  /** A rule names what it acts on by the telegram and its subject: `<telegram>#<subject>`. */
  async function recordBehind({ hazard = "" }: Alert): Promise<string | undefined> {
    for (let end = hazard.lastIndexOf("#"); end > 0; end = hazard.lastIndexOf("#", end - 1)) {
      const record = await deps.recordOf(hazard.slice(0, end));
      if (record !== undefined) return record;
    }
    return undefined;
  }

  /** What was typed to send it alone; undefined when it is not sent alone. */
  function readAlone(request: Request, alert: Alert): TypedAlone | undefined {
    if (fieldOf(request, "alone") === "") return undefined;
    const [phrase, reason] = [
      fieldOf(request, "phrase").slice(0, 100),
      fieldOf(request, "reason").slice(0, 500),
    ];
    const key = `alerts:phrase.${alert.mode === "live" ? "live" : "drill"}`;
    const wanted = staffLanguages.map((language) => sentences.say(language, key));
    return { phrase, reason, phraseWrong: !isPhrase(phrase, wanted), reasonMissing: reason.trim() === "" };
  }

  async function confirm(
    page: SignedInPage,
    request: Request,
    response: Response,
    alert: Alert,
  ): Promise<unknown> {
    const typed = readAlone(request, alert);
    if (typed !== undefined && (typed.phraseWrong || typed.reasonMissing))
      return show(page, response, alert.id, page.say("alerts:alone.mend"), typed);
    // A drill is quick to practise; what is meant is confirmed by whoever holds the second factor.
    if (alert.mode === "live" && !(await hasFreshFactor(page, request, response))) return undefined;
    const version = Number(fieldOf(request, "version"));
    const done = await alerts.confirm(page.actor, alert.id, {
      version: Number.isInteger(version) && version > 0 ? version : undefined,
      ...(typed === undefined ? {} : { breakGlass: { reason: typed.reason } }),
    });
    return answer(page, response, alert.id, done, typed);
  }

  async function answer(
    page: SignedInPage,
    response: Response,
    id: string,
    done: Alert | AlertRefusal,
    typed?: TypedAlone,
  ): Promise<unknown> {
    if (!isAlertRefusal(done) || (await isSoAlready(page.actor, id, done)))
      return response.redirect(303, `/console/alerts/${id}`);
    return show(page, response, id, sayAlertRefusal(page, done), typed);
  }

  /** The same button pressed twice: it was confirmed, by this very person. */
  async function isSoAlready({ id: actor }: Actor, id: string, { refused }: AlertRefusal): Promise<boolean> {
    if (refused !== "wrong_state" && refused !== "changed_meanwhile") return false;
    return (await alerts.find(id))?.confirmedBy === actor;
  }

  const acts = ["confirm", "discard", "end", "stop", "resume"] as const;

  const router = Router();
  router.get(
    "/alerts",
    signedIn("alert.read", async (page, request, response) => {
      const { before: asked } = request.query;
      const before = typeof asked === "string" && asked !== "" ? asked : undefined;
      const isFirst = before === undefined;
      const [{ waiting, open }, found] = await Promise.all([
        isFirst ? alertLines.now(page) : { waiting: [], open: [] },
        alerts.list({ before, limit: onAPage + 1 }),
      ]);
      const shown = found.slice(0, onAPage);
      const above = new Set([...waiting, ...open].map(({ alert }) => alert.id));
      const past = await alertLines.of(
        page,
        shown.filter(({ id }) => !above.has(id)),
      );
      const next = found.length > onAPage ? shown.at(-1)?.id : undefined;
      response.send(alertListPage(page, { waiting, open, past, next, isFirst, now: clock.now() }));
    }),
  );
  router.use(createNewAlertPages(deps));
  router.use(createFollowUpPages(deps));
  router.get(
    "/alerts/:id",
    signedIn("alert.read", (page, request, response) => show(page, response, String(request.params["id"]))),
  );
  router.post(
    "/alerts/:id/:act",
    signedIn("alert.read", async (page, request, response) => {
      const act = acts.find((each) => each === request.params["act"]);
      const alert = await alerts.find(String(request.params["id"]));
      if (act === undefined || alert === undefined) return refuse(page, response, 404);
      const { id } = alert;
      // Stopping is always safe; what else is done to what is meant is not done from within a drill.
      if (act !== "stop" && goesBeyondDrill(page, alert))
        return show(page, response, id, page.say("alerts:beyond.text"));
      switch (act) {
        case "confirm":
          return confirm(page, request, response, alert);
        case "discard":
          return answer(page, response, id, await alerts.discard(page.actor, id));
        case "end":
          return answer(page, response, id, await alerts.end(page.actor, id));
        case "stop":
        case "resume": {
          const done = await broadcasts[act](page.actor, id, undefined);
          if (isRefusal(done)) return show(page, response, id, sayRefusal(done, page, sentences).join(" "));
          return response.redirect(303, `/console/alerts/${id}`);
        }
      }
    }),
  );
  return router;
}
