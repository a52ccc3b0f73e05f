import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { type Act, actsIn } from "../../broadcasts/lifecycle.ts";
import type { Delivery } from "../../outbox/order.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { type Permission, may } from "../../staff/permissions.ts";
import { Count, Dates, Phones } from "../compose/beside.tsx";
import { asDocument } from "../document.tsx";
import { type Page, writtenNumber, writtenTime } from "../page.ts";

interface Props {
  page: Page;
  broadcast: Broadcast;
  count: HeadCount;
  explanation: string;
  delivery: Delivery | undefined;
  sentences: Sentences;
  now: number;
  /** Said when an act was refused. */
  refusal: string | undefined;
}

export function broadcastPage(props: Props): string {
  const { page, broadcast } = props;
  return asDocument({ page, title: broadcast.title, children: <View {...props} /> });
}

function View(props: Props) {
  const { page, broadcast, count, explanation, delivery, sentences, now, refusal } = props;
  const { say } = page;
  return (
    <div class="compose">
      <div class="sheet">
        {refusal !== undefined && (
          <div class="problems" role="alert">
            <p>{refusal}</p>
          </div>
        )}
        <p>
          <span class={`state ${broadcast.state}`}>{say(`state.${broadcast.state}`)}</span>{" "}
          <span class="hint">{say("home.changed", { time: writtenTime(page, broadcast.updatedAt) })}</span>
        </p>
        {broadcast.comment !== undefined && <blockquote class="comment">{broadcast.comment}</blockquote>}
        <Dates page={page} broadcast={broadcast} now={now} />
        {delivery === undefined ? (
          <Count page={page} count={count} explanation={explanation} />
        ) : (
          <Progress page={page} broadcast={broadcast} delivery={delivery} />
        )}
        <Acts {...props} />
      </div>
      <aside class="beside" aria-label={say("compose.beside")}>
        <Phones page={page} contents={broadcast.contents} sentences={sentences} />
      </aside>
    </div>
  );
}

const shown = [
  "accepted",
  "pending",
  "sending",
  "rejected",
  "cancelled",
  "expired",
  "undetermined",
  "parked",
] as const;

export function isUnderWay({ state }: Broadcast): boolean {
  return state === "sending" || state === "approved";
}

/** How far it is; asked for again every second while it goes. */
export function Progress({
  page,
  broadcast,
  delivery,
}: {
  page: Page;
  broadcast: Broadcast;
  delivery: Delivery;
}) {
  const { say } = page;
  const goes = isUnderWay(broadcast);
  const live = goes
    ? {
        "hx-get": `/console/broadcasts/${broadcast.id}/progress`,
        "hx-trigger": "every 1s",
        "hx-swap": "outerHTML",
      }
    : {};
  return (
    <section id="progress" class="count" {...live}>
      <h2>{say("progress.title")}</h2>
      <p class="total">
        {say("progress.handed", {
          accepted: writtenNumber(page, delivery.accepted),
          planned: writtenNumber(page, delivery.planned),
        })}
      </p>
      <progress
        max={Math.max(1, delivery.planned)}
        value={delivery.accepted}
        aria-label={say("progress.title")}
      />
      <dl>
        {shown
          .filter((state) => delivery[state] > 0)
          .map((state) => (
            <div>
              <dt>{say(`progress.${state}`)}</dt>
              <dd>{writtenNumber(page, delivery[state])}</dd>
            </div>
          ))}
      </dl>
    </section>
  );
}

const permissions: Partial<Record<Act, Permission>> = {
  edit: "broadcast.write",
  submit: "broadcast.write",
  approve: "broadcast.approve",
  return: "broadcast.approve",
  stop: "broadcast.stop",
  resume: "broadcast.resume",
  cancel: "broadcast.stop",
};

/** As they stand on the page: what is usual first, what ends things last. `edit` is a link of its own. */
const order = ["submit", "approve", "return", "resume", "stop", "cancel"] as const satisfies Act[];

/** The acts that are possible now and allowed to this person; what is refused all the same is said by the rules below. */
function Acts({ page, broadcast, count }: Props) {
  const { say, actor } = page;
  const acts = new Set(
    actsIn(broadcast.state).filter((act) => {
      const permission = permissions[act];
      return actor !== undefined && permission !== undefined && may(actor, permission);
    }),
  );
  const inOrder = order.filter((act) => acts.has(act));
  const own = actor !== undefined && broadcast.writers.includes(actor.id);
  const languages = Object.values(count.byLanguage).filter((residents) => residents > 0).length;
  const consequence = say("approve.consequence", {
    count: writtenNumber(page, count.total),
    languages,
    when: broadcast.sendAt === undefined ? say("approve.now") : writtenTime(page, broadcast.sendAt),
  });
  return (
    <div class="acts">
      {actor !== undefined && may(actor, "broadcast.write") && (
        <a class="button secondary" href={`/console/broadcasts/new?from=${broadcast.id}`}>
          {say("compose:copyThis")}
        </a>
      )}
      {acts.has("edit") && (
        <a class="button secondary" href={`/console/broadcasts/${broadcast.id}/edit`}>
          {say("act.edit")}
        </a>
      )}
      {acts.has("approve") && own && <p class="nothing">{say("approve.own")}</p>}
      {acts.has("approve") && !own && <p class="consequence">{consequence}</p>}
      {inOrder
        .filter((act) => !(act === "approve" && own))
        .map((act) => (
          <form method="post" action={`/console/broadcasts/${broadcast.id}/${act}`}>
            <input type="hidden" name="version" value={broadcast.version} />
            {(act === "return" || act === "stop" || act === "cancel") && (
              <p class="field">
                <label for={`comment-${act}`}>{say(`act.${act}Comment`)}</label>
                <input id={`comment-${act}`} name="comment" maxLength={2_000} />
              </p>
            )}
            <button class={act === "approve" || act === "submit" ? undefined : "secondary"}>
              {say(`act.${act}`)}
            </button>
          </form>
        ))}
    </div>
  );
}
