import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { SeenBefore } from "../../broadcasts/seen-store.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import { may } from "../../staff/permissions.ts";
import { type SignedInPage, writtenNumber } from "../page.ts";
import { ActButton, ConfirmedAct, type Typed, type Whose, possibleActs } from "./acts.tsx";
import { Changes } from "./changes.tsx";
import { writtenMoment } from "./times.ts";

interface Props {
  page: SignedInPage;
  broadcast: Broadcast;
  count: HeadCount;
  seen: SeenBefore | undefined;
  explain: (audience: Broadcast["audience"]) => string;
  now: number;
  whose: Whose;
  typed: Typed | undefined;
}

/** Approving or returning: what changed, what will happen, and the two buttons. */
export function Decision({ page, broadcast, count, seen, explain, now, whose, typed }: Props) {
  const { say } = page;
  const acts = possibleActs(page, broadcast, whose);
  if (broadcast.state !== "submitted") return null;
  if (!acts.has("approve"))
    return <p class="nothing">{say(isOwn(page, broadcast) ? "approve.own" : "desk:waits")}</p>;
  return (
    <section class="decision">
      <Changes page={page} broadcast={broadcast} seen={seen} explain={explain} now={now} />
      <p class="to-phone">
        <a href="#previews-title">{say("preview.look")}</a>
      </p>
      <p class="consequence">{consequence(page, broadcast, count, now)}</p>
      {count.total === 0 && <p class="warning">{say("desk:nobody")}</p>}
      <div class="acts">
        <ActButton page={page} broadcast={broadcast} act="approve" />
        <ConfirmedAct page={page} broadcast={broadcast} act="return" typed={typed} />
      </div>
    </section>
  );
}

/** Only who approves others' notices needs to be told why not this one. */
function isOwn({ actor }: SignedInPage, { writers }: Broadcast): boolean {
  return writers.includes(actor.id) && may(actor, "broadcast.approve");
}

function consequence(page: SignedInPage, broadcast: Broadcast, count: HeadCount, now: number): string {
  const { say } = page;
  const values = {
    count: writtenNumber(page, count.total),
    languages: Object.values(count.byLanguage).filter((residents) => residents > 0).length,
  };
  if (broadcast.repeat !== undefined) return say("desk:consequence.repeat", values);
  const { sendAt } = broadcast;
  return sendAt === undefined || sendAt <= now
    ? say("desk:consequence.now", values)
    : say("desk:consequence.at", { ...values, time: writtenMoment(page, sendAt, now) });
}
