import express, { type ErrorRequestHandler, Router } from "express";
import helmet from "helmet";
import type { Logger } from "../shared/logger.ts";
import { isFromHere } from "../shared/same-origin.ts";
import { assets } from "./assets.ts";
import { type BroadcastPagesDeps, createBroadcastPages } from "./broadcasts/broadcast-pages.tsx";
import { type CatalogueDeps, createCataloguePages } from "./catalogue/catalogue-pages.ts";
import { type ComposeDeps, createComposePages } from "./compose/compose-pages.tsx";
import { type Context, type ContextDeps, createContext, fieldOf } from "./context.ts";
import { staffLanguages } from "./page.ts";
import { type SignInDeps, createSignInPages } from "./sign-in/sign-in-pages.ts";

export type ConsoleDeps = { log: Logger } & ContextDeps &
  Omit<BroadcastPagesDeps, "context"> &
  Omit<ComposeDeps, "context"> &
  Omit<CatalogueDeps, "context"> &
  Omit<SignInDeps, "context">;

/** The staff pages: a face on the same functions as the API. No rule lives here. */
export function createConsole(deps: ConsoleDeps): Router {
  const context = createContext(deps);
  const parts = { ...deps, context };
  const router = Router();
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", "data:", "https:"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
    }),
  );
  router.use("/assets", assets());
  router.use((request, response, next) => {
    response.set("cache-control", "no-store");
    if (request.method === "GET" || request.method === "HEAD" || isFromHere(request.headers)) next();
    else context.refuse(context.pageFor(request), response, 403);
  });
  router.use(express.urlencoded({ extended: false, limit: "1mb", parameterLimit: 2_000 }));
  router.post("/language", (request, response) => {
    const language = staffLanguages.find((each) => each === fieldOf(request, "language"));
    if (language !== undefined) context.rememberLanguage(response, language);
    response.redirect(303, ofOurs(fieldOf(request, "from")));
  });
  router.use(createSignInPages(parts));
  router.use(createComposePages(parts));
  router.use(createBroadcastPages(parts));
  router.use(createCataloguePages(parts));
  router.use((request, response) => {
    context.refuse(context.pageFor(request), response, 404);
  });
  router.use(lastResort(context, deps.log));
  return router;
}

/** Only a page of ours: "//elsewhere" would be another site. */
function ofOurs(path: string): string {
  return /^\/console(?![^/?])/.test(path) ? path : "/console";
}

function lastResort({ refuse, pageFor }: Context, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    if (status === 413) return refuse(pageFor(request), response, 413);
    if (status >= 400 && status < 500) return void response.status(status).end();
    log.error({ err: error }, "a staff page failed");
    refuse(pageFor(request), response, 500);
  };
}
