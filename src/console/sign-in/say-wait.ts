import type { Response } from "express";
import type { Page } from "../page.ts";

/** How long to wait, for the person in a sentence and for their program in a header. */
export function sayWait(page: Page, response: Response, waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1000);
  response.set("retry-after", String(seconds));
  return page.say("sign-in:wait", { seconds });
}
