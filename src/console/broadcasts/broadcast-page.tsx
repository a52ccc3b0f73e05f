import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Summary } from "../../broadcasts/desk-store.ts";
import type { Deed } from "../../broadcasts/history-store.ts";
import type { SeenBefore } from "../../broadcasts/seen-store.ts";
import type { Warning } from "../../broadcasts/warnings.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import type { Sentences } from "../../shared/i18n.ts";
import { may } from "../../staff/permissions.ts";
import { Count, Dates, Phones } from "../compose/beside.tsx";
import { Warnings } from "../compose/warnings-view.tsx";
import { asDocument } from "../document.tsx";
import { type SignedInPage, writtenTime } from "../page.ts";
import { OtherActs, type Typed, type Whose } from "./acts.tsx";
import { Comment } from "./comment.tsx";
import { Decision } from "./decision.tsx";
import { History } from "./history.tsx";
import { LiveProgress } from "./live-progress.tsx";
import type { Snapshot } from "./progress-feed.ts";
import { Series } from "./series.tsx";
import { State } from "./state.tsx";

export interface BroadcastView {
  page: SignedInPage;
  broadcast: Broadcast;
  snapshot: Snapshot;
  count: HeadCount;
  explain: (audience: Broadcast["audience"]) => string;
  seen: SeenBefore | undefined;
  /** What its writer and its approver should look at twice. */
  warnings: Warning[];
  deeds: Deed[];
  /** The repeating broadcast that this one is an occurrence of. */
  series: Summary | undefined;
  /** What has come of this repeating one so far, newest first. */
  occurrences: Summary[];
  whose: Whose;
  sentences: Sentences;
  now: number;
  /** Said when an act was refused. */
  refusal: string | undefined;
  typed: Typed | undefined;
}

export function broadcastPage(view: BroadcastView): string {
  const { page, broadcast } = view;
  return asDocument({ page, title: broadcast.title, children: <View {...view} /> });
}

function View(view: BroadcastView) {
  const { page, broadcast, count, explain, sentences, now, refusal, typed } = view;
  const { say } = page;
  return (
    <div class="compose">
      <div class="sheet broadcast">
        {refusal !== undefined && (
          <div class="problems" role="alert">
            <p>{refusal}</p>
          </div>
        )}
        <Head {...view} />
        <Comment {...view} />
        <Sending {...view} />
        <Warnings page={page} warnings={view.warnings} />
        <Decision {...view} />
        <OtherActs page={page} broadcast={broadcast} whose={view.whose} typed={typed} />
        {broadcast.begunAt === undefined && (
          <>
            <Dates page={page} broadcast={broadcast} now={now} halted={halted.has(broadcast.state)} />
            <Count page={page} count={count} explanation={explain(broadcast.audience)} />
          </>
        )}
        <Series {...view} />
        <History page={page} deeds={view.deeds} now={now} />
      </div>
      <aside class="beside" aria-label={say("compose.beside")}>
        <Phones page={page} contents={broadcast.contents} sentences={sentences} />
      </aside>
    </div>
  );
}

/** It does not go out as it stands. */
const halted = new Set(["stopped", "cancelled", "missed"]);
const reported = new Set(["sending", "sent", "stopped"]);

function Head({ page, broadcast }: BroadcastView) {
  const { say } = page;
  return (
    <p class="head">
      <State page={page} state={broadcast.state} />{" "}
      <span class="hint">{say("home.changed", { time: writtenTime(page, broadcast.updatedAt) })}</span>
      {reported.has(broadcast.state) && broadcast.begunAt !== undefined && (
        <a href={`/console/broadcasts/${broadcast.id}/report`}>{say("desk:report")}</a>
      )}
      {may(page.actor, "broadcast.write") && (
        <a href={`/console/broadcasts/new?from=${broadcast.id}`}>{say("compose:copyThis")}</a>
      )}
    </p>
  );
}

/** So long before it goes the page already waits for it. */
const soonMs = 15 * 60_000;

function Sending({ page, broadcast, snapshot, now }: BroadcastView) {
  const { id, state, begunAt, dueAt } = broadcast;
  const soon =
    state === "approved" && broadcast.repeat === undefined && dueAt !== undefined && dueAt - now < soonMs;
  if (begunAt === undefined && !soon) return null;
  const live = state === "sending" || soon;
  return (
    <LiveProgress
      page={page}
      broadcast={broadcast}
      snapshot={snapshot}
      live={live}
      at={`/console/broadcasts/${id}`}
    />
  );
}
