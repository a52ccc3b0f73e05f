import type { Alert } from "../../alerts/alert.ts";
import type { Heads } from "../../alerts/prepare.ts";
import { may } from "../../staff/permissions.ts";
import { Field } from "../form-parts.tsx";
import type { SignedInPage } from "../page.ts";
import { confirmSentence, reachSentence } from "./alert-beside.tsx";
import { lapsesAt, timeLeft } from "./alert-parts.tsx";
import { goesBeyondDrill } from "./drill-limits.ts";

/** What was typed beside an act that was refused. */
export interface TypedAlone {
  phrase: string;
  reason: string;
  phraseWrong: boolean;
  reasonMissing: boolean;
}

interface Props {
  page: SignedInPage;
  alert: Alert;
  heads: Heads;
  /** Where this page is found by somebody else. */
  address: string;
  typed: TypedAlone | undefined;
  now: number;
}

/** Whose turn it is while it waits: another duty officer's, or that of whoever raised it. */
export function Waiting(props: Props) {
  const { page, alert, now } = props;
  const { say, actor } = page;
  const own = actor.id === alert.raisedBy;
  const mayConfirm = may(actor, "alert.confirm");
  if (goesBeyondDrill(page, alert)) return <LeaveDrillFirst page={page} />;
  return (
    <section class={`decision confirm-alert ${alert.mode}`}>
      <p class="hint">{say("alerts:confirm.within", { left: timeLeft(page, lapsesAt(alert), now) })}</p>
      {own || !mayConfirm ? <WaitsForOther {...props} own={own} /> : <Confirm {...props} />}
      {own && mayConfirm && alert.aloneAllowed && <Alone {...props} />}
      {may(actor, "alert.raise") && <Discard page={page} alert={alert} />}
    </section>
  );
}

/** What is in front of them is meant, and they are in a drill. */
export function LeaveDrillFirst({ page }: { page: SignedInPage }) {
  const { say } = page;
  return (
    <section class="hold-notice">
      <h2>{say("alerts:beyond.title")}</h2>
      <p>{say("alerts:beyond.text")}</p>
      <form method="post" action="/console/drill/end" data-once>
        <button>{say("alerts:drill.end")}</button>
      </form>
    </section>
  );
}

function Confirm({ page, alert, heads }: Props) {
  const { say } = page;
  return (
    <>
      <p class="consequence">{confirmSentence(page, alert, heads)}</p>
      <p class="to-phone">
        <a href="#previews-title">{say("preview.look")}</a>
      </p>
      <form method="post" action={`/console/alerts/${alert.id}/confirm`} data-once>
        <input type="hidden" name="version" value={alert.version} />
        <button class="confirm-button">{say(`alerts:confirm.${alert.mode}`)}</button>
      </form>
    </>
  );
}

function WaitsForOther({ page, alert, heads, address, own }: Props & { own: boolean }) {
  const { say } = page;
  return (
    <>
      <p class="consequence">{say(own ? "alerts:confirm.waits" : "alerts:confirm.waitsForDuty")}</p>
      <p>{reachSentence(page, alert, heads)}</p>
      {own && (
        <>
          <p class="hint">{say("alerts:confirm.pass")}</p>
          <code class="once">{address}</code>
          <p data-copy data-copied={say("staff:once.copied")} hidden>
            <button type="button" class="secondary">
              {say("staff:once.copy")}
            </button>{" "}
            <span role="status" />
          </p>
        </>
      )}
    </>
  );
}

/** Break-glass: one person, a typed phrase and a reason; whoever approves is told at once. */
function Alone({ page, alert, typed }: Props) {
  const { say } = page;
  const phrase = say(`alerts:phrase.${alert.mode === "live" ? "live" : "drill"}`);
  return (
    <details class="alone" open={typed !== undefined}>
      <summary class="button secondary danger">{say("alerts:alone.open")}</summary>
      <form method="post" action={`/console/alerts/${alert.id}/confirm`} novalidate data-once>
        <input type="hidden" name="version" value={alert.version} />
        <input type="hidden" name="alone" value="yes" />
        <p>{say("alerts:alone.meaning")}</p>
        <Field
          name="phrase"
          label={say("alerts:alone.phrase", { phrase })}
          value={typed?.phrase ?? ""}
          max={40}
          autocomplete="off"
          {...(typed?.phraseWrong === true ? { problem: say("alerts:alone.phraseWrong", { phrase }) } : {})}
        />
        <Field
          name="reason"
          label={say("alerts:alone.reason")}
          hint={say("alerts:alone.reasonHint")}
          value={typed?.reason ?? ""}
          max={500}
          {...(typed?.reasonMissing === true ? { problem: say("alerts:refused.reason_missing") } : {})}
        />
        <button class="danger">{say(`alerts:alone.send.${alert.mode}`)}</button>
      </form>
    </details>
  );
}

function Discard({ page, alert }: { page: SignedInPage; alert: Alert }) {
  return (
    <form class="discard" method="post" action={`/console/alerts/${alert.id}/discard`} data-once>
      <button class="secondary">{page.say("alerts:discard")}</button>
      <span class="hint">{page.say("alerts:discardHint")}</span>
    </form>
  );
}

/** An act that is asked for twice, and announces nothing. */
export function SilentAct({
  page,
  alert,
  act,
}: {
  page: SignedInPage;
  alert: Alert;
  act: "stop" | "resume" | "end";
}) {
  const { say } = page;
  return (
    <details class="confirmed">
      <summary class="button secondary">{say(`alerts:act.${act}.open`)}</summary>
      <form method="post" action={`/console/alerts/${alert.id}/${act}`} data-once>
        <p>{say(`alerts:act.${act}.meaning`)}</p>
        <button class={act === "resume" ? undefined : "danger"}>{say(`alerts:act.${act}.do`)}</button>
      </form>
    </details>
  );
}
