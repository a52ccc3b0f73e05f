import { type Response, Router } from "express";
import { type DrillModes, drillMinutes } from "../../alerts/drills/drill-mode.ts";
import type { DrillKind } from "../../alerts/drills/drill-store.ts";
import type { StaffPhone } from "../../staff/phone-store.ts";
import { type Context, fieldOf } from "../context.ts";
import { asDocument } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { writtenClock } from "../broadcasts/times.ts";

export interface DrillPagesDeps {
  context: Context;
  drillModes: DrillModes;
  phones: { linked: () => Promise<string[]>; find: (staffId: string) => Promise<StaffPhone> };
}

const kinds: readonly DrillKind[] = ["rehearsal", "publicDrill"];
const minutesOffered = [30, 60, drillMinutes.usual, 180, drillMinutes.longest];

/** Entering and leaving drill mode. */
export function createDrillPages({ context, drillModes, phones }: DrillPagesDeps): Router {
  const { signedIn } = context;

  async function show(page: SignedInPage, response: Response, wrong = false): Promise<void> {
    const [linked, own] = await Promise.all([phones.linked(), phones.find(page.actor.id)]);
    response.status(wrong ? 422 : 200).send(
      asDocument({
        page: { ...page, path: "/console/drill" },
        title: page.say("alerts:drill.title"),
        children: <Drill page={page} linked={linked.length} own={own.state === "linked"} wrong={wrong} />,
      }),
    );
  }

  const router = Router();
  router.get(
    "/drill",
    signedIn("alert.raise", (page, _request, response) => show(page, response)),
  );
  router.post(
    "/drill",
    signedIn("alert.raise", async (page, request, response) => {
      const kind = kinds.find((each) => each === fieldOf(request, "kind"));
      const begun =
        kind === undefined
          ? undefined
          : await drillModes.begin(page.actor, kind, Number(fieldOf(request, "minutes")));
      if (begun === undefined || "refused" in begun) await show(page, response, true);
      else response.redirect(303, "/console/alerts");
    }),
  );
  router.post(
    "/drill/end",
    signedIn("alert.raise", async (page, _request, response) => {
      await drillModes.end(page.actor);
      response.redirect(303, "/console/alerts");
    }),
  );
  return router;
}

function Drill({
  page,
  linked,
  own,
  wrong,
}: {
  page: SignedInPage;
  linked: number;
  own: boolean;
  wrong: boolean;
}) {
  const { say, drill } = page;
  return (
    <div class="narrow sheet">
      <p>{say("alerts:drill.intro")}</p>
      {wrong && (
        <div class="problems" role="alert">
          <p>{say("alerts:drill.wrong")}</p>
        </div>
      )}
      {drill !== undefined && (
        <p class="note">
          {say(`alerts:drill.${drill.mode}.banner`)}{" "}
          {say("alerts:drill.until", { time: writtenClock(page, drill.until) })}
        </p>
      )}
      <form method="post" action="/console/drill" data-once>
        <fieldset>
          <legend>{say("alerts:drill.which")}</legend>
          {kinds.map((kind) => (
            <label class="drill-kind">
              <input type="radio" name="kind" value={kind} required checked={drill?.mode === kind} />
              <span>
                <strong>{say(`alerts:mode.${kind}`)}</strong>
                <span class="hint">{say(`alerts:drill.${kind}.meaning`)}</span>
                {kind === "rehearsal" && (
                  <span class="hint">{say("alerts:drill.linked", { count: linked })}</span>
                )}
              </span>
            </label>
          ))}
          {!own && (
            <p class="hint">
              {say("alerts:drill.ownPhone")}{" "}
              <a href="/console/account/phone">{say("alerts:drill.linkPhone")}</a>
            </p>
          )}
        </fieldset>
        <p class="field">
          <label for="f-minutes">{say("alerts:drill.minutes")}</label>
          <select id="f-minutes" name="minutes">
            {minutesOffered.map((minutes) => (
              <option value={minutes} selected={minutes === drillMinutes.usual}>
                {say("alerts:drill.minutesOption", { minutes })}
              </option>
            ))}
          </select>
        </p>
        <p class="acts">
          <button>{say("alerts:drill.begin")}</button>
        </p>
      </form>
      <p class="hint after">{say("alerts:drill.closes")}</p>
    </div>
  );
}
