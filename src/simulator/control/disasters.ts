import { Router } from "express";
import { z } from "zod";
import { feedNames } from "../jma/agency.ts";
import { agencyFaultKinds } from "../jma/agency-faults.ts";
import { type DisasterOptions, disasterKinds } from "../jma/disasters.ts";
import { intensities } from "../jma/earthquakes.ts";
import type { Platform } from "../platform.ts";
import { control, nothing, pathPart } from "./control.ts";

const telegram = z.strictObject({
  type: z.string().regex(/^[A-Z]{4}[0-9]{2}$/, "is four letters and two digits, such as VPWW55"),
  xml: z.string(),
  office: z
    .string()
    .regex(/^[0-9A-Za-z]{1,20}$/)
    .optional(),
  title: z.string().optional(),
  feed: z.enum(feedNames).optional(),
  href: z.string().optional(),
});
const disaster = z.strictObject({
  kind: z.enum(disasterKinds),
  municipality: z.object({ code: z.string().optional(), name: z.string().optional() }).optional(),
  level: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]).optional(),
  intensity: z.enum(intensities).optional(),
  tsunami: z.enum(["majorWarning", "warning", "advisory"]).optional(),
  status: z.enum(["通常", "訓練", "試験"]).optional(),
}) satisfies z.ZodType<DisasterOptions>;
const fault = z.strictObject({
  on: z.enum(["feeds", "data", "*"]).default("*"),
  does: z.enum(agencyFaultKinds),
  ms: z.number().min(0).optional(),
  times: z.number().int().min(1).optional(),
});
const settings = z.strictObject({
  shortMs: z.number().min(0).optional(),
  longMs: z.number().min(0).optional(),
  longRebuildMs: z.number().min(0).optional(),
  validators: z.enum(["both", "etag", "lastModified", "none"]).optional(),
});

/** JMA: telegrams published by hand, ready-made disasters, and what goes wrong with its feeds. */
export function disasters({ jma }: Platform): Router {
  const router = Router();
  const path = "/jma/telegrams";
  router.get(
    path,
    control(nothing, () => jma.published()),
  );
  router.post(
    path,
    control(telegram, (body) => jma.publish(body)),
  );
  router.post(
    "/jma/disasters",
    control(disaster, ({ kind, ...options }) => jma.happen(kind, options)),
  );
  router.get(
    "/jma/requests",
    control(nothing, () => jma.requests()),
  );
  router.get(
    "/jma/faults",
    control(nothing, () => jma.faults.list()),
  );
  router.post(
    "/jma/faults",
    control(fault, (body) => jma.faults.add(body)),
  );
  router.delete(
    "/jma/faults/:id",
    control(nothing, (_body, request) => ({ removed: jma.faults.remove(pathPart(request, "id")) })),
  );
  router.delete(
    "/jma/faults",
    control(nothing, () => jma.faults.clear()),
  );
  router.patch(
    "/jma/settings",
    control(settings, (changes) => Object.assign(jma.settings, changes)),
  );
  return router;
}
