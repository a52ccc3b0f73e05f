import { type Response, Router } from "express";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import type { DeskStore } from "../../broadcasts/desk-store.ts";
import type { Deed, HistoryStore } from "../../broadcasts/history-store.ts";
import type { LookTwice } from "../../broadcasts/look-twice.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { type Refusal, isRefusal } from "../../broadcasts/refusal.ts";
import type { SeenBefore, SeenStore } from "../../broadcasts/seen-store.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { Warning } from "../../broadcasts/warnings.ts";
import type { UndeterminedDecision } from "../../outbox/settle-store.ts";
import type { HeadCount } from "../../residents/census/census.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { sayRefusal } from "../compose/say-problem.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import type { Typed } from "./acts.tsx";
import { broadcastPage } from "./broadcast-page.tsx";
import { streamProgress } from "./live-page.tsx";
import type { ProgressFeed } from "./progress-feed.ts";

export interface BroadcastPagesDeps {
  context: Context;
  broadcasts: Broadcasts;
  store: BroadcastStore;
  desk: DeskStore;
  history: HistoryStore;
  seen: SeenStore;
  reach: Reach;
  lookTwice: LookTwice;
  feed: ProgressFeed;
}

interface Asked {
  /** The version on the page; undefined when the form named none. */
  version: number | undefined;
  comment: string | undefined;
  decision: string;
}

const occurrencesShown = 30;
/** Once it has begun, what was handed over is shown, and not how many there would be now. */
const notCounted: HeadCount = { total: 0, byLanguage: {}, withoutPreferences: 0 };

/** While it is in one of these, somebody can still change what is said. */
const stillOpen: ReadonlySet<string> = new Set(["draft", "returned", "submitted"]);

/** Acts that ask for a second factor once more. */
const decisive: ReadonlySet<string> = new Set(["approve", "stop", "resume", "cancel", "decide"]);

/** One broadcast: what it is, the acts on it, and how it goes. */
export function createBroadcastPages(deps: BroadcastPagesDeps): Router {
  const { context, broadcasts, store, desk, history, seen, reach, lookTwice, feed } = deps;
  const { sentences, clock, signedIn, hasFreshFactor, refuse } = context;

  /** Only those who decide are told what changed; only what is submitted is decided about. */
  async function lookedAt({ actor }: SignedInPage, broadcast: Broadcast): Promise<SeenBefore | undefined> {
    const { id, version, state, writers } = broadcast;
    const decides = state === "submitted" && may(actor, "broadcast.approve") && !writers.includes(actor.id);
    return decides ? seen.look(actor.id, id, version, clock.now()) : undefined;
  }

  async function warningsOf(broadcast: Broadcast, { byLanguage }: HeadCount): Promise<Warning[]> {
    return stillOpen.has(broadcast.state) ? lookTwice(broadcast, byLanguage) : [];
  }

  async function show(
    page: SignedInPage,
    response: Response,
    id: string,
    refusal?: string,
    typed?: Typed,
  ): Promise<void> {
    const snapshot = await feed.look(id);
    if (snapshot === undefined) return refuse(page, response, 404);
    const { broadcast } = snapshot;
    if (broadcast.kind === "alert") return response.redirect(303, `/console/alerts/${id}`);
    const { seriesId, repeat } = broadcast;
    const [count, before, deeds, series, occurrences, change, control] = await Promise.all([
      broadcast.begunAt === undefined ? reach.count(broadcast.audience) : notCounted,
      lookedAt(page, broadcast),
      history.of(id),
      seriesId === undefined ? [] : desk.byIds([seriesId]),
      repeat === undefined ? [] : desk.occurrences(id, occurrencesShown),
      broadcasts.mayChange(page.actor, broadcast),
      broadcasts.mayControl(page.actor, broadcast),
    ]);
    response.status(refusal === undefined ? 200 : 409).send(
      broadcastPage({
        page: { ...page, path: `/console/broadcasts/${id}` },
        broadcast,
        snapshot,
        count,
        explain: (audience) => reach.explain(audience)[page.language],
        seen: before,
        warnings: await warningsOf(broadcast, count),
        deeds,
        series: series[0],
        occurrences,
        whose: { change: change === true, control: control === true },
        sentences,
        now: clock.now(),
        refusal,
        typed,
      }),
    );
  }

  const acts = {
    submit: (actor: Actor, id: string, { version }: Asked) => broadcasts.submit(actor, id, version),
    approve: (actor: Actor, id: string, { version = 0 }: Asked) => broadcasts.approve(actor, id, { version }),
    return: (actor: Actor, id: string, { comment, version }: Asked) =>
      broadcasts.return(actor, id, comment, version),
    stop: (actor: Actor, id: string, { comment }: Asked) => broadcasts.stop(actor, id, comment),
    resume: (actor: Actor, id: string) => broadcasts.resume(actor, id),
    cancel: (actor: Actor, id: string, { comment, version }: Asked) =>
      broadcasts.cancel(actor, id, comment, version),
    decide: async (actor: Actor, id: string, { decision }: Asked) =>
      isDecision(decision)
        ? broadcasts.decideUndetermined(actor, id, decision)
        : ({ refused: "nothing_undetermined" } satisfies Refusal),
  };
  const isAct = (name: string): name is keyof typeof acts => Object.hasOwn(acts, name);

  const router = Router();
  router.get(
    "/broadcasts/:id",
    signedIn("broadcast.read", (page, request, response) =>
      show(page, response, String(request.params["id"])),
    ),
  );
  const unnoted = true;
  router.get(
    "/broadcasts/:id/live",
    signedIn(
      "broadcast.read",
      async (page, request, response) => {
        const id = String(request.params["id"]);
        if ((await store.find(id)) === undefined) return refuse(page, response, 404);
        const { shown } = request.query;
        streamProgress(feed, context.stillSignedIn, { page, request, response, id, shown });
      },
      unnoted,
    ),
  );
  router.post(
    "/broadcasts/:id/:act",
    signedIn("broadcast.read", async (page, request, response) => {
      const name = String(request.params["act"]);
      const broadcast = await store.find(String(request.params["id"]));
      if (broadcast === undefined || !isAct(name)) {
        refuse(page, response, 404);
        return;
      }
      if (decisive.has(name) && !(await hasFreshFactor(page, request, response))) return;
      const { id } = broadcast;
      const comment = fieldOf(request, "comment").slice(0, 2_000);
      const version = Number(fieldOf(request, "version"));
      const done = await acts[name](page.actor, id, {
        version: Number.isInteger(version) && version > 0 ? version : undefined,
        comment: comment.trim() === "" ? undefined : comment,
        decision: fieldOf(request, "decision"),
      });
      if (!isRefusal(done) || isSoAlready(done, await history.of(id), page.actor, name))
        response.redirect(303, `/console/broadcasts/${id}`);
      else
        await show(page, response, id, sayRefusal(done, page, sentences).join(" "), { act: name, comment });
    }),
  );
  return router;
}

const tooLate = new Set(["wrong_state", "changed_meanwhile", "nothing_undetermined"]);

/** The same button pressed twice, or on a page from the browser's history: what was wanted is so, by this very person. */
function isSoAlready({ refused }: Refusal, deeds: Deed[], actor: Actor, name: string): boolean {
  const last = deeds.find((deed) => deed.actor !== "system");
  const act = `broadcast.${name === "decide" ? "decideUndetermined" : name}`;
  return tooLate.has(refused) && last?.actor === actor.id && last.act === act;
}

function isDecision(text: string): text is UndeterminedDecision {
  return text === "accepted" || text === "rejected" || text === "sendAgain";
}
