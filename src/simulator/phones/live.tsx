import type { RequestHandler, Response } from "express";
import { render } from "preact-render-to-string";
import type { PagesDeps } from "./deps.ts";
import { followPhone } from "./news.tsx";
import { feedPage } from "./page-feed.tsx";
import { chosenUsers, viewPhone } from "./phone-view.ts";
import { pageContext } from "./view-context.ts";
import { pageLanguage } from "./words.ts";

/** Server-Sent Events for one open page: each phone's news, the clock, LINE's health and the ledger's figures. */
export function live({ platform, sentences, boot, pokes }: PagesDeps): RequestHandler {
  return (request, response) => {
    response.set({ "content-type": "text/event-stream", "cache-control": "no-store" });
    response.flushHeaders();
    if (request.query["boot"] !== boot) {
      // The page belongs to an earlier run; its phones may not exist any more.
      sendEvent(response, "reload", "");
      response.end();
      return;
    }
    const page = pageContext(sentences, pageLanguage(request), request.query["theme"]);
    const users = chosenUsers(platform, request.query["show"]);
    // A page that was cut off may have missed anything; it gets everything anew. A new one knows all up to here.
    const cutOff = request.query["again"] !== undefined || request.get("last-event-id") !== undefined;
    const upTo = Number(request.query["upto"]);
    const phones = users.map((user) => {
      const known = cutOff ? undefined : viewPhone(platform, user, upTo);
      return { user, news: followPhone(platform, user, page, known) };
    });
    const stop = feedPage(platform, page, phones, pokes, (pieces) => {
      if (pieces.length > 0) sendEvent(response, "news", render(<>{pieces}</>));
    });
    response.on("close", stop);
  };
}

function sendEvent(response: Response, event: string, html: string): void {
  const data = html.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  // The id is only there to be sent back by a browser that connects again.
  response.write(`event: ${event}\nid: 1\n${data.join("")}\n`);
}
