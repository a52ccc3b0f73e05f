import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import helmet from "helmet";
import type { Logger } from "../shared/logger.ts";
import { describeApi } from "./openapi.ts";
import type { Route } from "./route.ts";

export interface WebParts {
  health: Router;
  links: Router;
  pictures: Router;
  api: Router;
  console: Router;
  routes: Route[];
  version: string;
  log: Logger;
}

/** Puts the faces of the program together, but for the webhook, which has a way of its own. */
export function createWeb({
  health,
  links,
  pictures,
  api,
  console: staffPages,
  routes,
  version,
  log,
}: WebParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use("/console", staffPages);
  // No page is among these: helmet's usual policy would allow inline styles.
  const nothing = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: nothing } }));
  app.use(health);
  app.use(links);
  app.use(pictures);
  const description = describeApi(routes, version);
  app.get("/api/v1/openapi.json", (_request, response) => {
    response.json(description);
  });
  app.use("/api/v1", api);
  app.get("/", (_request, response) => {
    response.redirect(302, "/console");
  });
  app.use((_request, response) => {
    response.status(404).end();
  });
  app.use(lastResort(log));
  return app;
}

/** What no router turned into an answer of its own: bodies too large or cut off are the sender's, the rest is ours. */
function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    const known = status >= 400 && status < 500;
    if (!known) log.error({ err: error }, "a request failed");
    response.status(known ? status : 500).end();
  };
}
