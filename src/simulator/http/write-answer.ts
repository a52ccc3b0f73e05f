import { setTimeout as sleep } from "node:timers/promises";
import type { Response } from "express";
import type { LostAnswerKind, RefusalKind } from "../faults/faults.ts";
import { type Answer, answers } from "./answers.ts";

/** Where a captive portal would send the bot; outside LINE's paths on purpose. */
export const captivePortalPath = "/_simulator/captive-portal";

export function write(response: Response, answer: Answer): void {
  if (response.destroyed) return;
  response.status(answer.status).set(answer.headers ?? {});
  if (answer.bytes === undefined) response.json(answer.json ?? {});
  else response.type(answer.bytes.contentType).send(answer.bytes.content);
}

const refusalAnswers: Record<Exclude<RefusalKind, "dropBeforeAccept" | "redirect302">, Answer> = {
  refuse401: answers.unauthorized(),
  refuse429: answers.rateLimited(),
  refuseQuota: answers.quotaReached(),
  refuse500: answers.internalError(),
  refuse503: answers.unavailable(),
};

/** A fault that struck before the request was looked at. */
export function refuse(response: Response, kind: RefusalKind): void {
  if (kind === "dropBeforeAccept") response.destroy();
  else if (kind === "redirect302") {
    // Something between bot and LINE answers, not LINE: no request id.
    response.removeHeader("x-line-request-id");
    response.redirect(302, captivePortalPath);
  } else write(response, refusalAnswers[kind]);
}

/** A fault that strikes after the request was accepted: the answer does not arrive as it should. */
export async function lose(
  response: Response,
  answer: Answer,
  kind: LostAnswerKind,
  ms: number,
): Promise<void> {
  switch (kind) {
    case "acceptThenDrop":
      response.destroy();
      return;
    case "acceptThen500":
      write(response, answers.internalError());
      return;
    case "acceptThenDelay":
      await sleep(ms, undefined, { ref: false });
      write(response, answer);
      return;
    case "acceptThenGarbage":
      if (!response.destroyed)
        response.status(answer.status).type("json").send(JSON.stringify(answer.json).slice(0, -1));
      return;
  }
}
