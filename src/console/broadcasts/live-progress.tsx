import type { ComponentChildren } from "preact";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { SignedInPage } from "../page.ts";
import { type Snapshot, phaseOf } from "./progress-feed.ts";
import { Progress } from "./progress.tsx";
import { Undetermined } from "./undetermined.tsx";

/** Fetches what becomes of a broadcast while the page stands open, and loads the page anew once it is in another phase. */
export function watching(snapshot: Snapshot): object {
  return {
    "hx-ext": "sse",
    "sse-connect": `/console/broadcasts/${snapshot.broadcast.id}/live?shown=${phaseOf(snapshot)}`,
    "sse-close": "over",
  };
}

interface Props {
  page: SignedInPage;
  broadcast: Broadcast;
  snapshot: Snapshot;
  /** Whether there is something to watch. */
  live: boolean;
  /** The address of the page, for those without a script. */
  at: string;
  children?: ComponentChildren;
}

/** How far a broadcast or an alert has come, going on by itself while it goes, and what can be done about it. */
export function LiveProgress({ page, broadcast, snapshot, live, at, children }: Props) {
  const { say } = page;
  return (
    <section class="progress" {...(live ? watching(snapshot) : {})}>
      <h2>{say("progress.title")}</h2>
      <div {...(live ? { "sse-swap": "progress" } : {})}>
        <Progress page={page} {...snapshot} />
      </div>
      {live && (
        <noscript>
          <p>
            <a href={at}>{say("desk:progress.refresh")}</a>
          </p>
        </noscript>
      )}
      {snapshot.delivery !== undefined && (
        <Undetermined page={page} broadcast={broadcast} delivery={snapshot.delivery} />
      )}
      {children}
    </section>
  );
}
