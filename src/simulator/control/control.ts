import type { Request, RequestHandler } from "express";
import { z } from "zod";

/**
 * A control endpoint: its body is checked by `schema`, what `act` returns is sent as JSON. What the platform throws
 * ("nothing is labelled …") is the caller's to read, so it comes back as 400 with the sentence.
 */
export function control<Schema extends z.ZodType>(
  schema: Schema,
  act: (body: z.output<Schema>, request: Request) => unknown,
): RequestHandler {
  return async (request, response) => {
    const parsed = schema.safeParse(request.body ?? {});
    if (!parsed.success) {
      response.status(400).json({ message: z.prettifyError(parsed.error), issues: parsed.error.issues });
      return;
    }
    try {
      response.json((await act(parsed.data, request)) ?? {});
    } catch (error) {
      response.status(400).json({ message: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** For endpoints that take no body; a stray one is ignored. */
export const nothing = z.unknown();

export function pathPart(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === "string" ? value : "";
}

/** A number from the query, or the default when it is absent or no number. */
export function queryNumber(request: Request, name: string, otherwise: number): number {
  const value = Number(request.query[name] ?? Number.NaN);
  return Number.isFinite(value) ? value : otherwise;
}
