import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of ours sent this request, and not another site that is open in the same browser. Browsers say where a
 * request comes from in `Sec-Fetch-Site`, older ones in `Origin`.
 */
export function isFromHere(headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin, host } = headers;
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
