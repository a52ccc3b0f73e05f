import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import helmet from "helmet";
import type { Logger } from "../shared/logger.ts";
import { describeApi } from "./openapi.ts";
import type { Route } from "./route.ts";

export interface WebParts {
  health: Router;
  links: Router;
  api: Router;
  routes: Route[];
  version: string;
  log: Logger;
}

/** Puts the faces of the program together, but for the webhook, which has a way of its own. */
export function createWeb({ health, links, api, routes, version, log }: WebParts): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(helmet({ contentSecurityPolicy: { directives: { "default-src": ["'none'"] } } }));
  app.use(health);
  app.use(links);
  const description = describeApi(routes, version);
  app.get("/api/v1/openapi.json", (_request, response) => {
    response.json(description);
  });
  app.use("/api/v1", api);
  app.get(["/", "/console", "/console/"], (_request, response) => {
    response.type("text/plain; charset=utf-8").send(frontPage);
  });
  app.use((_request, response) => {
    response.status(404).end();
  });
  app.use(lastResort(log));
  return app;
}

const frontPage = `回覧（Kairan）は動いています。職員用の画面はまだありません。APIの説明は /api/v1/openapi.json にあります。
Kairan is running. Staff pages are still to come. The API is described at /api/v1/openapi.json.
`;

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
