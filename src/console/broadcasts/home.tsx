import type { Appointment } from "../../broadcasts/agenda.ts";
import type { Summary } from "../../broadcasts/desk-store.ts";
import type { WorkingCopy } from "../../broadcasts/working-copy-store.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import { may } from "../../staff/permissions.ts";
import { type AlertLine, AlertLines, RaiseButton } from "../alerts/alert-list.tsx";
import { nameOf } from "../compose/working-copies.tsx";
import { asDocument } from "../document.tsx";
import { type SignedInPage, writtenNumber } from "../page.ts";
import { type EmergencyView, EmergencyPanel } from "../feeds/status-panel.tsx";
import { type Health, HealthLine } from "./health.tsx";
import { HoldNotice } from "./hold-notice.tsx";
import type { Work } from "./needs-me.ts";
import { State } from "./state.tsx";
import { writtenMoment } from "./times.ts";
import { Week } from "./week.tsx";

export interface HomeView {
  /** Alerts that wait for their confirmation, and those in force. */
  alertsWaiting: AlertLine[];
  alertsOpen: AlertLine[];
  work: Work[];
  /** Typed and kept by itself, but never saved as a draft. */
  unsaved: WorkingCopy[];
  drafts: Summary[];
  sending: Summary[];
  /** Nobody has written anything yet. */
  isNew: boolean;
  coming: Appointment[];
  /** Undefined while they are still being counted. */
  followers: HeadCount | undefined;
  health: Health;
  emergency: EmergencyView;
  /** When this day began in Tokyo. */
  today: number;
  now: number;
}

export function homePage(page: SignedInPage, view: HomeView): string {
  return asDocument({ page, title: page.say("nav.home"), children: <Home page={page} {...view} /> });
}

function Home({ page, ...view }: { page: SignedInPage } & HomeView) {
  const { say, actor } = page;
  const {
    alertsWaiting,
    alertsOpen,
    work,
    unsaved,
    drafts,
    sending,
    isNew,
    coming,
    followers,
    health,
    today,
    now,
  } = view;
  return (
    <div class="desk">
      <div class="desk-main">
        {health.hold !== undefined && <HoldNotice page={page} hold={health.hold} />}
        <RaiseButton page={page} />
        {alertsWaiting.length > 0 && (
          <section class="panel waits">
            <h2>{say("alerts:list.waiting")}</h2>
            <AlertLines page={page} lines={alertsWaiting} now={now} />
          </section>
        )}
        {alertsOpen.length > 0 && (
          <section class="panel">
            <h2>{say("alerts:list.open")}</h2>
            <AlertLines page={page} lines={alertsOpen} now={now} />
          </section>
        )}
        {isNew && <FirstSteps page={page} />}
        {(work.length > 0 || alertsWaiting.length === 0) && (
          <section class="panel needs-me">
            <h2>{say("home.needsMe")}</h2>
            {work.length === 0 ? (
              <p class="nothing">{say("home.nothingNeedsMe")}</p>
            ) : (
              <ul class="work">
                {work.map((each) => (
                  <WorkItem page={page} work={each} now={now} />
                ))}
              </ul>
            )}
          </section>
        )}
        {sending.length > 0 && (
          <section class="panel">
            <h2>{say("home.sending")}</h2>
            <Lines page={page} broadcasts={sending} now={now} />
          </section>
        )}
        <section class="panel">
          <div class="panel-head">
            <h2>{say("desk:week.title")}</h2>
            <a href="/console/calendar">{say("desk:week.calendar")}</a>
          </div>
          <Week page={page} appointments={coming} today={today} />
        </section>
      </div>
      <div class="desk-side">
        <EmergencyPanel page={page} {...view.emergency} />
        <section class="panel">
          <h2>{say("desk:followers.title")}</h2>
          <Followers page={page} followers={followers} />
        </section>
        {may(actor, "broadcast.write") && (
          <section class="panel">
            <h2>{say("home.drafts")}</h2>
            {drafts.length + unsaved.length === 0 && <p class="nothing">{say("home.noDrafts")}</p>}
            <Unsaved page={page} copies={unsaved} now={now} />
            <Lines page={page} broadcasts={drafts} now={now} />
            <p>
              <a class="button" href="/console/broadcasts/new">
                {say("desk:writeNew")}
              </a>
            </p>
          </section>
        )}
        <section class="panel">
          <h2>{say("desk:health.title")}</h2>
          <HealthLine page={page} health={health} />
        </section>
      </div>
    </div>
  );
}

