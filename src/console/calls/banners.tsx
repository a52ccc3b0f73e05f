import { writtenMoment } from "../broadcasts/times.ts";
import type { SignedInPage } from "../page.ts";
import type { MaintenanceNow, OpenCall, Standing } from "./standing.ts";

/** What nobody may overlook, whatever page they are on. */
export function Banners({ page, standing }: { page: SignedInPage; standing: Standing }) {
  const { calls, maintenance, now } = standing;
  return (
    <>
      {maintenance !== undefined && <MaintenanceBanner page={page} maintenance={maintenance} now={now} />}
      <Calls page={page} calls={calls} now={now} />
    </>
  );
}

function MaintenanceBanner({
  page,
  maintenance,
  now,
}: {
  page: SignedInPage;
  maintenance: MaintenanceNow;
  now: number;
}) {
  const { say } = page;
  const { since, until, by, note } = maintenance;
  const values = { name: by, since: writtenMoment(page, since, now) };
  return (
    <section class="banner maintenance" aria-label={say("feeds-page:maintenance.banner")}>
      <p>
        <strong>{say("feeds-page:maintenance.banner")}</strong>{" "}
        {until === undefined
          ? say("feeds-page:maintenance.openEnd", values)
          : say("feeds-page:maintenance.withEnd", { ...values, until: writtenMoment(page, until, now) })}{" "}
        {note !== "" && <q>{note}</q>}
      </p>
      <a href="/console/feeds#maintenance">{say("feeds-page:maintenance.to")}</a>
    </section>
  );
}

/** The open calls; on the home page asked for again every few seconds, where there are scripts. */
export function Calls({ page, calls, now, isNews = false }: CallsProps) {
  const isHome = /^\/console(\/calls)?\/?($|\?)/.test(page.path);
  if (calls.length === 0 && !isHome) return null;
  const live = isHome
    ? {
        "hx-get": `/console/calls?shown=${shownOf(calls)}`,
        "hx-trigger": "every 10s",
        "hx-swap": "outerHTML",
      }
    : {};
  return (
    <section id="calls" aria-label={page.say("feeds-page:calls")} {...live}>
      <div role={isNews ? "alert" : undefined}>
        {calls.map((call) => (
          <Banner page={page} call={call} now={now} />
        ))}
      </div>
    </section>
  );
}

interface CallsProps {
  page: SignedInPage;
  calls: readonly OpenCall[];
  now: number;
  /** They came while the page was open: read out. */
  isNews?: boolean;
}

/** Which calls a page shows: it is drawn anew only when they are others. */
export function shownOf(calls: readonly OpenCall[]): string {
  return calls.map(({ id }) => id).join(",");
}

function Banner({ page, call, now }: { page: SignedInPage; call: OpenCall; now: number }) {
  const { say } = page;
  const { id, kind, at, sentence } = call;
  // A form that is shown again after a refusal stands at an address that only takes posts; the home page is never wrong.
  const from = page.path.startsWith("/console/calls") ? "/console" : page.path;
  return (
    <div class={`banner call ${kind}`}>
      <p>
        <strong>{sentence}</strong>{" "}
        <time class="hint" dateTime={new Date(at).toISOString()}>
          {writtenMoment(page, at, now)}
        </time>
      </p>
      <div class="banner-acts">
        <a href={aboutOf(call)}>{say(`feeds-page:callTo.${toOf(call)}`)}</a>
        <form method="post" action={`/console/calls/${encodeURIComponent(id)}/seen`} data-once>
          <input type="hidden" name="from" value={from} />
          <button class="secondary">{say("feeds-page:seen")}</button>
        </form>
      </div>
    </div>
  );
}

function toOf({ alert, hazard }: OpenCall): "alert" | "hazard" | "feeds" {
  if (alert !== undefined) return "alert";
  return hazard === undefined ? "feeds" : "hazard";
}

function aboutOf({ alert, hazard }: OpenCall): string {
  if (alert !== undefined) return `/console/alerts/${encodeURIComponent(alert)}`;
  return hazard === undefined ? "/console/feeds" : `/console/feeds/${encodeURIComponent(hazard)}`;
}
