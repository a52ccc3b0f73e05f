import type { Alert } from "../../alerts/alert.ts";
import type { Delivery } from "../../outbox/order.ts";
import { type Page, writtenNumber } from "../page.ts";

interface Props {
  page: Page;
  alert: Alert;
  delivery: Delivery | undefined;
  followUps: Alert[];
}

/** How the drill went, in figures: what one wants to be faster at next time. */
export function DrillScore({ page, alert, delivery, followUps }: Props) {
  const { say } = page;
  const { raisedAt, confirmedAt } = alert;
  if (alert.mode === "live" || confirmedAt === undefined) return null;
  const first = followUps.find((each) => each.confirmedAt !== undefined);
  const rows: [string, string][] = [
    ["confirm", span(page, raisedAt, confirmedAt)],
    ["firstRequest", span(page, confirmedAt, delivery?.firstRequestAt)],
    ["lastAccepted", span(page, confirmedAt, delivery?.lastAcceptedAt)],
    ["followUps", writtenNumber(page, followUps.filter((each) => each.confirmedAt !== undefined).length)],
    ["firstFollowUp", span(page, confirmedAt, first?.confirmedAt)],
  ];
  return (
    <section class="drill-score">
      <h2>{say("alerts:score.title")}</h2>
      <table class="figures-table">
        <caption class="visually-hidden">{say("alerts:score.title")}</caption>
        <tbody>
          {rows.map(([name, value]) => (
            <tr>
              <th scope="row">{say(`alerts:score.${name}`)}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** In seconds to a tenth; minutes from a hundred seconds on. */
function span({ say }: Page, from: number, to: number | undefined): string {
  if (to === undefined) return "–";
  const seconds = Math.max(0, to - from) / 1_000;
  return seconds < 100
    ? say("alerts:score.seconds", { count: seconds.toFixed(1) })
    : say("alerts:score.minutes", { minutes: Math.floor(seconds / 60), seconds: Math.round(seconds % 60) });
}
