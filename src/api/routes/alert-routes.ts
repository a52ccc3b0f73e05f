import { z } from "zod";
import { type Alert, followUpKinds } from "../../alerts/alert.ts";
import type { Alerts } from "../../alerts/alerts.ts";
import { type AlertOutcome, isAlertRefusal } from "../../alerts/refusal.ts";
import { blanksSchema } from "../../alerts/templates/template.ts";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";
import { instant } from "../../broadcasts/draft.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import type { HoldState } from "../../outbox/hold.ts";
import { modes } from "../../outbox/order.ts";
import type { Clock } from "../../shared/clock.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { ApiProblem, type ProblemCode } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { alertAnswer, presentAlert, presentTemplate, templateAnswer } from "./alert-present.ts";
import { deliveryAnswer, iso, presentDelivery } from "./present.ts";

export interface AlertRouteDeps {
  alerts: Alerts;
  templates: AlertTemplates;
  deliveries: DeliveryStore;
  links: { taps: (broadcastId: string) => Promise<number> };
  reach: Reach;
  clock: Clock;
  hold: () => HoldState | undefined;
}

const params = z.strictObject({ id: z.string() });
const usual: ProblemCode[] = ["not_authenticated", "role_missing", "not_found"];
const changing: ProblemCode[] = [...usual, "wrong_state", "changed_meanwhile", "invalid"];

const raiseBody = z.strictObject({
  template: z.string(),
  blanks: blanksSchema.default({}).describe("By blank id; see GET /alert-templates."),
  districts: z.array(z.string()).min(1).max(200).optional().describe("Absent: the whole ward."),
  mode: z
    .enum(modes)
    .describe(
      "`rehearsal` reaches the staff test group only; `publicDrill` says in every language that it is one.",
    ),
  expiresAt: instant
    .optional()
    .describe("Absent: as long as the template says. Without an offset, Tokyo time."),
});

/** The result, or the refusal as a problem of the API. */
function orRefuse<T extends object>(outcome: AlertOutcome<T>): T {
  if (!isAlertRefusal(outcome)) return outcome;
  switch (outcome.refused) {
    case "invalid":
      throw new ApiProblem("invalid", { errors: outcome.problems });
    case "wrong_state":
      throw new ApiProblem("wrong_state", {
        values: {
          act: "confirm",
          state: outcome.state,
          possible: outcome.state === "draft" ? "confirm" : "–",
        },
        members: { state: outcome.state },
      });
    default:
      throw new ApiProblem(outcome.refused);
  }
}