function WorkItem({ page, work, now }: { page: SignedInPage; work: Work; now: number }) {
  const { say } = page;
  const { broadcast, why, residents = 0 } = work;
  const { id, title, sendAt, dueAt, repeat, authorName, updatedAt, comment } = broadcast;
  const at = dueAt ?? sendAt;
  const when =
    repeat === undefined
      ? at === undefined
        ? say("desk:work.onApproval")
        : writtenMoment(page, at, now)
      : say("desk:work.repeats");
  return (
    <li class={why}>
      <a href={`/console/broadcasts/${id}`}>{title}</a>
      <span class={`mark-${why} state`}>{say(`desk:work.${why}.mark`)}</span>
      <p>
        {say(`desk:work.${why}.text`, {
          name: authorName,
          when,
          count: writtenNumber(page, residents),
          time: writtenMoment(page, updatedAt, now),
        })}
      </p>
      {why === "returned" && comment !== undefined && <blockquote>{comment}</blockquote>}
    </li>
  );
}

function Unsaved({ page, copies, now }: { page: SignedInPage; copies: WorkingCopy[]; now: number }) {
  if (copies.length === 0) return null;
  return (
    <ul class="lines">
      {copies.map((copy) => (
        <li>
          <a href={`/console/broadcasts/new?copy=${copy.key}`}>{nameOf(page, copy.fields)}</a>
          <span class="hint">
            {page.say("compose:copies.savedAt", { time: writtenMoment(page, copy.savedAt, now) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Lines({ page, broadcasts, now }: { page: SignedInPage; broadcasts: Summary[]; now: number }) {
  if (broadcasts.length === 0) return null;
  return (
    <ul class="lines">
      {broadcasts.map(({ id, title, state, updatedAt }) => (
        <li>
          <a href={`/console/broadcasts/${id}`}>{title}</a> <State page={page} state={state} />
          <span class="hint">{page.say("home.changed", { time: writtenMoment(page, updatedAt, now) })}</span>
        </li>
      ))}
    </ul>
  );
}

function Followers({ page, followers }: { page: SignedInPage; followers: HeadCount | undefined }) {
  const { say } = page;
  if (followers === undefined) return <p class="nothing">{say("desk:followers.counting")}</p>;
  const { total, withoutPreferences } = followers;
  const percent = total === 0 ? 0 : Math.round((withoutPreferences / total) * 100);
  return (
    <>
      <p class="total">{say("count.people", { count: writtenNumber(page, total) })}</p>
      <p>
        {total === 0
          ? say("desk:followers.none")
          : say("desk:followers.withoutPreferences", {
              count: writtenNumber(page, withoutPreferences),
              percent,
            })}
      </p>
    </>
  );
}

/** For somebody who has never seen this: the way of a notice, in four steps. */
function FirstSteps({ page }: { page: SignedInPage }) {
  const { say, actor } = page;
  const steps = ["write", "submit", "approve", "watch"] as const;
  return (
    <section class="panel first-steps">
      <h2>{say("desk:first.title")}</h2>
      <ol>
        {steps.map((step) => (
          <li>{say(`desk:first.${step}`)}</li>
        ))}
      </ol>
      {may(actor, "broadcast.write") ? (
        <p>
          <a class="button" href="/console/broadcasts/new">
            {say("desk:first.begin")}
          </a>
        </p>
      ) : (
        <p class="nothing">{say("desk:first.wait")}</p>
      )}
    </section>
  );
}
