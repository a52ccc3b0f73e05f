import { createHmac, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import type { Clock } from "../shared/clock.ts";
import type { Actor } from "../staff/permissions.ts";
import { ApiProblem } from "./problem.ts";

/** A system of the ward that is known by its signature alone. It has no role: what it may do is report. */
export const device: Actor = {
  id: "device",
  name: "device",
  roles: [],
  sections: [],
  categories: undefined,
  mayAddressEveryone: false,
};

/** A signature is good for this long before and after the moment it was made for. */
const signatureLifeMs = 5 * 60_000;

/**
 * Knows who reports a hazard: somebody's key, or a signature `X-Kairan-Signature: sha256=<hex>`, the HMAC-SHA256 of
 * `<timestamp>.<body>` with the shared secret, `X-Kairan-Timestamp` being seconds (or milliseconds) since 1970. A signature that is
 * there must be right, also beside a key.
 */
export function createReporterCheck(secret: string | undefined, clock: Clock) {
  return async (request: Request, byKey: () => Promise<Actor>): Promise<Actor> => {
    const signature = request.headers["x-kairan-signature"];
    const timestamp = request.headers["x-kairan-timestamp"];
    if (signature === undefined && timestamp === undefined) return byKey();
    if (!isSigned(request, secret, signature, timestamp, clock.now()))
      throw new ApiProblem("not_authenticated");
    return request.headers.authorization === undefined ? device : byKey();
  };
}

function isSigned(
  request: Request,
  secret: string | undefined,
  signature: string | string[] | undefined,
  timestamp: string | string[] | undefined,
  now: number,
): boolean {
  if (secret === undefined || typeof signature !== "string" || typeof timestamp !== "string") return false;
  if (!/^\d{10}(\d{3})?$/.test(timestamp)) return false;
  const at = Number(timestamp) * (timestamp.length === 10 ? 1000 : 1);
  if (Math.abs(now - at) > signatureLifeMs) return false;
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature)?.[1];
  if (given === undefined) return false;
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const expected = createHmac("sha256", secret).update(`${timestamp}.`).update(bytes).digest();
  return timingSafeEqual(Buffer.from(given, "hex"), expected);
}
