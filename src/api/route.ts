import type { Request } from "express";
import type { z } from "zod";
import type { Actor } from "../staff/permissions.ts";
import type { ProblemCode } from "./problem.ts";

/** What an endpoint is handed: everything is validated, and somebody is behind it. */
export interface Call<Params, Query, Body> {
  actor: Actor;
  params: Params;
  query: Query;
  body: Body;
  /** The version in `If-Match`, if one was sent. */
  seenVersion: number | undefined;
  /** An id for what this request makes: the same each time the request is repeated with its `Idempotency-Key`. */
  newId: string;
}

export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
> {
  method: "get" | "post" | "patch" | "put";
  /** Below `/api/v1`, with `{id}` for parameters. */
  path: string;
  summary: string;
  params?: Params;
  query?: Query;
  body?: Body;
  /** An absent body is read as `{}`. */
  bodyOptional?: boolean;
  /**
   * By media type, what a body may be that is handed over as it came, as {@link RawBody}: for what is signed, or is not
   * JSON. Such a route must make nothing of what it is sent twice: it knows no `Idempotency-Key`.
   */
  rawBody?: Record<string, z.ZodType>;
  /** Other ways to know who asks than by their key. */
  authenticate?(request: Request, byKey: () => Promise<Actor>): Promise<Actor>;
  status: 200 | 201;
  answer: z.ZodType;
  problems: ProblemCode[];
  handle(call: Call<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<unknown>;
}

/** A body as it came. */
export interface RawBody {
  bytes: Buffer;
  /** Without parameters, in small letters. */
  mediaType: string;
}

/** An answer with another status than the route's own. */
export class OtherStatus {
  constructor(
    readonly status: 200 | 201,
    readonly body: unknown,
  ) {}
}

/** Ties the types of a route's schemas to those of its handler. */
export function route<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType>(
  definition: Route<Params, Query, Body>,
): Route {
  return definition;
}
