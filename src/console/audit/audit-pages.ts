import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type Response, Router } from "express";
import type { Auditing } from "../../audit/auditing.ts";
import { tokyoDate } from "../../shared/tokyo.ts";
import type { Context } from "../context.ts";
import { auditPage } from "./audit-page.tsx";
import { chainPage } from "./chain-page.tsx";
import { filterOf, readFilter } from "./filter-form.ts";
import { recordAsCsv } from "./record-csv.ts";

export interface AuditPagesDeps {
  context: Context;
  auditing: Auditing;
}

const onAPage = 50;

/** The record of who did what: read, filtered, taken along as a file, and its chain checked. */
export function createAuditPages({ context, auditing }: AuditPagesDeps): Router {
  const { signedIn, refuse, clock, ward } = context;
  const router = Router();
  router.get(
    "/audit",
    signedIn("audit.read", async (page, request, response) => {
      const form = readFilter(request.query);
      const before = /^\d{1,15}$/.test(form.before) ? Number(form.before) : undefined;
      const records = await auditing.list(page.actor, filterOf(ward, form), before, onAPage + 1);
      if ("refused" in records) return refuse(page, response, 403);
      const shown = records.slice(0, onAPage);
      const next = records.length > onAPage ? shown.at(-1)?.seq : undefined;
      const choices = await auditing.choices();
      // Drawn in a turn of its own: residents' webhooks come between.
      await nextTurn();
      response.send(auditPage({ page, form, records: shown, next, ...choices }));
    }),
  );
  router.post(
    "/audit/export",
    signedIn("audit.read", async (page, request, response) => {
      const file = await auditing.export(page.actor, filterOf(ward, readFilter(request.body)));
      if ("refused" in file) return refuse(page, response, 403);
      response.set({
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="audit-${tokyoDate(clock.now())}.csv"`,
      });
      await send(recordAsCsv(page, file.pages), response);
    }),
  );
  // The page asks for itself while a check goes.
  const unnoted = true;
  router.get(
    "/audit/chain",
    signedIn(
      "audit.read",
      async (page, _request, response) => {
        response.send(chainPage(page, auditing.checked()));
      },
      unnoted,
    ),
  );
  router.post(
    "/audit/chain",
    signedIn("audit.read", async (page, _request, response) => {
      await auditing.beginCheck(page.actor);
      response.redirect(303, "/console/audit/chain");
    }),
  );
  return router;
}

/** Sends a file as it is made. That the reader went away in the middle is no fault of ours. */
async function send(lines: AsyncIterable<string>, response: Response): Promise<void> {
  try {
    await pipeline(Readable.from(lines), response);
  } catch (error) {
    if (!response.destroyed) throw error;
  }
}
