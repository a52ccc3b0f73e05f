import { createHash } from "node:crypto";
import type { Request, Response } from "express";
import { encodeTime } from "ulid";
import type { Actor } from "../staff/permissions.ts";
import type { MountDeps } from "./mount-deps.ts";
import { invalid, perform } from "./perform.ts";
import { ApiProblem } from "./problem.ts";
import { OtherStatus, type Route } from "./route.ts";

/** Answers a request, and a repeat of it with the same `Idempotency-Key` in the same way without doing it again. */
export async function answerOnce(
  route: Route,
  actor: Actor,
  request: Request,
  response: Response,
  deps: MountDeps,
): Promise<void> {
  const key = request.headers["idempotency-key"];
  if (route.method === "get" || route.rawBody !== undefined || typeof key !== "string" || key === "") {
    const done = await perform(route, actor, request, deps.ids.ulid());
    const { status, body } = done instanceof OtherStatus ? done : { status: route.status, body: done };
    response.status(status).json(body);
    return;
  }
  if (key.length > 200)
    throw invalid([{ field: "Idempotency-Key", code: "too_long", limit: 200, actual: key.length }]);
  const { idempotency } = deps;
  const begun = await idempotency.begin(actor.id, key, fingerprint(request), deps.clock.now());
  if (begun.kind === "different") throw new ApiProblem("idempotency_key_reused");
  if (begun.kind === "answered") {
    response
      .set("idempotent-replayed", "true")
      .status(begun.answer.status)
      .type("json")
      .send(begun.answer.body);
    return;
  }
  if (begun.kind === "underWay" && underWay.has(`${actor.id} ${key}`))
    throw new ApiProblem("request_in_progress");
  // "Under way", but not here: an earlier process died in the middle. Doing it again is safe, since what it makes gets
  // the same id and every act checks the state it starts from.
  underWay.add(`${actor.id} ${key}`);
  try {
    const body = JSON.stringify(await perform(route, actor, request, idOf(actor.id, key, begun.since)));
    await idempotency.finish(actor.id, key, { status: route.status, body });
    response.status(route.status).type("json").send(body);
  } catch (error) {
    await idempotency.forget(actor.id, key);
    throw error;
  } finally {
    underWay.delete(`${actor.id} ${key}`);
  }
}

const underWay = new Set<string>();

function fingerprint(request: Request): string {
  return createHash("sha256")
    .update(JSON.stringify([request.method, request.originalUrl, request.body ?? null]))
    .digest("hex");
}

/** A ULID made of the key and the time it was first seen: a repeat after a crash makes the same thing again, not a second one. */
function idOf(staffId: string, key: string, since: number): string {
  const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const digest = createHash("sha256").update(`${staffId}\0${key}`).digest();
  return (
    encodeTime(since, 10) +
    Array.from({ length: 16 }, (_, index) => alphabet[(digest[index] ?? 0) & 31]).join("")
  );
}
