import type { Ask } from "../../staff/ask-store.ts";
import type { Member } from "../../staff/member-store.ts";
import { asDocument } from "../document.tsx";
import { Problems } from "../form-parts.tsx";
import { type SignedInPage, writtenTime } from "../page.ts";
import { sayAsk } from "./say-ask.ts";
import { sayRoles } from "./say-roles.ts";

export interface StaffView {
  page: SignedInPage;
  people: readonly Member[];
  asks: readonly Ask[];
  problem: string | undefined;
}

export function staffPage({ page, people, asks, problem }: StaffView): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("staff:title"),
    children: (
      <>
        <Problems title={say("staff:problems")} problems={problem === undefined ? [] : [problem]} />
        {asks.length > 0 && <Asks page={page} asks={asks} />}
        <section>
          <p>
            <a class="button" href="/console/staff/invite">
              {say("staff:invite.title")}
            </a>
          </p>
          <People page={page} people={people} />
        </section>
      </>
    ),
  });
}

function Asks({ page, asks }: { page: SignedInPage; asks: readonly Ask[] }) {
  const { say, actor } = page;
  return (
    <section>
      <h2>{say("staff:asks.title")}</h2>
      <p class="hint">{say("staff:asks.hint")}</p>
      <ul class="entries">
        {asks.map((ask) => (
          <li>
            <span>
              {sayAsk(ask, page)}
              <br />
              {(ask.hasOpenLink || ask.keys > 0) && (
                <>
                  <strong>
                    {ask.hasOpenLink && say("staff:asks.openLink")}
                    {ask.keys > 0 && say("staff:asks.keys", { keys: ask.keys })}
                  </strong>
                  <br />
                </>
              )}
              <span class="hint">
                {say("staff:asks.by", { name: ask.askedByName, time: writtenTime(page, ask.askedAt) })}
              </span>
            </span>
            <div class="acts">
              {ask.askedBy !== actor.id && (
                <form method="post" action={`/console/staff/asks/${ask.id}/confirm`}>
                  <button>{say("staff:asks.confirm")}</button>
                </form>
              )}
              <form method="post" action={`/console/staff/asks/${ask.id}/decline`}>
                <button class="secondary">
                  {say(ask.askedBy === actor.id ? "staff:asks.withdraw" : "staff:asks.decline")}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

// The roles keep it a table for screen readers where the style sheet makes lines of its rows.
function People({ page, people }: { page: SignedInPage; people: readonly Member[] }) {
  const { say } = page;
  if (people.length === 0) return <p class="nothing">{say("staff:nobody")}</p>;
  return (
    <table class="people" role="table">
      <caption>{say("staff:caption", { people: people.length })}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {["name", "roles", "standing", "lastSignIn"].map((column) => (
            <th scope="col" role="columnheader">
              {say(`staff:column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {people.map(({ id, name, email, roles, standing, lastSignInAt }) => (
          <tr role="row">
            <th scope="row" role="rowheader">
              <a href={`/console/staff/${id}`}>{name}</a>
              <br />
              <span class="hint">{email}</span>
            </th>
            <td role="cell">{sayRoles(roles, page)}</td>
            <td role="cell">
              <span class="state">{say(`staff:standing.${standing}`)}</span>
            </td>
            <td role="cell">{lastSignInAt === undefined ? "–" : writtenTime(page, lastSignInAt)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
