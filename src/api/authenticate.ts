import type { Request } from "express";
import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Actor } from "../staff/permissions.ts";
import type { StaffStore } from "../staff/store.ts";
import { ApiProblem } from "./problem.ts";

const wrongKeysPerMinute = 120;

/** Finds whose key a request carries. @throws ApiProblem `not_authenticated`, `too_many_attempts` */
export function createAuthenticate(staff: StaffStore): (request: Request) => Promise<Actor> {
  const wrongKeys = new RateLimiterMemory({ points: wrongKeysPerMinute, duration: 60 });
  return async (request) => {
    const from = request.ip ?? "unknown";
    const key = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? "")?.[1];
    const tried = await wrongKeys.get(from);
    if (tried !== null && tried.consumedPoints >= wrongKeysPerMinute)
      throw new ApiProblem("too_many_attempts");
    const actor = key === undefined ? undefined : await staff.findByKey(key);
    if (actor !== undefined) return actor;
    // Who is over the limit is refused by the look above; the counter itself need not say so.
    await wrongKeys.consume(from).catch(() => undefined);
    throw new ApiProblem("not_authenticated");
  };
}
