import type { HoldState } from "../../outbox/hold.ts";
import type { Page } from "../page.ts";
import { writtenClock, writtenDay } from "./times.ts";

/** Why nothing goes out at the moment: what happened, what Kairan does by itself, and what a person should do. */
export function HoldNotice({ page, hold }: { page: Page; hold: HoldState }) {
  const { say } = page;
  const { reason, since, detail } = hold;
  return (
    <section class="hold-notice">
      <h2>{say(`desk:hold.${reason}.title`)}</h2>
      <dl>
        <div>
          <dt>{say("desk:hold.happened")}</dt>
          <dd>
            {say(`desk:hold.${reason}.happened`, {
              time: `${writtenDay(page, since)} ${writtenClock(page, since)}`,
            })}
          </dd>
        </div>
        <div>
          <dt>{say("desk:hold.itself")}</dt>
          <dd>{say(`desk:hold.${reason}.itself`)}</dd>
        </div>
        <div>
          <dt>{say("desk:hold.you")}</dt>
          <dd>{say(`desk:hold.${reason}.you`)}</dd>
        </div>
      </dl>
      <details>
        <summary>{say("desk:hold.detail")}</summary>
        <p lang="en">{detail}</p>
      </details>
    </section>
  );
}
