import type { Call } from "../../alerts/call-store.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import type { SignedInPage } from "../page.ts";

/** A call to this person, and what it says in their language. */
export type OpenCall = Pick<Call, "id" | "kind" | "at" | "alert" | "hazard"> & { sentence: string };

/** While it is on, nothing that the feeds say is sent by itself. */
export interface MaintenanceNow {
  since: number;
  until: number | undefined;
  /** Who switched it on. */
  by: string;
  note: string;
}

/** What stands at the top of every page. */
export interface Standing {
  calls: readonly OpenCall[];
  maintenance: MaintenanceNow | undefined;
  now: number;
}

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
  const from = /^\/console\/calls/.test(page.path) ? "/console" : page.path;
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
