import type { Alert } from "../../alerts/alert.ts";
import { type SignedInPage, writtenNumber } from "../page.ts";
import type { Ear } from "./ear.ts";
import { EarState } from "./ears.tsx";

export interface EmergencyView {
  /** Live and public drills, as everybody may see them. */
  open: Alert[];
  /** Raised, and confirmed by nobody yet. */
  waiting: Alert[];
  ears: readonly Ear[];
}

/** Emergencies at a glance: what is open, what waits, whether the ears hear, whether anything goes by itself. */
export function EmergencyPanel({ page, open, waiting, ears }: EmergencyView & { page: SignedInPage }) {
  const { say, standing } = page;
  const paused = standing?.maintenance !== undefined;
  const deaf = ears.some(({ state }) => state === "silent" || state === "failing");
  return (
    <section class={`panel emergency ${open.length + waiting.length > 0 || deaf ? "astir" : ""}`}>
      <h2>{say("feeds-page:panel.title")}</h2>
      <Alerts page={page} alerts={open} what="open" />
      <Alerts page={page} alerts={waiting} what="waiting" />
      <dl class="emergency-ears">
        {ears.map((ear) => (
          <div>
            <dt>{say(`feeds-page:earName.${ear.id}`)}</dt>
            <dd>
              <EarState page={page} ear={ear} />
            </dd>
          </div>
        ))}
      </dl>
      <p class={paused ? "warning" : "hint"}>{say(`feeds-page:panel.${paused ? "paused" : "running"}`)}</p>
      <p class="ways">
        <a href="/console/alerts">{say("feeds-page:panel.alerts")}</a>
        <a href="/console/feeds">{say("feeds-page:panel.feeds")}</a>
      </p>
    </section>
  );
}

interface AlertsProps {
  page: SignedInPage;
  alerts: Alert[];
  what: "open" | "waiting";
}

const mostShown = 5;

function Alerts({ page, alerts, what }: AlertsProps) {
  const { say } = page;
  if (alerts.length === 0) return <p class="nothing">{say(`feeds-page:panel.no.${what}`)}</p>;
  return (
    <>
      <p>
        <strong>{say(`feeds-page:panel.some.${what}`, { count: writtenNumber(page, alerts.length) })}</strong>
      </p>
      <ul class="lines">
        {alerts.slice(0, mostShown).map(({ id, title }) => (
          <li>
            <a href={`/console/alerts/${id}`}>{title}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
