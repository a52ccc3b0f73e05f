import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Delivery } from "../../outbox/order.ts";
import { may } from "../../staff/permissions.ts";
import { Choice } from "../form-parts.tsx";
import { type SignedInPage, writtenNumber } from "../page.ts";

interface Props {
  page: SignedInPage;
  broadcast: Broadcast;
  delivery: Delivery;
}

/** Nobody can know whether LINE took these: what that means, and the decision, for those who may make it (invariant 5). */
export function Undetermined({ page, broadcast, delivery }: Props) {
  const { say, actor } = page;
  if (delivery.undetermined === 0) return null;
  const decisions = [
    "accepted",
    "rejected",
    ...(broadcast.state === "sending" ? (["sendAgain"] as const) : []),
  ] as const;
  return (
    <section class="undetermined">
      <h2>{say("desk:undetermined.title", { count: writtenNumber(page, delivery.undetermined) })}</h2>
      <p>{say("desk:undetermined.meaning")}</p>
      {may(actor, "broadcast.decide") ? (
        <form method="post" action={`/console/broadcasts/${broadcast.id}/decide`} data-once>
          <input type="hidden" name="version" value={broadcast.version} />
          <fieldset>
            <legend>{say("desk:undetermined.question")}</legend>
            {decisions.map((decision) => (
              <Choice
                type="radio"
                name="decision"
                value={decision}
                checked={decision === "accepted"}
                label={say(`desk:undetermined.${decision}Label`)}
              />
            ))}
          </fieldset>
          <button>{say("desk:undetermined.decide")}</button>
        </form>
      ) : (
        <p class="hint">{say("desk:undetermined.ask")}</p>
      )}
    </section>
  );
}
