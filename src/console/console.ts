import express, { type ErrorRequestHandler, Router } from "express";
import helmet from "helmet";
import type { Logger } from "../shared/logger.ts";
import { isFromHere } from "../shared/same-origin.ts";
import {
  type AlertTemplatePagesDeps,
  createAlertTemplatePages,
} from "./alert-templates/alert-template-pages.ts";
import { type CallPagesDeps, createCallPages } from "./calls/call-pages.tsx";
import { type FeedPagesDeps, createFeedPages } from "./feeds/feed-pages.ts";
import type { AlertPagesDeps } from "./alerts/alert-pages-deps.ts";
import { createAlertPages } from "./alerts/alert-pages.tsx";
import { type DrillPagesDeps, createDrillPages } from "./alerts/drill-pages.tsx";
import { type AccountPagesDeps, createAccountPages } from "./account/account-pages.ts";
import { assets } from "./assets.ts";
import { type AuditPagesDeps, createAuditPages } from "./audit/audit-pages.ts";
import { type BroadcastPagesDeps, createBroadcastPages } from "./broadcasts/broadcast-pages.tsx";
import { type DeskPagesDeps, createDeskPages } from "./broadcasts/desk-pages.tsx";
import { type CatalogueDeps, createCataloguePages } from "./catalogue/catalogue-pages.ts";
import { type ComposeDeps, createComposePages } from "./compose/compose-pages.tsx";
import { type Context, type ContextDeps, createContext, fieldOf } from "./context.ts";
import { ofOurs } from "./ours.ts";
import { staffLanguages } from "./page.ts";
import { type SectionPagesDeps, createSectionPages } from "./sections/section-pages.ts";
import { type ReportPagesDeps, createReportPages } from "./reports/report-pages.ts";
import { type ResidentPagesDeps, createResidentPages } from "./residents/resident-pages.ts";
import { createInvitationPages } from "./sign-in/invitation-pages.ts";
import { createProviderPages } from "./sign-in/provider-pages.ts";
import { type SignInDeps, createSignInPages } from "./sign-in/sign-in-pages.ts";
import { createStepUpPages } from "./sign-in/step-up-pages.ts";
import { type StaffPagesDeps, createStaffPages } from "./staff/staff-pages.ts";

export type ConsoleDeps = { log: Logger } & ContextDeps &
  Omit<DeskPagesDeps, "context"> &
  Omit<BroadcastPagesDeps, "context"> &
  Omit<ComposeDeps, "context"> &
  Omit<AlertPagesDeps, "context"> &
  Omit<DrillPagesDeps, "context"> &
  Omit<SectionPagesDeps, "context"> &
  Omit<AuditPagesDeps, "context"> &
  Omit<CallPagesDeps, "context"> &
  Omit<FeedPagesDeps, "context"> &
  Omit<AlertTemplatePagesDeps, "context"> &
  Omit<CatalogueDeps, "context"> &
  Omit<ReportPagesDeps, "context"> &
  Omit<ResidentPagesDeps, "context"> &
  Omit<SignInDeps, "context"> &
  Omit<AccountPagesDeps, "context"> &
  Omit<StaffPagesDeps, "context">;

/** The staff pages: a face on the same functions as the API. No rule lives here. */
export function createConsole(deps: ConsoleDeps): Router {
  const context = createContext(deps);
  const parts = { ...deps, context };
  const router = Router();
  router.use(
    helmet({
      // After a lapsed session we lead back to the page that a form was on; other sites learn nothing.
      referrerPolicy: { policy: "same-origin" },
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
    else context.refuse(context.pageFor(request), response, "elsewhere");
  });
  router.use(express.urlencoded({ extended: false, limit: "1mb", parameterLimit: 2_000 }));
  router.post("/language", (request, response) => {
    const language = staffLanguages.find((each) => each === fieldOf(request, "language"));
    if (language !== undefined) context.rememberLanguage(response, language);
    response.redirect(303, ofOurs(fieldOf(request, "from")));
  });
  router.use(createSignInPages(parts));
  router.use(createInvitationPages(parts));
  router.use(createProviderPages(parts));
  router.use(createStepUpPages(parts));
  router.use(createAccountPages(parts));
  router.use(createStaffPages(parts));
  router.use(createComposePages(parts));
  router.use(createDeskPages(parts));
  router.use(createAlertPages(parts));
  router.use(createDrillPages(parts));
  router.use(createBroadcastPages(parts));
  router.use(createSectionPages(parts));
  router.use(createAuditPages(parts));
  router.use(createCataloguePages(parts));
  router.use(createReportPages(parts));
  router.use(createResidentPages(parts));
  router.use(createCallPages(parts));
  router.use(createFeedPages(parts));
  router.use(createAlertTemplatePages(parts));
  router.use(async (request, response) => {
    context.refuse(await context.pageIfAny(request), response, 404);
  });
  router.use(lastResort(context, deps.log));
  return router;
}

function lastResort({ refuse, pageIfAny }: Context, log: Logger): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
    const isTheirs = status >= 400 && status < 500;
    if (!isTheirs) log.error({ err: error }, "a staff page failed");
    const page = await pageIfAny(request);
    if (status === 413) return refuse(page, response, 413);
    // An address or a form that is none: half a percent sign, a form that broke off, another character set.
    refuse(page, response, isTheirs ? 400 : 500);
  };
}
