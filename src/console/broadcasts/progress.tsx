import type { BatchState, DeliveryCounts } from "../../outbox/order.ts";
import { type Page, writtenNumber } from "../page.ts";
import { HoldNotice } from "./hold-notice.tsx";
import type { Snapshot } from "./progress-feed.ts";
import { writtenSecond } from "./times.ts";

/** Where residents are, as four columns that add up: handed, waiting, not handed, not known. */
const columns = {
  handed: ["accepted"],
  waiting: ["pending", "sending"],
  refused: ["rejected", "parked", "expired", "cancelled"],
  undetermined: ["undetermined"],
} as const satisfies Record<string, BatchState[]>;
type Column = keyof typeof columns;
const columnNames: Column[] = ["handed", "waiting", "refused", "undetermined"];

/** Each kind of what was not handed over, since what to do about it differs. */
const reasons = ["rejected", "parked", "expired", "cancelled"] as const;

function inColumn(counts: DeliveryCounts, column: Column): number {
  return columns[column].reduce((sum, state) => sum + counts[state], 0);
}

/** How far it is. The same piece stands in the page and comes every second while it goes. */
export function Progress({ page, broadcast, delivery, pace, hold }: { page: Page } & Snapshot) {
  const { say } = page;
  const number = (value: number) => writtenNumber(page, value);
  const goes = broadcast.state === "sending";
  if (delivery === undefined || broadcast.begunAt === undefined)
    return <p class="hint">{say("desk:progress.soon")}</p>;
  const { planned, accepted, planning } = delivery;
  const percent = planned === 0 ? 0 : Math.floor((accepted / planned) * 100);
  const languages = page.ward.languages.filter((id) => (delivery.byLanguage[id]?.planned ?? 0) > 0);
  const shown = columnNames.filter((column) => column !== "undetermined" || inColumn(delivery, column) > 0);
  const held = goes && hold !== undefined;
  return (
    <>
      {held && <HoldNotice page={page} hold={hold} />}
      <p class="total">
        {number(accepted)}
        <span class="of">{say("desk:progress.of", { planned: number(planned), percent })}</span>
      </p>
      <progress max={Math.max(1, planned)} value={accepted} aria-label={say("desk:progress.bar")} />
      {planning && <p class="hint">{say("desk:progress.planning")}</p>}
      <dl class="progress-figures">
        {shown.map((column) => (
          <div class={column === "undetermined" ? "figure unknown" : "figure"}>
            <dt>{say(`desk:progress.${column}`)}</dt>
            <dd>{number(inColumn(delivery, column))}</dd>
          </div>
        ))}
        {goes && (
          <>
            <div class="figure">
              <dt>{say("desk:progress.rate")}</dt>
              <dd>
                {held || pace.perSecond === undefined
                  ? "–"
                  : say("desk:progress.perSecond", { count: number(Math.round(pace.perSecond)) })}
              </dd>
            </div>
            <div class="figure">
              <dt>{say("desk:progress.left")}</dt>
              <dd>{timeLeft(page, held ? undefined : pace.secondsLeft)}</dd>
            </div>
          </>
        )}
      </dl>
      {reasons.some((state) => delivery[state] > 0) && (
        <ul class="reasons">
          {reasons
            .filter((state) => delivery[state] > 0)
            .map((state) => (
              <li>{say(`desk:reason.${state}`, { count: number(delivery[state]) })}</li>
            ))}
        </ul>
      )}
      {languages.length > 0 && (
        <div class="scrolls" tabindex={0} role="region" aria-label={say("desk:progress.byLanguage")}>
          <table class="figures-table">
            <caption class="visually-hidden">{say("desk:progress.byLanguage")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("count.language")}</th>
                <th scope="col">{say("desk:progress.planned")}</th>
                {shown.map((column) => (
                  <th scope="col">{say(`desk:progress.${column}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {languages.map((id) => {
                const counts = delivery.byLanguage[id];
                return (
                  counts !== undefined && (
                    <tr>
                      <th scope="row">{page.languageName(id)}</th>
                      <td>{number(counts.planned)}</td>
                      {shown.map((column) => (
                        <td>{number(inColumn(counts, column))}</td>
                      ))}
                    </tr>
                  )
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      <p class="hint">
        {say("desk:progress.times", {
          first: writtenSecond(page, delivery.firstRequestAt),
          last: writtenSecond(page, delivery.lastAcceptedAt),
        })}
      </p>
    </>
  );
}

function timeLeft({ say }: Page, seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  return seconds < 60
    ? say("desk:progress.seconds", { count: Math.max(1, Math.ceil(seconds)) })
    : say("desk:progress.minutes", { count: Math.ceil(seconds / 60) });
}
