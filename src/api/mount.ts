import express, { type Request, type Response, Router } from "express";
import { answerOnce } from "./answer-once.ts";
import { answerProblem } from "./answer-problem.ts";
import { createAuthenticate } from "./authenticate.ts";
import type { MountDeps } from "./mount-deps.ts";
import { ApiProblem } from "./problem.ts";
import type { Route } from "./route.ts";

/** Serves routes: authenticates, validates, answers once per `Idempotency-Key`, and turns problems into problem details. */
export function mountRoutes(routes: Route[], deps: MountDeps): Router {
  const router = Router();
  const authenticate = createAuthenticate(deps.staff);
  for (const each of routes) {
    if (each.rawBody !== undefined)
      router[each.method](
        expressPath(each.path),
        express.raw({ limit: "1mb", type: Object.keys(each.rawBody) }),
      );
  }
  router.use(express.json({ limit: "1mb", type: ["application/json", "application/*+json"] }));

  for (const each of routes) {
    router[each.method](expressPath(each.path), async (request: Request, response: Response) => {
      const byKey = () => authenticate(request);
      const actor = await (each.authenticate?.(request, byKey) ?? byKey());
      await answerOnce(each, actor, request, response, deps);
    });
  }
  refuseOtherMethods(router, routes);
  router.use(() => {
    throw new ApiProblem("not_found");
  });
  router.use(answerProblem(deps));
  return router;
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function refuseOtherMethods(router: Router, routes: Route[]): void {
  for (const path of new Set(routes.map((each) => each.path))) {
    router.all(expressPath(path), (request) => {
      throw new ApiProblem("method_not_allowed", { values: { method: request.method } });
    });
  }
}
