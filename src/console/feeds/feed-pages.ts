import { type Request, type Response, Router } from "express";
import type { AlertTemplates } from "../../alerts/templates/templates.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { heardFilters } from "../../alerts/hazards/hazard-record.ts";
import { findHeard } from "./find-heard.ts";
import type { HazardDesk } from "../../alerts/hazards/hazard-desk.ts";
import type { Rules } from "../../alerts/rules/rule.ts";
import type { Ear } from "./ear.ts";
import { hazardPage } from "./hazard-page.tsx";
import { feedsPage } from "./list.tsx";
import { type MaintenanceForm, emptyForm, readMaintenance } from "./maintenance-form.ts";
import { rulesPage } from "./rules-page.tsx";

export interface FeedPagesDeps {
  context: Context;
  hazards: Pick<HazardDesk, "look" | "find" | "setMaintenance">;
  rules: Rules;
  ears: () => Promise<readonly Ear[]>;
  alertTemplates: Pick<AlertTemplates, "find">;
}

const onAPage = 50;
const longestId = 300;

/** What came in from outside and what was made of it; the rules; the switch that stops automatic sending. */
export function createFeedPages({ context, hazards, rules, ears, alertTemplates }: FeedPagesDeps): Router {
  const { signedIn, refuse, clock } = context;

  async function show(
    page: SignedInPage,
    request: Request,
    response: Response,
    form: MaintenanceForm = emptyForm,
  ): Promise<void> {
    const only = heardFilters.find((each) => each === request.query["only"]);
    const before = idOf(request.query["before"]);
    const maintenance = page.standing?.maintenance;
    const [{ heard, next }, heardBy] = await Promise.all([
      findHeard(hazards, { only, before, limit: onAPage }),
      ears(),
    ]);
    const what = (["on", "off"] as const).find((each) => each === request.query["maintenance"]);
    // Only what is so is said to be so: the address may be an old one.
    const isSo = what !== undefined && (what === "on") === (maintenance !== undefined);
    const done = isSo ? page.say(`feeds-page:maintenance.done.${what}`) : undefined;
    const view = {
      ears: heardBy,
      maintenance,
      form,
      heard,
      rules,
      only,
      before,
      next,
      done,
      now: clock.now(),
    };
    response.send(feedsPage(page, view));
  }

  const router = Router();
  router.get(
    "/feeds",
    signedIn("alert.read", (page, request, response) => show(page, request, response)),
  );
  router.post(
    "/feeds/maintenance",
    signedIn("feed.manage", async (page, request, response) => {
      const on = fieldOf(request, "turn") === "on";
      const typed = { note: fieldOf(request, "note"), until: fieldOf(request, "until") };
      const { form, until } = readMaintenance(typed, clock.now());
      if (on && Object.keys(form.problems).length > 0) {
        response.status(422);
        return show(page, request, response, form);
      }
      await hazards.setMaintenance(
        page.actor,
        on ? { on, note: typed.note.trim(), until } : { on, note: "", until: undefined },
      );
      response.redirect(303, `/console/feeds?maintenance=${on ? "on" : "off"}#done`);
    }),
  );
  router.get(
    "/feeds/rules",
    signedIn("alert.read", async (page, _request, response) => {
      const templateName = (id: string) => alertTemplates.find(id)?.name[page.language];
      response.send(rulesPage(page, { rules, templateName }));
    }),
  );
  router.get(
    "/feeds/:id",
    signedIn("alert.read", async (page, request, response) => {
      const id = idOf(request.params["id"]);
      const heard = id === undefined ? undefined : await hazards.find(id);
      if (heard === undefined) return refuse(page, response, 404);
      response.send(hazardPage(page, { heard, rules, now: clock.now() }));
    }),
  );
  return router;
}

function idOf(asked: unknown): string | undefined {
  return typeof asked === "string" && asked !== "" && asked.length <= longestId ? asked : undefined;
}
