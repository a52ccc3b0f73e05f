import { drillMarks } from "../messages/drill-mark.ts";
import { createLookOnceMore } from "../alerts/look-once-more.ts";
import type { Addressees } from "../broadcasts/addressees.ts";
import { createBroadcasts } from "../broadcasts/broadcasts.ts";
import type { BroadcastDeps } from "../broadcasts/deps.ts";
import { createLinks } from "../broadcasts/links.ts";
import { createReach } from "../broadcasts/reach.ts";
import { createRelease } from "../broadcasts/release.ts";
import { lineApi } from "../config/variables.ts";
import type { Line } from "../line/line-client.ts";
import { createSendBatch } from "../line/send-batch.ts";
import { createPictureFor } from "../messages/own-picture.ts";
import { createDispatcher } from "../outbox/dispatcher.ts";
import { createPlanner } from "../outbox/planner.ts";
import type { Ground } from "./ground.ts";
import type { Stores } from "./stores.ts";

export type Sending = ReturnType<typeof createSending>;

/** Broadcasts and their way out: who is meant, what is due, the outbox. */
export function createSending(ground: Ground, stores: Stores, line: Line) {
  const { config, overrides, ward, sentences, clock, ids, log, owner, metrics, tasks } = ground;
  const { audiences, heads, deliveries, orders, claims, settles } = stores;
  const reach = createReach({
    ward,
    sentences,
    audiences,
    heads,
    deliveries,
    testPhones: stores.phones.linked,
  });
  const dispatcher = createDispatcher({
    claims,
    settles,
    send: createSendBatch(line),
    refuses: createLookOnceMore({
      testPhones: stores.phones.linked,
      drillMarks: drillMarks(sentences, ward.languages),
    }),
    clock,
    log,
    owner,
    random: Math.random,
    requestsPerSecond: config.line.multicastsPerSecond,
    ...(overrides.firstRetryMs === undefined ? {} : { firstRetryMs: overrides.firstRetryMs }),
    attempted: (outcome) => metrics.attempts.inc({ outcome }),
    settled: () => tasks.run("finish", release.finishSent),
  });
  const planner = createPlanner({
    orders,
    plans: stores.plans,
    pager: (audience, after, dueAt) => reach.page(JSON.parse(audience) as Addressees, after, dueAt),
    log,
    planned: dispatcher.poke,
  });
  const opened = () => {
    planner.poke();
    dispatcher.poke();
  };
  const deps: BroadcastDeps = {
    store: stores.broadcasts,
    orders,
    settles,
    deliveries,
    reach,
    links: createLinks(config.publicUrl, config.authSecret),
    pictureFor: createPictureFor(config.publicUrl, config.line.apiBaseUrl !== lineApi),
    ward,
    sentences,
    clock,
    ids,
    log,
    sectionsOf: stores.sections.sectionsOf,
    opened,
  };
  const release = createRelease(deps);
  const broadcasts = createBroadcasts({ ...deps, opened: () => tasks.run("release", release.releaseDue) });
  const { links, pictureFor } = deps;
  return { reach, dispatcher, planner, opened, links, pictureFor, release, broadcasts };
}
