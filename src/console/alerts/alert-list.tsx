import type { Alert } from "../../alerts/alert.ts";
import { may } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage, writtenNumber } from "../page.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import {
  LevelChip,
  ModeMark,
  StandingMark,
  lapsesAt,
  placesIn,
  standingOf,
  timeLeft,
} from "./alert-parts.tsx";
import type { Template } from "../../alerts/templates/template.ts";

/** An alert as one line says it. */
export interface AlertLine {
  alert: Alert;
  tone: Template["tone"];
  /** Residents handed to LINE; undefined before it is confirmed. */
  accepted: number | undefined;
  raisedBy: string;
}

export interface AlertListView {
  waiting: AlertLine[];
  open: AlertLine[];
  /** Neither waiting nor open, newest first. */
  past: AlertLine[];
  /** The last id of this page, if older ones follow. */
  next: string | undefined;
  isFirst: boolean;
  now: number;
}

export function alertListPage(page: SignedInPage, view: AlertListView): string {
  return asDocument({ page, title: page.say("nav.alerts"), children: <List page={page} {...view} /> });
}

export function RaiseButton({ page }: { page: SignedInPage }) {
  if (!may(page.actor, "alert.raise")) return null;
  return (
    <p class="raise">
      <a class="button raise-button" href="/console/alerts/new">
        {page.say(`alerts:raise.${page.mode}`)}
      </a>
    </p>
  );
}

function List({ page, waiting, open, past, next, isFirst, now }: { page: SignedInPage } & AlertListView) {
  const { say } = page;
  return (
    <div class="alerts">
      <RaiseButton page={page} />
      {isFirst && (
        <>
          {waiting.length > 0 && (
            <section class="panel waits">
              <h2>{say("alerts:list.waiting")}</h2>
              <AlertLines page={page} lines={waiting} now={now} />
            </section>
          )}
          <section class="panel">
            <h2>{say("alerts:list.open")}</h2>
            {open.length === 0 ? (
              <p class="nothing">{say("alerts:list.noneOpen")}</p>
            ) : (
              <AlertLines page={page} lines={open} now={now} />
            )}
          </section>
        </>
      )}
      <section class="panel">
        <h2>{say("alerts:list.past")}</h2>
        {past.length === 0 ? (
          <p class="nothing">{say("alerts:list.nonePast")}</p>
        ) : (
          <AlertLines page={page} lines={past} now={now} />
        )}
        <p class="pager">
          {!isFirst && <a href="/console/alerts">{say("desk:list.newest")}</a>}
          {next !== undefined && <a href={`/console/alerts?before=${next}`}>{say("home.older")}</a>}
        </p>
      </section>
    </div>
  );
}

export function AlertLines({ page, lines, now }: { page: SignedInPage; lines: AlertLine[]; now: number }) {
  return (
    <ul class="alert-lines">
      {lines.map((line) => (
        <Line page={page} line={line} now={now} />
      ))}
    </ul>
  );
}

function Line({ page, line, now }: { page: SignedInPage; line: AlertLine; now: number }) {
  const { say } = page;
  const { alert, tone, accepted, raisedBy } = line;
  const standing = standingOf(alert, now);
  const until = standing === "waiting" ? lapsesAt(alert) : alert.expiresAt;
  const left = timeLeft(page, until, now);
  const going = standing === "waiting" || standing === "open";
  const said = [
    placesIn(page, alert.districts),
    ...(going ? [standing === "waiting" ? say("alerts:list.until", { left }) : left] : []),
    ...(accepted === undefined
      ? []
      : [say("alerts:list.accepted", { count: writtenNumber(page, accepted) })]),
    say("alerts:list.by", { name: raisedBy, time: writtenMoment(page, alert.raisedAt, now) }),
  ];
  return (
    <li class={standing}>
      <span class="alert-line-head">
        <LevelChip page={page} level={alert.level} tone={tone} />
        <ModeMark page={page} mode={alert.mode} />
        {alert.kind !== "alert" && <span class="kind-mark">{say(`alerts:kind.${alert.kind}`)}</span>}
        <a href={`/console/alerts/${alert.id}`}>{alert.title}</a>
        <StandingMark page={page} alert={alert} now={now} />
      </span>
      <span class="hint">{said.join("　")}</span>
    </li>
  );
}