export function alertRoutes(deps: AlertRouteDeps): Route[] {
  const { alerts, templates, deliveries, reach, clock } = deps;
  const present = async (alert: Alert) =>
    presentAlert(alert, await alerts.headsOf(alert), reach, clock.now());

  function mustRead(actor: Actor): void {
    if (!may(actor, "alert.read")) throw new ApiProblem("role_missing");
  }

  async function found(actor: Actor, id: string): Promise<Alert> {
    mustRead(actor);
    const alert = await alerts.find(id);
    if (alert === undefined) throw new ApiProblem("not_found");
    return alert;
  }

  return [
    route({
      method: "get",
      path: "/alert-templates",
      summary: "What alerts can be raised from, with the blanks of each",
      status: 200,
      answer: z.strictObject({ templates: z.array(templateAnswer) }),
      problems: ["not_authenticated", "role_missing"],
      handle: async ({ actor }) => {
        mustRead(actor);
        return {
          templates: templates
            .all()
            .filter(({ internal }) => !internal)
            .map(presentTemplate),
        };
      },
    }),
    route({
      method: "post",
      path: "/alerts",
      summary: "Raise an alert; it waits for its confirmation",
      body: raiseBody,
      status: 201,
      answer: alertAnswer,
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, body, newId }) => present(orRefuse(await alerts.raise(actor, body, newId))),
    }),
    route({
      method: "post",
      path: "/alerts/{id}/confirm",
      summary:
        "Confirm it, as another duty officer than who raised it, or alone with a reason where the template allows it; it goes at once",
      params,
      body: z.strictObject({
        version: z.int().optional().describe("The version you saw."),
        breakGlass: z.strictObject({ reason: z.string().max(500) }).optional(),
      }),
      bodyOptional: true,
      status: 200,
      answer: alertAnswer,
      problems: [
        ...changing,
        "raiser_may_not_confirm",
        "break_glass_not_allowed",
        "reason_missing",
        "alert_expired",
        "alert_over",
      ],
      handle: async ({ actor, params: { id }, body, seenVersion }) =>
        present(orRefuse(await alerts.confirm(actor, id, { ...body, version: body.version ?? seenVersion }))),
    }),
    route({
      method: "post",
      path: "/alerts/{id}/discard",
      summary: "Throw away what was not confirmed; announces nothing",
      params,
      status: 200,
      answer: alertAnswer,
      problems: changing,
      handle: async ({ actor, params: { id } }) => present(orRefuse(await alerts.discard(actor, id))),
    }),
    route({
      method: "post",
      path: "/alerts/{id}/end",
      summary: "Say that it is over without telling anybody",
      params,
      status: 200,
      answer: alertAnswer,
      problems: [...changing, "alert_over"],
      handle: async ({ actor, params: { id } }) => present(orRefuse(await alerts.end(actor, id))),
    }),
    route({
      method: "post",
      path: "/alerts/{id}/follow-ups",
      summary:
        "Prepare an update, correction or all-clear for exactly those who were handed the alert and still follow; it waits for its confirmation",
      params,
      body: z.strictObject({ kind: z.enum(followUpKinds), blanks: blanksSchema.optional() }),
      status: 201,
      answer: alertAnswer,
      problems: [...changing, "alert_over", "recipients_forgotten"],
      handle: async ({ actor, params: { id }, body, newId }) =>
        present(orRefuse(await alerts.followUp(actor, id, body, newId))),
    }),
    route({
      method: "get",
      path: "/alerts",
      summary: "Alerts, newest first",
      query: z.strictObject({
        open: z
          .enum(["true", "false"])
          .optional()
          .describe("`true`: only what is confirmed and neither lifted nor expired."),
        mode: z.enum(modes).optional(),
        before: z.string().optional().describe("Goes on after this id."),
        limit: z.coerce.number().int().min(1).max(100).default(50),
      }),
      status: 200,
      answer: z.strictObject({
        alerts: z.array(alertAnswer.omit({ audience: true })),
        next: z.string().nullable(),
      }),
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, query }) => {
        mustRead(actor);
        const page = await alerts.list({ ...query, open: query.open === "true" });
        const now = clock.now();
        return {
          alerts: page.map((alert) => {
            const { audience: _, ...rest } = presentAlert(alert, { total: 0, byLanguage: {} }, reach, now);
            return rest;
          }),
          next: page.length < query.limit ? null : (page.at(-1)?.id ?? null),
        };
      },
    }),
    route({
      method: "get",
      path: "/alerts/{id}",
      summary: "One alert",
      params,
      status: 200,
      answer: alertAnswer,
      problems: usual,
      handle: async ({ actor, params: { id } }) => present(await found(actor, id)),
    }),
    route({
      method: "get",
      path: "/alerts/{id}/delivery",
      summary: "What became of it, in residents",
      params,
      status: 200,
      answer: deliveryAnswer,
      problems: usual,
      handle: async ({ actor, params: { id } }) => {
        const alert = await found(actor, id);
        const delivery = await deliveries.of(alert.id);
        const hold = deps.hold();
        return {
          ...presentDelivery(delivery === undefined ? [] : [delivery]),
          linkTaps: await deps.links.taps(alert.id),
          hold: hold === undefined ? null : { ...hold, since: iso(hold.since) },
        };
      },
    }),
  ];
}
