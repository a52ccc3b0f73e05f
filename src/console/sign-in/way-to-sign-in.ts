import type { Request } from "express";
import { ofOurs } from "../ours.ts";

/** The sign-in page, with the way back; `lapsed` when there was a session that has ended. */
export function wayToSignIn(request: Request, lapsed: boolean): string {
  const wanted = wantedPage(request);
  const query = new URLSearchParams({
    ...(wanted === "/console" ? {} : { to: wanted }),
    ...(lapsed ? { lapsed: "1" } : {}),
  });
  return query.size === 0 ? "/console/sign-in" : `/console/sign-in?${query.toString()}`;
}

/** For a form or a part of a page, the page it stands on: browsers say it in `Referer`, htmx in a header of its own. */
function wantedPage(request: Request): string {
  const isPart = request.headers["hx-request"] !== undefined;
  if (request.method === "GET" && !isPart) return ofOurs(request.originalUrl);
  const page = isPart ? request.headers["hx-current-url"] : request.headers.referer;
  if (typeof page !== "string" || !URL.canParse(page)) return "/console";
  const { host, pathname, search } = new URL(page);
  return host === request.headers.host ? ofOurs(pathname + search) : "/console";
}
