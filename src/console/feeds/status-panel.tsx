import type { SignedInPage } from "../page.ts";
import type { Ear } from "./ear.ts";
import { EarState } from "./ears.tsx";

export interface EmergencyView {
  /** How many are in force, and how many wait to be confirmed; they stand beside it, one by one. */
  open: number;
  waiting: number;
  ears: readonly Ear[];
}

/** Emergencies at a glance: what is open, what waits, whether the ears hear, whether anything goes by itself. */
export function EmergencyPanel({ page, open, waiting, ears }: EmergencyView & { page: SignedInPage }) {
  const { say, standing } = page;
  const paused = standing?.maintenance !== undefined;
  const deaf = ears.some(({ state }) => state === "silent" || state === "failing");
  return (
    <section class={`panel emergency ${open + waiting > 0 || deaf ? "astir" : ""}`}>
      <h2>{say("feeds-page:panel.title")}</h2>
      <p>
        {open === 0 ? say("feeds-page:panel.no.open") : say("feeds-page:panel.some.open", { count: open })}
      </p>
      <p>
        {waiting === 0
          ? say("feeds-page:panel.no.waiting")
          : say("feeds-page:panel.some.waiting", { count: waiting })}
      </p>
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
