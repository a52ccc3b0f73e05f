import { type Alert, type FollowUpKind, followUpKinds } from "../../alerts/alert.ts";
import type { Heads } from "../../alerts/prepare.ts";
import type { Template } from "../../alerts/templates/template.ts";
import { mayResume } from "../../broadcasts/control.ts";
import type { Deed } from "../../broadcasts/history-store.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { may } from "../../staff/permissions.ts";
import { History } from "../broadcasts/history.tsx";
import { LiveProgress, watching } from "../broadcasts/live-progress.tsx";
import type { Snapshot } from "../broadcasts/progress-feed.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import { asDocument } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { LeaveDrillFirst, SilentAct, type TypedAlone, Waiting } from "./alert-acts.tsx";
import { AlertPhones, AlertReach } from "./alert-beside.tsx";
import { LevelChip, ModeMark, StandingMark, placesIn, standingOf, timeLeft } from "./alert-parts.tsx";
import { goesBeyondDrill } from "./drill-limits.ts";
import { DrillScore } from "./drill-score.tsx";

export interface AlertView {
  page: SignedInPage;
  alert: Alert;
  template: Template | undefined;
  snapshot: Snapshot;
  heads: Heads;
  explanation: string;
  /** The alert that this one follows up. */
  original: Alert | undefined;
  followUps: Alert[];
  /** The record of what made a rule raise it. */
  record: string | undefined;
  names: { raised: string; confirmed: string | undefined };
  deeds: Deed[];
  sentences: Sentences;
  address: string;
  now: number;
  /** Said when an act was refused. */
  refusal: string | undefined;
  typed: TypedAlone | undefined;
}

/** The look of the page is that of the alert, whoever opens it: a drill is never taken for meant, nor the other way round. */
export function alertPage(view: AlertView): string {
  const page = { ...view.page, mode: view.alert.mode };
  return asDocument({ page, title: view.alert.title, children: <View {...view} page={page} /> });
}

function View(view: AlertView) {
  const { page, alert, template, heads, explanation, sentences, refusal, now } = view;
  const standing = standingOf(alert, now);
  return (
    <div class="compose">
      <div class="sheet broadcast">
        {refusal !== undefined && (
          <div class="problems" role="alert">
            <p>{refusal}</p>
          </div>
        )}
        <Head {...view} />
        {standing === "waiting" ? (
          <>
            <Waiting {...view} />
            <AlertReach
              page={page}
              shown={alert}
              template={template}
              heads={heads}
              explanation={explanation}
            />
          </>
        ) : (
          <>
            <Sending {...view} />
            <FollowUps {...view} />
          </>
        )}
        <DrillScore page={page} alert={alert} delivery={view.snapshot.delivery} followUps={view.followUps} />
        <Facts {...view} />
        <History page={page} deeds={view.deeds} now={now} />
      </div>
      <aside class="beside" aria-label={page.say("compose.beside")}>
        <AlertPhones page={page} shown={alert} template={template} sentences={sentences} />
      </aside>
      {standing === "waiting" && <Watch {...view} />}
    </div>
  );
}

function Head({ page, alert, template, original, now }: AlertView) {
  const { say } = page;
  return (
    <p class="head">
      <LevelChip page={page} level={alert.level} tone={template?.tone ?? "warning"} />
      <ModeMark page={page} mode={alert.mode} />
      <StandingMark page={page} alert={alert} now={now} />
      {original !== undefined && (
        <a href={`/console/alerts/${original.id}`}>
          {say(`alerts:followsUp.${alert.kind}`, { title: original.title })}
        </a>
      )}
    </p>
  );
}

/** Loads the page anew as soon as somebody else confirms or discards it. */
function Watch({ snapshot }: AlertView) {
  return <div class="watch" {...watching(snapshot)} />;
}

function Sending({ page, alert, snapshot }: AlertView) {
  const { say, actor } = page;
  if (alert.confirmedAt === undefined) return <p class="nothing">{say("alerts:neverSent")}</p>;
  const live = alert.state === "sending";
  const { broadcast } = snapshot;
  return (
    <LiveProgress
      page={page}
      broadcast={broadcast}
      snapshot={snapshot}
      live={live}
      at={`/console/alerts/${alert.id}`}
    >
      {(live || alert.state === "stopped") && (
        <div class="acts">
          {live && may(actor, "broadcast.oversee") && <SilentAct page={page} alert={alert} act="stop" />}
          {alert.state === "stopped" && mayResume(actor, broadcast) && !goesBeyondDrill(page, alert) && (
            <SilentAct page={page} alert={alert} act="resume" />
          )}
        </div>
      )}
    </LiveProgress>
  );
}

/** What can still be said to those who were handed it, and what was. */
function FollowUps(view: AlertView) {
  const { page, alert, original, followUps, now } = view;
  const { say, actor } = page;
  const family = original ?? alert;
  const possible =
    alert.confirmedAt !== undefined && family.endedAt === undefined && may(actor, "alert.raise");
  return (
    <section class="follow-ups">
      {possible &&
        (goesBeyondDrill(page, alert) ? (
          <LeaveDrillFirst page={page} />
        ) : (
          <>
            <h2>{say("alerts:followUps.next")}</h2>
            <p class="hint">{say("alerts:followUps.who")}</p>
            <div class="follow-up-ways">
              {followUpKinds.map((kind: FollowUpKind) => (
                <a
                  class={`button secondary ${kind}`}
                  href={`/console/alerts/${alert.id}/follow-up?kind=${kind}`}
                >
                  {say(`alerts:followUps.${kind}`)}
                </a>
              ))}
              {may(actor, "alert.confirm") && alert.of === undefined && (
                <SilentAct page={page} alert={alert} act="end" />
              )}
            </div>
          </>
        ))}
      {followUps.length > 0 && (
        <>
          <h2>{say("alerts:followUps.title")}</h2>
          <ul class="lines">
            {followUps.map((each) => (
              <li>
                <span class="kind-mark">{say(`alerts:kind.${each.kind}`)}</span>{" "}
                <a href={`/console/alerts/${each.id}`}>{each.title}</a>{" "}
                <StandingMark page={page} alert={each} now={now} />
                <span class="hint">{writtenMoment(page, each.confirmedAt ?? each.raisedAt, now)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Facts({ page, alert, record, names, now }: AlertView) {
  const { say } = page;
  const at = (instant: number) => writtenMoment(page, instant, now);
  const ends = alert.endedAt ?? alert.expiresAt;
  const facts: [string, string][] = [
    ["where", placesIn(page, alert.districts)],
    ["raised", say("alerts:facts.by", { name: names.raised, time: at(alert.raisedAt) })],
    ...(alert.confirmedAt === undefined || names.confirmed === undefined
      ? []
      : [
          ["confirmed", say("alerts:facts.by", { name: names.confirmed, time: at(alert.confirmedAt) })] as [
            string,
            string,
          ],
        ]),
    ...(alert.breakGlassReason === undefined ? [] : [["alone", alert.breakGlassReason] as [string, string]]),
    [
      ends <= now ? "ended" : "expires",
      ends <= now ? at(ends) : `${at(ends)}（${timeLeft(page, ends, now)}）`,
    ],
  ];
  return (
    <dl class="alert-facts">
      {facts.map(([name, value]) => (
        <div>
          <dt>{say(`alerts:facts.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {alert.rule !== undefined && (
        <div>
          <dt>{say("alerts:facts.rule")}</dt>
          <dd>
            <code>{alert.rule}</code>{" "}
            {record !== undefined && (
              <a href={`/console/feeds/${encodeURIComponent(record)}`}>{say("alerts:facts.hazard")}</a>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}
