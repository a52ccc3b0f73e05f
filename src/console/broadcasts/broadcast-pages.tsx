import { type Response, Router } from "express";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import type { BroadcastState } from "../../broadcasts/lifecycle.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { isRefusal } from "../../broadcasts/refusal.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import type { Actor } from "../../staff/permissions.ts";
import { sayRefusal } from "../compose/say-problem.ts";
import { type Context, fieldOf } from "../context.ts";
import { asFragment } from "../document.tsx";
import type { Page } from "../page.ts";
import { Progress, broadcastPage, isUnderWay } from "./broadcast-page.tsx";
import { homePage, listPage } from "./home.tsx";

export interface BroadcastPagesDeps {
  context: Context;
  broadcasts: Broadcasts;
  store: BroadcastStore;
  deliveries: DeliveryStore;
  reach: Reach;
}

interface Asked {
  version: number;
  comment: string | undefined;
}

const onAPage = 50;
/** Acts that ask for a second factor once more. */
const decisive: ReadonlySet<string> = new Set(["approve", "stop", "resume", "cancel"]);

/** Home, the list, one broadcast with the acts on it, and its progress. */
export function createBroadcastPages({
  context,
  broadcasts,
  store,
  deliveries,
  reach,
}: BroadcastPagesDeps): Router {
  const { sentences, clock, signedIn, hasFreshFactor, refuse } = context;

  async function show(page: Page, response: Response, broadcast: Broadcast, refusal?: string): Promise<void> {
    const [count, delivery] = await Promise.all([
      reach.count(broadcast.audience),
      deliveries.of(broadcast.id),
    ]);
    const explanation = reach.explain(broadcast.audience)[page.language];
    const now = clock.now();
    const started = delivery !== undefined && broadcast.begunAt !== undefined ? delivery : undefined;
    response
      .status(refusal === undefined ? 200 : 409)
      .send(
        broadcastPage({ page, broadcast, count, explanation, delivery: started, sentences, now, refusal }),
      );
  }

  const acts = {
    submit: (actor: Actor, id: string) => broadcasts.submit(actor, id),
    approve: (actor: Actor, id: string, { version }: Asked) => broadcasts.approve(actor, id, { version }),
    return: (actor: Actor, id: string, { comment }: Asked) => broadcasts.return(actor, id, comment),
    stop: (actor: Actor, id: string, { comment }: Asked) => broadcasts.stop(actor, id, comment),
    resume: (actor: Actor, id: string) => broadcasts.resume(actor, id),
    cancel: (actor: Actor, id: string, { comment }: Asked) => broadcasts.cancel(actor, id, comment),
  };
  const isAct = (name: string): name is keyof typeof acts => Object.hasOwn(acts, name);

  const router = Router();
  router.get(
    "/",
    signedIn("broadcast.read", async (page, _request, response) => {
      const inState = (state: BroadcastState) => store.list({ state, limit: onAPage });
      const [toApprove, returned, drafts, sending, scheduled, stopped, missed] = await Promise.all(
        (["submitted", "returned", "draft", "sending", "approved", "stopped", "missed"] as const).map(
          inState,
        ),
      );
      const mine = (all: Broadcast[] = []) => all.filter(({ writers }) => writers.includes(page.actor.id));
      response.send(
        homePage(page, {
          toApprove: (toApprove ?? []).filter(({ writers }) => !writers.includes(page.actor.id)),
          returned: mine(returned),
          drafts: mine(drafts),
          sending: sending ?? [],
          scheduled: (scheduled ?? []).toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)),
          stopped: stopped ?? [],
          missed: missed ?? [],
        }),
      );
    }),
  );
  router.get(
    "/broadcasts",
    signedIn("broadcast.read", async (page, request, response) => {
      const { before } = request.query;
      const list = await store.list({ limit: onAPage, ...(typeof before === "string" ? { before } : {}) });
      response.send(listPage(page, list, list.length < onAPage ? undefined : list.at(-1)?.id));
    }),
  );
  router.get(
    "/broadcasts/:id",
    signedIn("broadcast.read", async (page, request, response) => {
      const broadcast = await store.find(String(request.params["id"]));
      if (broadcast === undefined) refuse(page, response, 404);
      else await show(page, response, broadcast);
    }),
  );
  router.get(
    "/broadcasts/:id/progress",
    signedIn("broadcast.read", async (page, request, response) => {
      const broadcast = await store.find(String(request.params["id"]));
      const delivery = broadcast === undefined ? undefined : await deliveries.of(broadcast.id);
      if (broadcast === undefined || delivery === undefined) {
        refuse(page, response, 404);
        return;
      }
      // When it is over, other acts are possible: the page is loaded anew.
      if (!isUnderWay(broadcast)) response.set("hx-refresh", "true");
      response.send(asFragment(<Progress page={page} broadcast={broadcast} delivery={delivery} />));
    }),
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
      const comment = fieldOf(request, "comment").slice(0, 2_000);
      const asked = {
        version: Number(fieldOf(request, "version")),
        comment: comment.trim() === "" ? undefined : comment,
      };
      const done = await acts[name](page.actor, broadcast.id, asked);
      if (isRefusal(done)) await show(page, response, broadcast, sayRefusal(done, page, sentences).join(" "));
      else response.redirect(303, `/console/broadcasts/${broadcast.id}`);
    }),
  );
  return router;
}
