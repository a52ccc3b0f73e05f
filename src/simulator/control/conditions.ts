import { Router } from "express";
import { z } from "zod";
import { faultKinds } from "../faults/faults.ts";
import { type EndpointName, endpointNames } from "../http/endpoints.ts";
import type { Platform } from "../platform.ts";
import { switchesSchema } from "../switches.ts";
import { control, nothing, pathPart } from "./control.ts";

const endpointName = z.enum(endpointNames as [EndpointName, ...EndpointName[]]);
const milliseconds = z.number().min(0);
const frequency = {
  times: z.number().int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
};
const fault = z.strictObject({
  on: z.union([endpointName, z.literal("*")]).default("*"),
  does: z.enum(faultKinds),
  ms: milliseconds.optional(),
  ...frequency,
});
const network = z.strictObject({
  down: z.boolean().optional(),
  latency: z.object({ minMs: milliseconds, maxMs: milliseconds }).optional(),
  refuseForMs: milliseconds.optional(),
});
const limits = z.strictObject({
  enforced: z.boolean().optional(),
  factor: z.number().positive().optional(),
  endpoint: z
    .object({ name: endpointName, count: z.number().positive(), perMs: z.number().positive() })
    .optional(),
});
const quota = z.discriminatedUnion("type", [
  z.object({ type: z.literal("none") }),
  z.object({ type: z.literal("limited"), value: z.number().int().min(0) }),
]);
const clock = z.strictObject({
  freeze: z.boolean().optional(),
  advanceMs: milliseconds.optional(),
  moveTo: z.union([z.number(), z.iso.datetime({ offset: true })]).optional(),
});
const tokens = z.strictObject({
  expireStateless: z.boolean().optional(),
  longLivedRevoked: z.boolean().optional(),
});
/** Without their defaults: what is not named stays as it is. */
const somePartOfSwitches = z.partialRecord(z.enum(Object.keys(switchesSchema.shape)), z.unknown());

/** The conditions under which the bot has to work: faults, network, limits, quota, tokens, time, switches. */
export function conditions(platform: Platform, refuseFor: (ms: number) => void): Router {
  const router = Router();

  const showFaults = control(nothing, () => platform.faults.list());
  router.get("/faults", showFaults);
  router.post(
    "/faults",
    control(fault, (rule) => platform.faults.add(rule)),
  );
  router.delete(
    "/faults/:id",
    control(nothing, (_body, request) => ({ removed: platform.faults.remove(pathPart(request, "id")) })),
  );
  router.delete(
    "/faults",
    control(nothing, () => platform.faults.clear()),
  );

  const tellNetwork = () => ({ down: platform.network.down, latency: platform.network.latency });
  router.get("/network", control(nothing, tellNetwork));
  router.put(
    "/network",
    control(network, ({ down, latency, refuseForMs }) => {
      if (down !== undefined) platform.network.down = down;
      if (latency !== undefined) platform.network.latency = latency;
      if (refuseForMs !== undefined) refuseFor(refuseForMs);
      return tellNetwork();
    }),
  );

  router.put(
    "/limits",
    control(limits, ({ enforced, factor, endpoint }) => {
      if (enforced === true) platform.limits.on();
      if (enforced === false) platform.limits.off();
      if (factor !== undefined) platform.limits.scale(factor);
      if (endpoint !== undefined) platform.limits.set(endpoint.name, endpoint);
    }),
  );

  const tellQuota = () => ({ limit: platform.quota.limit, used: platform.quota.used() });
  router.get("/quota", control(nothing, tellQuota));
  router.put(
    "/quota",
    control(quota, (limit) => {
      platform.quota.limit = limit;
      return tellQuota();
    }),
  );

  router.post(
    "/tokens",
    control(tokens, ({ expireStateless, longLivedRevoked }) => {
      if (expireStateless === true) platform.tokens.expireAll();
      if (longLivedRevoked !== undefined) platform.tokens.revokeLongLived(longLivedRevoked);
    }),
  );

  const tellTime = () => {
    const now = platform.clock.now();
    return { now, iso: new Date(now).toISOString(), frozen: platform.clock.frozen };
  };
  router.get("/clock", control(nothing, tellTime));
  router.post(
    "/clock",
    control(clock, ({ freeze, advanceMs, moveTo }) => {
      if (freeze === true) platform.clock.freeze();
      if (freeze === false) platform.clock.unfreeze();
      if (advanceMs !== undefined) platform.clock.advance(advanceMs);
      if (moveTo !== undefined) platform.clock.moveTo(new Date(moveTo).getTime());
      return tellTime();
    }),
  );

  router.get(
    "/switches",
    control(nothing, () => platform.switches),
  );
  router.patch(
    "/switches",
    control(somePartOfSwitches, (changes) =>
      Object.assign(platform.switches, switchesSchema.parse({ ...platform.switches, ...changes })),
    ),
  );
  return router;
}
