import { randomUUID } from "node:crypto";
import type { ErrorRequestHandler } from "express";
import type { Sentences } from "../shared/i18n.ts";
import type { Logger } from "../shared/logger.ts";
import { ApiProblem, presentProblem, problemStatuses } from "./problem.ts";

/** Turns whatever was thrown into a problem; surprises are logged under a reference that the answer names. */
export function answerProblem({
  sentences,
  log,
}: {
  sentences: Sentences;
  log: Logger;
}): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const problem = asProblem(error, log);
    const language = request.acceptsLanguages("ja", "en") || "ja";
    const body = presentProblem(problem, language, sentences);
    if (problem.code === "not_authenticated") response.set("www-authenticate", "Bearer");
    response
      .status(problemStatuses[problem.code])
      .type("application/problem+json")
      .set("content-language", language)
      .send(JSON.stringify(body));
  };
}

function asProblem(error: unknown, log: Logger): ApiProblem {
  if (error instanceof ApiProblem) return error;
  const type = error instanceof Error && "type" in error ? error.type : undefined;
  if (type === "entity.too.large") return new ApiProblem("too_large");
  if (type === "entity.parse.failed") return new ApiProblem("malformed_json");
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  if (status === 415) return new ApiProblem("unsupported_media_type");
  if (status >= 400 && status < 500) return new ApiProblem("malformed_json");
  const reference = randomUUID();
  log.error({ err: error, reference }, "a request failed");
  return new ApiProblem("internal", { values: { reference } });
}
