import type { Request, Response } from "express";
import { asFragment } from "../document.tsx";
import type { SignedInPage } from "../page.ts";
import { type ProgressFeed, type Snapshot, phaseOf } from "./progress-feed.ts";
import { Progress } from "./progress.tsx";

/** A connection is ended after so long; the browser comes again by itself. */
const longestMs = 10 * 60_000;
const sessionCheckedEveryMs = 5_000;
const heartbeatEveryMs = 15_000;

export interface Watch {
  page: SignedInPage;
  request: Request;
  response: Response;
  id: string;
  /** The phase the page was drawn in. */
  shown: unknown;
}

/** Server-Sent Events: `progress` with the piece of the page, and `over` once, when the page should be loaded anew. */
export function streamProgress(
  feed: ProgressFeed,
  stillSignedIn: (request: Request) => Promise<boolean>,
  { page, request, response, id, shown }: Watch,
): void {
  response.set({
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  response.flushHeaders();
  const timers = [
    setInterval(() => response.write(": still here\n\n"), heartbeatEveryMs),
    setInterval(() => {
      stillSignedIn(request).then((still) => (still ? undefined : over()), end);
    }, sessionCheckedEveryMs),
    setTimeout(end, longestMs),
  ];
  for (const timer of timers) timer.unref();
  let sent = "";
  const unfollow = feed.follow(id, (snapshot) => {
    if (snapshot === undefined) return end();
    if (phaseOf(snapshot) !== shown) return over();
    const html = rendered(snapshot, page);
    if (html !== sent) sendEvent(response, "progress", html);
    sent = html;
  });
  response.on("close", end);

  function over(): void {
    if (!response.writableEnded) sendEvent(response, "over", "");
    end();
  }
  function end(): void {
    for (const timer of timers) clearTimeout(timer);
    // The feed may tell before `follow` has returned.
    setImmediate(() => unfollow());
    if (!response.writableEnded) response.end();
  }
}

const cache = new WeakMap<Snapshot, Map<string, string>>();

/** Drawn once for each language, however many watch. */
function rendered(snapshot: Snapshot, page: SignedInPage): string {
  const inLanguages = cache.get(snapshot) ?? new Map<string, string>();
  cache.set(snapshot, inLanguages);
  const html = inLanguages.get(page.language) ?? asFragment(<Progress page={page} {...snapshot} />);
  inLanguages.set(page.language, html);
  return html;
}

function sendEvent(response: Response, event: string, html: string): void {
  const data = html.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  response.write(`event: ${event}\n${data.join("")}\n`);
}
