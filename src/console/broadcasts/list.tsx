import type { Summary } from "../../broadcasts/desk-store.ts";
import { type BroadcastState, broadcastStates } from "../../broadcasts/lifecycle.ts";
import { may } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import { Choice } from "../form-parts.tsx";
import { type SignedInPage, writtenNumber } from "../page.ts";
import { State } from "./state.tsx";
import { writtenMoment } from "./times.ts";

export interface ListFilter {
  state: BroadcastState | undefined;
  text: string;
  mine: boolean;
  before: string | undefined;
}

export interface ListView {
  broadcasts: Summary[];
  filter: ListFilter;
  /** Of all pages. */
  total: number;
  /** The last id of this page, if older ones follow. */
  next: string | undefined;
  now: number;
}

export function listPage(page: SignedInPage, view: ListView): string {
  return asDocument({ page, title: page.say("nav.broadcasts"), children: <List page={page} {...view} /> });
}

function List({ page, broadcasts, filter, total, next, now }: { page: SignedInPage } & ListView) {
  const { say } = page;
  return (
    <section class="panel">
      <Filter page={page} filter={filter} />
      {total === 0 ? (
        <Empty page={page} filter={filter} />
      ) : (
        <>
          <p class="hint" role="status">
            {say("desk:list.total", { count: writtenNumber(page, total) })}
          </p>
          <table class="list" role="table">
            <caption class="visually-hidden">{say("nav.broadcasts")}</caption>
            <thead role="rowgroup">
              <tr role="row">
                {(["title", "state", "when", "author", "changed"] as const).map((column) => (
                  <th scope="col" role="columnheader">
                    {say(`desk:list.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {broadcasts.map((broadcast) => (
                <Row page={page} broadcast={broadcast} now={now} />
              ))}
            </tbody>
          </table>
          <p class="pager">
            {filter.before !== undefined && (
              <a href={`/console/broadcasts${queryOf(filter, undefined)}`}>{say("desk:list.newest")}</a>
            )}
            {next !== undefined && (
              <a href={`/console/broadcasts${queryOf(filter, next)}`}>{say("home.older")}</a>
            )}
          </p>
        </>
      )}
    </section>
  );
}

function Filter({ page, filter }: { page: SignedInPage; filter: ListFilter }) {
  const { say } = page;
  return (
    <form class="filter" method="get" action="/console/broadcasts" role="search">
      <p class="field">
        <label for="f-q">{say("desk:list.search")}</label>
        <input id="f-q" type="search" name="q" value={filter.text} maxLength={100} />
      </p>
      <p class="field">
        <label for="f-state">{say("desk:list.state")}</label>
        <select id="f-state" name="state">
          <option value="">{say("desk:list.anyState")}</option>
          {broadcastStates.map((state) => (
            <option value={state} selected={state === filter.state}>
              {say(`state.${state}`)}
            </option>
          ))}
        </select>
      </p>
      <Choice type="checkbox" name="mine" value="yes" checked={filter.mine} label={say("desk:list.mine")} />
      <button class="secondary">{say("desk:list.find")}</button>
    </form>
  );
}

function Row({ page, broadcast, now }: { page: SignedInPage; broadcast: Summary; now: number }) {
  const { say } = page;
  const { id, title, state, dueAt, sendAt, repeat, seriesId, authorName, updatedAt } = broadcast;
  const at = dueAt ?? sendAt;
  // On a phone the table becomes cards, and would no longer be a table without its roles.
  const labelled = (column: string) => ({ role: "cell", "data-label": say(`desk:list.${column}`) }) as const;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a href={`/console/broadcasts/${id}`}>{title}</a>
        {(repeat !== undefined || seriesId !== undefined) && (
          <span class="repeats">{say("desk:week.repeats")}</span>
        )}
      </th>
      <td {...labelled("state")}>
        <State page={page} state={state} />
      </td>
      <td {...labelled("when")}>
        {at === undefined
          ? say(repeat === undefined ? "desk:list.onApproval" : "desk:work.repeats")
          : writtenMoment(page, at, now)}
      </td>
      <td {...labelled("author")}>{authorName}</td>
      <td {...labelled("changed")}>{writtenMoment(page, updatedAt, now)}</td>
    </tr>
  );
}

/** Nothing at all, or nothing that fits: said differently, since what to do next differs. */
function Empty({ page, filter }: { page: SignedInPage; filter: ListFilter }) {
  const { say, actor } = page;
  const { text, state, mine } = filter;
  if (text !== "" || state !== undefined || mine)
    return (
      <div class="empty-state">
        <p>{say("desk:list.nothingFits")}</p>
        <p>
          <a href="/console/broadcasts">{say("desk:list.showAll")}</a>
        </p>
      </div>
    );
  return (
    <div class="empty-state">
      <p>{say("home.noBroadcasts")}</p>
      {may(actor, "broadcast.write") && (
        <p>
          <a class="button" href="/console/broadcasts/new">
            {say("desk:first.begin")}
          </a>
        </p>
      )}
    </div>
  );
}

function queryOf({ state, text, mine }: ListFilter, before: string | undefined): string {
  const query = new URLSearchParams({
    ...(text === "" ? {} : { q: text }),
    ...(state === undefined ? {} : { state }),
    ...(mine ? { mine: "yes" } : {}),
    ...(before === undefined ? {} : { before }),
  }).toString();
  return query === "" ? "" : `?${query}`;
}
