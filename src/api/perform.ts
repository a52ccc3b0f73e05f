import type { Request } from "express";
import type { z } from "zod";
import type { Actor } from "../staff/permissions.ts";
import { ApiProblem, type FieldProblem } from "./problem.ts";
import type { RawBody, Route } from "./route.ts";

/** Validates a request against its route's schemas and hands it to the route. */
export async function perform(route: Route, actor: Actor, request: Request, newId: string): Promise<unknown> {
  return route.handle({
    actor,
    params: checked(route.params, request.params, ""),
    query: checked(route.query, request.query, ""),
    body: route.rawBody === undefined ? checked(route.body, bodyOf(route, request), "") : rawBodyOf(request),
    seenVersion: versionOf(request.headers["if-match"]),
    newId,
  });
}

function bodyOf(route: Route, request: Request): unknown {
  if (route.body === undefined) return undefined;
  const body: unknown = request.body;
  if (body !== undefined) return body;
  const hasBody =
    Number(request.headers["content-length"] ?? 0) > 0 || request.headers["transfer-encoding"] !== undefined;
  if (hasBody) throw new ApiProblem("unsupported_media_type");
  return route.bodyOptional === true ? {} : undefined;
}

/** Only what the route takes was read. */
function rawBodyOf(request: Request): RawBody {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes)) throw new ApiProblem("unsupported_media_type");
  const [mediaType = ""] = (request.headers["content-type"] ?? "").split(";");
  return { bytes, mediaType: mediaType.trim().toLowerCase() };
}

function checked(schema: z.ZodType | undefined, value: unknown, at: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap((issue) => fieldsOf(issue, at)));
}

function fieldsOf(issue: z.core.$ZodIssue, at: string): FieldProblem[] {
  const path = [at, ...issue.path.map(String)].filter((part) => part !== "").join(".");
  if (issue.code !== "unrecognized_keys") return [{ field: path, code: issue.code, message: issue.message }];
  return issue.keys.map((key) => ({
    field: path === "" ? key : `${path}.${key}`,
    code: "unrecognized_key",
    message: issue.message,
  }));
}

export function invalid(errors: FieldProblem[]): ApiProblem {
  return new ApiProblem("invalid", { errors });
}

function versionOf(header: string | undefined): number | undefined {
  const digits = /^(?:W\/)?"?(\d+)"?$/.exec(header ?? "")?.[1];
  return digits === undefined ? undefined : Number(digits);
}
