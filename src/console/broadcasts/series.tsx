import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Summary } from "../../broadcasts/desk-store.ts";
import type { Page } from "../page.ts";
import { State } from "./state.tsx";
import { writtenMoment } from "./times.ts";

interface Props {
  page: Page;
  broadcast: Broadcast;
  series: Summary | undefined;
  occurrences: Summary[];
  now: number;
}

/** From an occurrence to its series; from a series to what has come of it. The dates to come stand above. */
export function Series({ page, broadcast, series, occurrences, now }: Props) {
  const { say } = page;
  if (series !== undefined)
    return (
      <p>
        {say("desk:series.of")} <a href={`/console/broadcasts/${series.id}`}>{series.title}</a>
      </p>
    );
  if (broadcast.repeat === undefined) return null;
  return (
    <section>
      <h2>{say("desk:series.past")}</h2>
      {occurrences.length === 0 ? (
        <p class="nothing">{say("desk:series.none")}</p>
      ) : (
        <ul class="occurrences">
          {occurrences.map(({ id, state, dueAt, updatedAt }) => (
            <li>
              <a href={`/console/broadcasts/${id}`}>{writtenMoment(page, dueAt ?? updatedAt, now)}</a>{" "}
              <State page={page} state={state} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
