import type { Platform } from "../platform.ts";
import type { Delivery } from "../webhook/delivery.ts";
import { preciseTime } from "./times.ts";
import { type PageContext } from "./view-context.ts";
import type { Words } from "./words.ts";

/** The ledger in numbers, the one that matters most in the largest type, and the latest webhooks. */
export function Figures({ platform, page }: { platform: Platform; page: PageContext }) {
  const { words } = page;
  const summary = platform.ledger.summary();
  const doubled = new Set(summary.doubled.map(({ userId }) => userId)).size;
  const count = (value: number) => ({ count: value.toLocaleString(page.language) });
  return (
    <>
      <p class={doubled > 0 ? "doubled doubled-wrong" : "doubled"}>
        <span class="doubled-name">{words("doubled")}</span>
        <strong>{words("people", count(doubled))}</strong>
      </p>
      <dl class="figures">
        <Figure name={words("accepted")} value={words("acceptedUnit", count(summary.batches))} />
        <Figure name={words("reached")} value={words("people", count(summary.users))} />
        <Figure name={words("copies")} value={words("copiesUnit", count(summary.copies))} />
        <Figure name={words("missed")} value={words("copiesUnit", count(summary.notDelivered))} />
      </dl>
      <h3>{words("webhooks")}</h3>
      <Webhooks deliveries={platform.webhook.deliveries()} words={words} />
    </>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const shownWebhooks = 6;

function Webhooks({ deliveries, words }: { deliveries: readonly Delivery[]; words: Words }) {
  if (deliveries.length === 0) return <p class="quiet">{words("noWebhooks")}</p>;
  return (
    <table class="webhooks">
      <thead>
        <tr>
          <th scope="col">{words("webhookAt")}</th>
          <th scope="col">{words("webhookEvents")}</th>
          <th scope="col">{words("webhookAnswer")}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries
          .slice(-shownWebhooks)
          .toReversed()
          .map((delivery) => (
            <tr>
              <td>{preciseTime(delivery.at)}</td>
              <td>{[...new Set(delivery.events.map((event) => event.type))].join(", ")}</td>
              <td>
                <Answer delivery={delivery} words={words} />
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

function Answer({ delivery, words }: { delivery: Delivery; words: Words }) {
  const { status, reason, durationMs } = delivery;
  const said = [status === 0 ? "" : String(status), reason === undefined ? "" : words(`reason.${reason}`)];
  return (
    <>
      <span class={reason === undefined ? "answer" : "answer answer-bad"}>
        {said.filter(Boolean).join(" ")}
      </span>{" "}
      <span class="quiet">{words("webhookMs", { ms: Math.round(durationMs) })}</span>
    </>
  );
}
