import { z } from "zod";
import { type ProblemCode, problemStatuses } from "./problem.ts";
import type { Route } from "./route.ts";

/** The OpenAPI 3.1 description, made from the schemas that validate. */
export function describeApi(routes: Route[], version: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) (paths[`/api/v1${route.path}`] ??= {})[route.method] = operation(route);
  return {
    openapi: "3.1.0",
    info: {
      title: "Kairan",
      version,
      description:
        "A ward's notice board on LINE. Errors are problem details (RFC 9457) with a stable `code`.",
    },
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer" } },
      schemas: { Problem: problemSchema },
    },
  };
}

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "detail", "code"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string", enum: Object.keys(problemStatuses) },
    errors: {
      type: "array",
      items: {
        type: "object",
        required: ["field", "code", "message"],
        properties: {
          field: { type: "string" },
          code: { type: "string" },
          message: { type: "string" },
          limit: { type: "integer" },
          actual: { type: "integer" },
          value: { type: "string" },
        },
      },
    },
  },
};

function operation(route: Route): Record<string, unknown> {
  const writes = route.method !== "get" && route.rawBody === undefined;
  const parameters = [
    ...asParameters(route.params, "path"),
    ...asParameters(route.query, "query"),
    ...(writes
      ? [
          {
            name: "Idempotency-Key",
            in: "header",
            required: false,
            schema: { type: "string", maxLength: 200 },
          },
        ]
      : []),
  ];
  const content = bodyContent(route);
  const body =
    content === undefined ? {} : { requestBody: { required: route.bodyOptional !== true, content } };
  const statuses = [...new Set(route.problems.map((code) => problemStatuses[code]))].toSorted(
    (a, b) => a - b,
  );
  const refusals = statuses.map((status) => [
    status,
    problemAnswer(route.problems.filter((code) => problemStatuses[code] === status)),
  ]);
  return {
    summary: route.summary,
    parameters,
    ...body,
    responses: {
      [route.status]: { description: route.summary, content: json(schemaOf(route.answer, "output")) },
      ...Object.fromEntries(refusals),
    },
  };
}

function bodyContent({ body, rawBody }: Route): Record<string, unknown> | undefined {
  if (rawBody === undefined) return body === undefined ? undefined : json(schemaOf(body, "input"));
  const described = Object.entries(rawBody).map(([mediaType, schema]) => [
    mediaType,
    { schema: schemaOf(schema, "input") },
  ]);
  return Object.fromEntries(described) as Record<string, unknown>;
}

function problemAnswer(codes: ProblemCode[]): Record<string, unknown> {
  return {
    description: codes.join(", "),
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function asParameters(schema: z.ZodType | undefined, place: "path" | "query"): Record<string, unknown>[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, "input") as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === "path" || required.includes(name),
    schema: each,
  }));
}

function json(schema: unknown): Record<string, unknown> {
  return { "application/json": { schema } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    reused: "inline",
  }) as Record<string, unknown>;
  return rest;
}
