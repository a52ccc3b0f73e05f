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
    const key = /^Bearer +(\S{1,200})$/i.exec(request.headers.authorization ?? "")?.[1];
    const actor = key === undefined ? undefined : await staff.findByKey(key);
    if (actor !== undefined) return actor;
    // Only wrong keys are braked: behind a proxy everybody comes from one address, and nobody may lock the others out.
    const withinLimit = await wrongKeys.consume(request.ip ?? "unknown").then(
      () => true,
      () => false,
    );
    throw new ApiProblem(withinLimit ? "not_authenticated" : "too_many_attempts");
  };
}
