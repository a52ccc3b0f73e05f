import { z } from "zod";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import { draftChangeSchema, draftSchema } from "../../broadcasts/draft.ts";
import type { LinkStore } from "../../broadcasts/link-store.ts";
import { broadcastStates } from "../../broadcasts/lifecycle.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { DeliveryStore } from "../../outbox/delivery-store.ts";
import type { HoldState } from "../../outbox/hold.ts";
import type { Clock } from "../../shared/clock.ts";
import { type Actor, may } from "../../staff/permissions.ts";
import { ApiProblem, type ProblemCode } from "../problem.ts";
import { type Route, route } from "../route.ts";
import { broadcastAnswer, deliveryAnswer, iso, presentBroadcast, presentDelivery } from "./present.ts";
import { orRefuse } from "./refuse.ts";

export interface BroadcastRouteDeps {
  broadcasts: Broadcasts;
  store: BroadcastStore;
  deliveries: DeliveryStore;
  links: LinkStore;
  reach: Reach;
  clock: Clock;
  hold: () => HoldState | undefined;
}

const params = z.strictObject({ id: z.string() });
const usual: ProblemCode[] = ["not_authenticated", "role_missing", "not_found"];
const changing: ProblemCode[] = [...usual, "wrong_state", "changed_meanwhile", "invalid", "outside_section"];

export function broadcastRoutes(deps: BroadcastRouteDeps): Route[] {
  const { broadcasts, store, deliveries, reach, clock } = deps;
  const present = (broadcast: Broadcast) => presentBroadcast(broadcast, reach, clock.now());

  async function found(actor: Actor, id: string): Promise<Broadcast> {
    if (!may(actor, "broadcast.read")) throw new ApiProblem("role_missing");
    const broadcast = await store.find(id);
    if (broadcast === undefined) throw new ApiProblem("not_found");
    return broadcast;
  }

  /** Of a repeating broadcast, its occurrences too. */
  async function deliveriesOf(broadcast: Broadcast) {
    const occurrences =
      broadcast.repeat === undefined ? [] : await store.list({ seriesId: broadcast.id, limit: 1_000 });
    const all = await Promise.all([broadcast, ...occurrences].map((each) => deliveries.of(each.id)));
    return all.filter((each) => each !== undefined);
  }

  /** An act on one broadcast that needs nothing but its id. */
  function act(name: "submit" | "resume", summary: string): Route {
    return route({
      method: "post",
      path: `/broadcasts/{id}/${name}`,
      summary,
      params,
      status: 200,
      answer: broadcastAnswer,
      problems: changing,
      handle: async ({ actor, params: { id } }) => present(orRefuse(await broadcasts[name](actor, id))),
    });
  }

  /** An act on one broadcast that may be explained to its writers. */
  function actWithComment(name: "return" | "stop" | "cancel", summary: string): Route {
    return route({
      method: "post",
      path: `/broadcasts/{id}/${name}`,
      summary,
      params,
      body: z.strictObject({ comment: z.string().max(2_000).optional() }),
      bodyOptional: true,
      status: 200,
      answer: broadcastAnswer,
      problems: changing,
      handle: async ({ actor, params: { id }, body }) =>
        present(orRefuse(await broadcasts[name](actor, id, body.comment))),
    });
  }

  return [
    route({
      method: "post",
      path: "/broadcasts",
      summary: "Write a broadcast; it is a draft until it is submitted and approved",
      body: draftSchema,
      status: 201,
      answer: broadcastAnswer,
      problems: ["not_authenticated", "role_missing", "outside_section", "invalid"],
      handle: async ({ actor, body, newId }) =>
        present(orRefuse(await broadcasts.create(actor, body, newId))),
    }),
    route({
      method: "get",
      path: "/broadcasts",
      summary: "Broadcasts, newest first",
      query: z.strictObject({
        state: z.enum(broadcastStates).optional(),
        seriesId: z.string().optional(),
        before: z.string().optional().describe("Goes on after this id."),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
      status: 200,
      answer: z.strictObject({ broadcasts: z.array(broadcastAnswer), next: z.string().nullable() }),
      problems: ["not_authenticated", "role_missing", "invalid"],
      handle: async ({ actor, query }) => {
        if (!may(actor, "broadcast.read")) throw new ApiProblem("role_missing");
        const page = await store.list(query);
        return {
          broadcasts: page.map(present),
          next: page.length < query.limit ? null : (page.at(-1)?.id ?? null),
        };
      },
    }),
    route({
      method: "get",
      path: "/broadcasts/{id}",
      summary: "One broadcast",
      params,
      status: 200,
      answer: broadcastAnswer,
      problems: usual,
      handle: async ({ actor, params }) => present(await found(actor, params.id)),
    }),
    route({
      method: "patch",
      path: "/broadcasts/{id}",
      summary: "Change a draft or a returned broadcast; absent fields stay as they are",
      params,
      body: draftChangeSchema,
      status: 200,
      answer: broadcastAnswer,
      problems: changing,
      handle: async ({ actor, params, body, seenVersion }) =>
        present(orRefuse(await broadcasts.edit(actor, params.id, body, seenVersion))),
    }),
    act("submit", "Hand it in for approval"),
    route({
      method: "post",
      path: "/broadcasts/{id}/approve",
      summary: "Approve it, if you are not one of its writers; without sendAt it goes now",
      params,
      body: z.strictObject({
        version: z.int().optional().describe("The version you saw."),
        missingTranslations: z.enum(["refuse", "fallback"]).optional(),
      }),
      bodyOptional: true,
      status: 200,
      answer: broadcastAnswer,
      problems: [...changing, "approver_is_author", "translations_missing", "send_time_passed"],
      handle: async ({ actor, params, body, seenVersion }) =>
        present(
          orRefuse(
            await broadcasts.approve(actor, params.id, { ...body, version: body.version ?? seenVersion }),
          ),
        ),
    }),
    actWithComment("return", "Give it back to its writers, with a comment"),
    actWithComment("stop", "Stop it: nothing more goes out until it is resumed"),
    act("resume", "Go on with a stopped broadcast"),
    actWithComment("cancel", "End it for good: nothing more is ever sent of it"),
    route({
      method: "post",
      path: "/broadcasts/{id}/undetermined",
      summary: "Decide about residents of whom LINE never told whether it took the message",
      params,
      body: z.strictObject({
        decision: z
          .enum(["accepted", "rejected", "sendAgain"])
          .describe("sendAgain may give somebody two copies."),
      }),
      status: 200,
      answer: broadcastAnswer,
      problems: [...changing, "nothing_undetermined"],
      handle: async ({ actor, params, body }) =>
        present(orRefuse(await broadcasts.decideUndetermined(actor, params.id, body.decision))),
    }),
    route({
      method: "get",
      path: "/broadcasts/{id}/delivery",
      summary: "What became of it, in residents",
      params,
      status: 200,
      answer: deliveryAnswer,
      problems: usual,
      handle: async ({ actor, params }) => {
        const broadcast = await found(actor, params.id);
        const hold = deps.hold();
        return {
          ...presentDelivery(await deliveriesOf(broadcast)),
          linkTaps: await deps.links.taps(broadcast.id),
          hold: hold === undefined ? null : { ...hold, since: iso(hold.since) },
        };
      },
    }),
  ];
}
