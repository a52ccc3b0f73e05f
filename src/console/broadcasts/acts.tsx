import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { mayResume } from "../../broadcasts/control.ts";
import { type Act, actsIn } from "../../broadcasts/lifecycle.ts";
import { type Permission, may } from "../../staff/permissions.ts";
import { type Page, type SignedInPage } from "../page.ts";

const permissions: Partial<Record<Act, Permission>> = {
  edit: "broadcast.write",
  submit: "broadcast.write",
  approve: "broadcast.approve",
  return: "broadcast.approve",
  stop: "broadcast.stop",
  cancel: "broadcast.stop",
};

/** What was typed beside an act that was refused. */
export interface Typed {
  act: string;
  comment: string;
}

/** Whether a broadcast is this person's to change, and to stop, as far as sections go. */
export interface Whose {
  change: boolean;
  control: boolean;
}

const asWriter: ReadonlySet<Act> = new Set(["edit", "submit"]);
const asController: ReadonlySet<Act> = new Set(["stop", "resume", "cancel"]);

/** The acts that are possible now and allowed to this person; what is refused all the same is said by the rules below. */
export function possibleActs(
  { actor }: SignedInPage,
  broadcast: Broadcast,
  { change, control }: Whose,
): Set<Act> {
  const { writers } = broadcast;
  const own = writers.includes(actor.id);
  return new Set(
    actsIn(broadcast).filter((act) => {
      const permission = permissions[act];
      if ((asWriter.has(act) && !change) || (asController.has(act) && !control)) return false;
      if (act === "approve" && own) return false;
      if (act === "resume") return mayResume(actor, broadcast);
      if (act === "return" && own) return change && may(actor, "broadcast.write");
      return permission !== undefined && may(actor, permission);
    }),
  );
}

interface ActProps {
  page: Page;
  broadcast: Broadcast;
  act: Act;
  label?: string;
  secondary?: boolean;
}

/** One button; pressing it twice sends it once. */
export function ActButton({ page, broadcast, act, label, secondary = false }: ActProps) {
  return (
    <form method="post" action={`/console/broadcasts/${broadcast.id}/${act}`} data-once>
      <input type="hidden" name="version" value={broadcast.version} />
      <button class={secondary ? "secondary" : undefined}>{label ?? page.say(`act.${act}`)}</button>
    </form>
  );
}

/** An act that is asked for twice: what it means and why it is done are said before its button appears. */
export function ConfirmedAct({ page, broadcast, act, typed }: ActProps & { typed: Typed | undefined }) {
  const { say } = page;
  const again = typed?.act === act ? typed.comment : undefined;
  return (
    <details class="confirmed" open={again !== undefined}>
      <summary class="button secondary">{say(`desk:act.${act}`)}</summary>
      <form method="post" action={`/console/broadcasts/${broadcast.id}/${act}`} data-once>
        <input type="hidden" name="version" value={broadcast.version} />
        <p>{say(`desk:confirm.${act}`)}</p>
        <p class="field">
          <label for={`comment-${act}`}>{say(`act.${act}Comment`)}</label>
          <textarea
            id={`comment-${act}`}
            name="comment"
            maxLength={2_000}
            rows={3}
            required={act === "return"}
          >
            {again ?? ""}
          </textarea>
        </p>
        <button class={act === "return" ? undefined : "danger"}>{say(`act.${act}`)}</button>
      </form>
    </details>
  );
}

/** All acts but approving and returning by somebody else, which stand beside what is decided about. */
export function OtherActs({
  page,
  broadcast,
  whose,
  typed,
}: {
  page: SignedInPage;
  broadcast: Broadcast;
  whose: Whose;
  typed: Typed | undefined;
}) {
  const { say, actor } = page;
  const acts = possibleActs(page, broadcast, whose);
  const shared = { page, broadcast, typed };
  const own = broadcast.writers.includes(actor.id);
  // What was returned is mended before it is handed in again.
  const mendFirst = broadcast.state === "returned" && acts.has("edit");
  const edit = acts.has("edit") && (
    <a class={mendFirst ? "button" : "button secondary"} href={`/console/broadcasts/${broadcast.id}/edit`}>
      {say("act.edit")}
    </a>
  );
  if (acts.size === 0) return null;
  return (
    <div class="acts">
      {mendFirst && edit}
      {acts.has("submit") && <ActButton {...shared} act="submit" secondary={mendFirst} />}
      {acts.has("resume") && <ActButton {...shared} act="resume" />}
      {!mendFirst && edit}
      {acts.has("return") && own && (
        <ActButton {...shared} act="return" label={say("desk:act.takeBack")} secondary />
      )}
      {acts.has("stop") && <ConfirmedAct {...shared} act="stop" />}
      {acts.has("cancel") && <ConfirmedAct {...shared} act="cancel" />}
    </div>
  );
}
