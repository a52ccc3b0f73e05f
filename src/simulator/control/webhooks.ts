import { Router } from "express";
import { z } from "zod";
import type { Platform } from "../platform.ts";
import { webhookFaultKinds } from "../webhook/misbehaviour.ts";
import { control, nothing, pathPart, queryNumber } from "./control.ts";
import { asJson } from "./people.ts";

const fault = z.strictObject({
  does: z.enum(webhookFaultKinds),
  times: z.number().int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
});

/** The webhook: where it goes, what goes wrong with it, and bodies sent by hand. */
export function webhooks({ webhook }: Platform): Router {
  const router = Router();
  router.get(
    "/webhook",
    control(nothing, () => ({ url: webhook.url ?? null })),
  );
  router.put(
    "/webhook",
    control(z.object({ url: z.url().nullable() }), ({ url }) => {
      webhook.url = url ?? undefined;
      return { url };
    }),
  );
  router.get(
    "/webhook/deliveries",
    control(nothing, (_body, request) =>
      webhook
        .deliveries()
        .slice(-queryNumber(request, "limit", 100))
        .map((each) => ({ ...asJson(each), body: each.body.toString("utf8"), signature: each.signature })),
    ),
  );
  router.get(
    "/webhook/faults",
    control(nothing, () => webhook.faults.list()),
  );
  router.post(
    "/webhook/faults",
    control(fault, (rule) => webhook.misbehave(rule)),
  );
  router.delete(
    "/webhook/faults/:id",
    control(nothing, (_body, request) => ({ removed: webhook.faults.remove(pathPart(request, "id")) })),
  );
  router.delete(
    "/webhook/faults",
    control(nothing, () => webhook.faults.clear()),
  );
  router.post(
    "/webhook/release",
    control(nothing, () => webhook.releaseHeld()),
  );
  router.post(
    "/webhook/ping",
    control(nothing, async () => asJson(await webhook.ping())),
  );
  router.post(
    "/webhook/replay",
    control(nothing, async () => asJson(await webhook.replay())),
  );
  router.post(
    "/webhook/raw",
    control(z.object({ body: z.string(), signature: z.string().optional() }), async ({ body, signature }) =>
      asJson(await webhook.sendRaw(body, signature)),
    ),
  );
  router.post(
    "/webhook/giant",
    control(z.object({ bytes: z.number().int().min(1).max(50_000_000) }), async ({ bytes }) =>
      asJson(await webhook.sendGiant(bytes)),
    ),
  );
  return router;
}
