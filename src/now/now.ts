import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate } from "node:timers/promises";
import { type OpenAlert, isOpenAt } from "../messages/open-alert.ts";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Logger } from "../shared/logger.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type KeptPage, givePage, keepPage } from "./kept-page.ts";
import { nowPage } from "./now-page.tsx";
import { viewNow } from "./now-view.ts";
import { createLanguagePicker } from "./pick-language.ts";
import { threadsOf } from "./threads.ts";

export interface NowDeps {
  ward: Ward;
  sentences: Sentences;
  clock: Clock;
  log: Logger;
  /** Live alerts and public drills that are open, their updates as well. Asked every second. */
  openAlerts: () => Promise<readonly OpenAlert[]>;
  /** How many more are open than those, none of them graver. */
  moreOpen: () => Promise<number>;
  /** Those that ceased to be since an instant, with what lifted them or took them back. */
  endedSince: (since: number) => Promise<readonly OpenAlert[]>;
}

export interface Now {
  /** Draws the pages anew when what they say has changed, and each minute. Called by the clock every second. */
  refresh(): Promise<void>;
  /** Answers what is asked of `/now`; false for any other address, which is somebody else's. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** After so long without a look at the alerts, the pages say so, and no longer that there are none. */
const longestBlindMs = 2 * minuteMs;

/**
 * `/now`: what is in force, for everybody, in every language. The pages are made beforehand and given out from memory, so
 * that a crowd touches neither the database nor anything else that the sending of an alert needs.
 */
export function createNow({ ward, sentences, clock, log, openAlerts, moreOpen, endedSince }: NowDeps): Now {
  const pages = new Map<string, KeptPage>();
  const byAddress = new Map(ward.languages.map((language) => [language.toLowerCase(), language]));
  const pick = createLanguagePicker(ward.languages, ward.mainLanguage);
  let open: readonly OpenAlert[] = [];
  let more = 0;
  let ended: readonly OpenAlert[] = [];
  /** What `ended` was asked for: it changes when what is open does, and with the day that it tells of. */
  let endedOf = "";
  let knownAt: number | undefined;
  const startedAt = clock.now();
  let drawn = "";
  let drawing = Promise.resolve();

  async function look(): Promise<void> {
    const at = clock.now();
    try {
      open = await openAlerts();
      more = await moreOpen();
      const of = JSON.stringify([Math.floor(at / minuteMs), open.map(({ id }) => id)]);
      if (of !== endedOf) ended = await endedSince(at - dayMs);
      endedOf = of;
      knownAt = clock.now();
    } catch (error) {
      log.warn({ err: error }, "the open alerts could not be looked up for /now");
    }
  }

  async function redraw(): Promise<void> {
    await look();
    const at = clock.now();
    const blindFor = at - (knownAt ?? 0);
    const unknownSince = blindFor > longestBlindMs ? (knownAt ?? startedAt) : undefined;
    const known = [...new Map([...ended, ...open].map((alert) => [alert.id, alert])).values()];
    const holding = known.filter((alert) => isOpenAt(alert, at)).map(({ id }) => id);
    const state = JSON.stringify([
      Math.floor(at / minuteMs),
      ward.version,
      unknownSince,
      holding,
      known,
      more,
    ]);
    if (state === drawn) return;
    const shown = threadsOf(known, at);
    for (const language of ward.languages) {
      const html = nowPage(viewNow({ ward, sentences, language, shown, more, at, unknownSince }));
      pages.set(language, keepPage(language, html));
      await setImmediate();
    }
    drawn = state;
  }

  function handle(request: IncomingMessage, response: ServerResponse): boolean {
    const match = /^\/now(?:\/([A-Za-z0-9-]{1,40})?)?(?:\?|$)/.exec(request.url ?? "");
    if (match === null) return false;
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return true;
    }
    const [, asked] = match;
    const language =
      asked === undefined ? pick(request.headers["accept-language"]) : byAddress.get(asked.toLowerCase());
    if (language === undefined) {
      response.writeHead(302, { location: "/now", "cache-control": "public, max-age=60" }).end();
      return true;
    }
    const page = pages.get(language);
    if (page === undefined) response.writeHead(503, { "retry-after": "2" }).end();
    else
      givePage(
        request,
        response,
        page,
        asked === undefined ? "accept-encoding, accept-language" : "accept-encoding",
      );
    return true;
  }

  return {
    // One after the other: an older look must not be drawn over a newer one.
    refresh: () => (drawing = drawing.then(redraw, redraw)),
    handle,
  };
}
