import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { may } from "../../staff/permissions.ts";
import { asDocument } from "../document.tsx";
import { type Page, writtenTime } from "../page.ts";

/** What is on the home page, each list newest or soonest first. */
export interface Desk {
  toApprove: Broadcast[];
  returned: Broadcast[];
  drafts: Broadcast[];
  sending: Broadcast[];
  scheduled: Broadcast[];
  stopped: Broadcast[];
  missed: Broadcast[];
}

export function homePage(page: Page, desk: Desk): string {
  const { say, actor } = page;
  const needsMe = [
    ...(actor !== undefined && may(actor, "broadcast.approve") ? desk.toApprove : []),
    ...desk.returned,
    ...desk.stopped,
    ...desk.missed,
  ];
  return asDocument({
    page,
    title: say("nav.home"),
    children: (
      <>
        <section>
          <h2>{say("home.needsMe")}</h2>
          <Broadcasts page={page} broadcasts={needsMe} nothing={say("home.nothingNeedsMe")} />
        </section>
        {desk.sending.length > 0 && (
          <section>
            <h2>{say("home.sending")}</h2>
            <Broadcasts page={page} broadcasts={desk.sending} nothing="" />
          </section>
        )}
        <section>
          <h2>{say("home.scheduled")}</h2>
          <Broadcasts page={page} broadcasts={desk.scheduled} nothing={say("home.nothingScheduled")} />
        </section>
        <section>
          <h2>{say("home.drafts")}</h2>
          <Broadcasts page={page} broadcasts={desk.drafts} nothing={say("home.noDrafts")} />
        </section>
      </>
    ),
  });
}

interface ListProps {
  page: Page;
  broadcasts: Broadcast[];
  nothing: string;
}

export function Broadcasts({ page, broadcasts, nothing }: ListProps) {
  const { say } = page;
  if (broadcasts.length === 0) return <p class="nothing">{nothing}</p>;
  return (
    <ul class="broadcasts">
      {broadcasts.map(({ id, title, state, dueAt, sendAt, updatedAt }) => {
        const goes = dueAt ?? sendAt;
        return (
          <li>
            <a href={`/console/broadcasts/${id}`}>{title}</a>{" "}
            <span class={`state ${state}`}>{say(`state.${state}`)}</span>{" "}
            <span class="hint">
              {goes === undefined
                ? say("home.changed", { time: writtenTime(page, updatedAt) })
                : say("home.goes", { time: writtenTime(page, goes) })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

export function listPage(page: Page, broadcasts: Broadcast[], next: string | undefined): string {
  const { say } = page;
  return asDocument({
    page,
    title: say("nav.broadcasts"),
    children: (
      <>
        <Broadcasts page={page} broadcasts={broadcasts} nothing={say("home.noBroadcasts")} />
        {next !== undefined && (
          <p>
            <a href={`/console/broadcasts?before=${next}`}>{say("home.older")}</a>
          </p>
        )}
      </>
    ),
  });
}
