import {
  type HazardRecord,
  type HeardFilter,
  heardFilters,
  mainDecision,
} from "../../alerts/hazards/hazard-record.ts";
import { writtenMoment } from "../broadcasts/times.ts";
import type { MaintenanceNow } from "../calls/standing.ts";
import type { Rules } from "../../alerts/rules/rule.ts";
import { ruleName } from "./say-rule.ts";
import { asDocument } from "../document.tsx";
import { type SignedInPage, listed } from "../page.ts";
import { DeedLabel } from "./deed.tsx";
import { Ears } from "./ears.tsx";
import type { Ear } from "./ear.ts";
import type { MaintenanceForm } from "./maintenance-form.ts";
import { Maintenance } from "./maintenance.tsx";
import { AlertLinks } from "./alert-links.tsx";

export interface FeedsView {
  ears: readonly Ear[];
  maintenance: MaintenanceNow | undefined;
  form: MaintenanceForm;
  heard: HazardRecord[];
  rules: Rules;
  only: HeardFilter | undefined;
  before: string | undefined;
  /** The last id of this page, if older ones follow. */
  next: string | undefined;
  /** What was just done, as a sentence. */
  done: string | undefined;
  now: number;
}

/** What the ears hear, how they are, and the switch that keeps them from sending. */
export function feedsPage(page: SignedInPage, view: FeedsView): string {
  const { say } = page;
  return asDocument({
    page: {
      ...page,
      path: page.path.startsWith("/console/feeds/maintenance") ? "/console/feeds" : page.path,
    },
    title: say("nav.feeds"),
    children: (
      <div class="feeds">
        {view.done !== undefined && (
          <p class="done" role="status" id="done" tabindex={-1}>
            {view.done}
          </p>
        )}
        <div class="feeds-head">
          <Ears page={page} ears={view.ears} now={view.now} />
          <Maintenance page={page} {...view} />
        </div>
        <section class="panel" aria-labelledby="heard">
          <div class="panel-head">
            <h2 id="heard">{say("feeds-page:list.title")}</h2>
            <a href="/console/feeds/rules">{say("feeds-page:rules.to")}</a>
          </div>
          <Filter page={page} only={view.only} />
          <HeardList page={page} view={view} />
        </section>
      </div>
    ),
  });
}

function Filter({ page, only }: { page: SignedInPage; only: HeardFilter | undefined }) {
  const { say } = page;
  const way = (filter: HeardFilter | undefined) => (
    <li>
      <a
        href={filter === undefined ? "/console/feeds#heard" : `/console/feeds?only=${filter}#heard`}
        aria-current={filter === only ? "true" : undefined}
      >
        {say(`feeds-page:filter.${filter ?? "all"}`)}
      </a>
    </li>
  );
  return (
    <nav aria-label={say("feeds-page:filter.label")}>
      <ul class="feeds-filter">
        {way(undefined)}
        {heardFilters.map(way)}
      </ul>
    </nav>
  );
}

function HeardList({ page, view }: { page: SignedInPage; view: FeedsView }) {
  const { say } = page;
  const { heard, only, before, next, now } = view;
  const query = (from: string | undefined) =>
    new URLSearchParams({
      ...(only === undefined ? {} : { only }),
      ...(from === undefined ? {} : { before: from }),
    }).toString();
  const pager = (before ?? next) !== undefined && (
    <p class="pager">
      {before !== undefined && (
        <a href={`/console/feeds?${query(undefined)}#heard`}>{say("desk:list.newest")}</a>
      )}
      {next !== undefined && <a href={`/console/feeds?${query(next)}#heard`}>{say("home.older")}</a>}
    </p>
  );
  if (heard.length === 0) {
    const none = only === undefined ? "nothing" : next === undefined ? "nothingFits" : "nothingYet";
    return (
      <>
        <p class="nothing">{say(`feeds-page:list.${none}`)}</p>
        {pager}
      </>
    );
  }
  return (
    <>
      <table class="list" role="table">
        <caption class="visually-hidden">{say("feeds-page:list.title")}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {(["titleColumn", "at", "says", "decision", "rule", "alert"] as const).map((column) => (
              <th scope="col" role="columnheader">
                {say(`feeds-page:list.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {heard.map((each) => (
            <Row page={page} heard={each} written={view.rules} now={now} />
          ))}
        </tbody>
      </table>
      {pager}
    </>
  );
}

function Row({
  page,
  heard,
  written,
  now,
}: {
  page: SignedInPage;
  heard: HazardRecord;
  written: Rules;
  now: number;
}) {
  const { say } = page;
  const { id, receivedAt, reading, decisions, alerts } = heard;
  const { telegram } = reading;
  // On a phone the table becomes cards, and would no longer be a table without its roles.
  const labelled = (column: string) =>
    ({ role: "cell", "data-label": say(`feeds-page:list.${column}`) }) as const;
  const rules = [...new Set(decisions.flatMap(({ rule }) => (rule === undefined ? [] : [rule])))];
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/console/feeds/${encodeURIComponent(id)}`} lang="ja">
          {telegram.title}
        </a>
        <span class="hint">
          {say(`feeds-page:source.${telegram.source}`)} {telegram.type}
        </span>
      </th>
      <td {...labelled("at")}>{writtenMoment(page, receivedAt, now)}</td>
      <td {...labelled("says")} class="says">
        <Says page={page} heard={heard} />
      </td>
      <td {...labelled("decision")}>
        <DeedLabel page={page} deed={mainDecision(heard).do} />
      </td>
      <td {...labelled("rule")}>
        {rules.length === 0
          ? "–"
          : rules.map((rule) => (
              <>
                <a href={`/console/feeds/rules#rule-${rule}`}>{ruleName(page, written, rule)}</a>{" "}
              </>
            ))}
      </td>
      <td {...labelled("alert")}>
        <AlertLinks page={page} alerts={alerts} />
      </td>
    </tr>
  );
}

/** What it says of the ward, in the issuer's own names; of a drill that it is one, before anything else. */
function Says({ page, heard }: { page: SignedInPage; heard: HazardRecord }) {
  const { say } = page;
  const { telegram, hazards, remarks } = heard.reading;
  // What is lifted keeps its name in a telegram: only this tells it from what was announced.
  const names = [
    ...new Set(
      hazards.map(({ name, phase }) =>
        phase === "lifted" ? `${name}（${say("feeds-page:phase.lifted")}）` : name,
      ),
    ),
  ];
  return (
    <>
      {telegram.status !== "actual" && (
        <span class="state mark-submitted">{say(`feeds-page:status.${telegram.status}`)}</span>
      )}{" "}
      {telegram.infoType !== "issue" && (
        <span class="state">{say(`feeds-page:infoType.${telegram.infoType}`)}</span>
      )}{" "}
      {names.length > 0 && <span lang="ja">{listed({ ...page, language: "ja" }, names)}</span>}
      {names.length === 0 && (
        <span class="nothing">{say(`feeds-page:remark.${remarks[0]?.code ?? "none"}`)}</span>
      )}
    </>
  );
}
