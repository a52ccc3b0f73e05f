import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { contentSecurityPolicy } from "./style.ts";

/** A page as it is given out: both ways of writing it, each with a name of its own (a strong validator). */
export interface KeptPage {
  language: string;
  plain: { body: Buffer; etag: string };
  gzip: { body: Buffer; etag: string };
}

export function keepPage(language: string, html: string): KeptPage {
  const body = Buffer.from(html);
  const name = createHash("sha256").update(body).digest("base64url").slice(0, 22);
  return {
    language,
    plain: { body, etag: `"${name}"` },
    gzip: { body: gzipSync(body, { level: 9 }), etag: `"${name}-gz"` },
  };
}

/** So long a browser or a proxy may give it out again without asking; an alert is this old at most when it is read. */
const cacheControl = "public, max-age=15, stale-while-revalidate=30";

/** Straight from memory. No cookie, no log, nothing of who asked. */
export function givePage(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  page: KeptPage,
  vary: string,
): void {
  const { body, etag } = takesGzip(headers["accept-encoding"]) ? page.gzip : page.plain;
  const common = { etag, "cache-control": cacheControl, vary };
  if (isKnown(headers["if-none-match"], etag)) {
    response.writeHead(304, common).end();
    return;
  }
  response.writeHead(200, {
    ...common,
    "content-type": "text/html; charset=utf-8",
    "content-language": page.language,
    "content-length": body.length,
    ...(body === page.gzip.body ? { "content-encoding": "gzip" } : {}),
    "content-security-policy": contentSecurityPolicy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
  });
  response.end(method === "HEAD" ? undefined : body);
}

function takesGzip(header: string | string[] | undefined): boolean {
  return /(^|,)\s*gzip\s*(?!\s*;\s*q=0(\.0*)?\s*(,|$))(;|,|$)/i.test(String(header ?? "").slice(0, 300));
}

/** Weak comparison, as RFC 9110 asks for here: a proxy may have marked it. */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header
    .slice(0, 1_000)
    .split(",")
    .some((each) => each.trim() === "*" || each.trim().replace(/^W\//, "") === etag);
}
