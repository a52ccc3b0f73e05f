import { Router } from "express";
import type { LinkStore } from "../broadcasts/link-store.ts";
import type { Links } from "../broadcasts/links.ts";
import type { BroadcastStore } from "../broadcasts/store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/logger.ts";
import { tokyoDate } from "../shared/tokyo.ts";

export interface LinkRouteDeps {
  links: Links;
  counts: LinkStore;
  store: BroadcastStore;
  clock: Clock;
  log: Logger;
}

/** `GET /r/<token>`: on to the page a broadcast links to. Counted by day; who tapped is not known. */
export function createLinkRouter({ links, counts, store, clock, log }: LinkRouteDeps): Router {
  const router = Router();
  router.get("/r/:token", async (request, response) => {
    const meant = links.read(request.params.token);
    const broadcast = meant === undefined ? undefined : await store.find(meant.broadcastId);
    const url = meant === undefined ? undefined : broadcast?.contents[meant.language]?.link?.url;
    if (meant === undefined || url === undefined) {
      response.status(404).type("text/plain").send("このリンクは使えません。 / This link cannot be used.\n");
      return;
    }
    if (request.method === "GET") {
      // The way on matters more than the count.
      counts
        .count(meant.broadcastId, meant.language, tokyoDate(clock.now()))
        .catch((error: unknown) => log.error({ err: error }, "a tap could not be counted"));
    }
    response.set("cache-control", "no-store").redirect(302, url);
  });
  return router;
}
