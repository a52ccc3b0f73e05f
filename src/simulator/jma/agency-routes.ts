import { setTimeout as sleep } from "node:timers/promises";
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { Clock } from "../../shared/clock.ts";
import type { Agency, FeedName, PublishedTelegram } from "./agency.ts";
import { feedNames } from "./agency.ts";
import { el, elWith, worldTime } from "./xml.ts";

const dataFolder = "/jma/developer/xml/data";
const giant = 8_000_000;

interface File {
  xml: string;
  etag: string;
  changedAt: number;
}

/** JMA's feeds and telegrams as the public reads them; to be mounted at `/jma/developer/xml`. */
export function agencyRoutes(agency: Agency, clock: Clock): Router {
  const router = Router();
  router.get(
    "/feed/:file",
    serve(agency, clock, "feeds", (request) => {
      const [, name = "", long] = /^([a-z]+)(_l)?\.xml$/.exec(String(request.params["file"])) ?? [];
      const feed = feedNames.find((each) => each === name);
      return feed === undefined ? undefined : feedFile(agency, feed, long !== undefined, hostOf(request));
    }),
  );
  router.get(
    "/data/:file",
    serve(agency, clock, "data", (request) => {
      const telegram = agency.find(String(request.params["file"]));
      return telegram === undefined
        ? undefined
        : { xml: telegram.xml, etag: `"${telegram.name}"`, changedAt: telegram.publishedAt };
    }),
  );
  return router;
}

const hostOf = (request: Request) => `http://${request.get("host") ?? "127.0.0.1"}`;

function feedFile(agency: Agency, feed: FeedName, long: boolean, host: string): File {
  const { telegrams, etag, changedAt } = agency.list(feed, long);
  const file = `${feed}${long ? "_l" : ""}.xml`;
  const xml = elWith(
    "feed",
    { xmlns: "http://www.w3.org/2005/Atom", lang: "ja" },
    el("title", long ? "長期フィード" : "高頻度フィード"),
    el("updated", worldTime(changedAt)),
    el("id", `${host}/jma/developer/xml/feed/${file}`),
    elWith("link", { rel: "self", href: `${host}/jma/developer/xml/feed/${file}` }),
    telegrams.map((telegram) => entry(telegram, host)),
  );
  return { xml: `<?xml version="1.0" encoding="utf-8"?>\n${xml.markup}\n`, etag, changedAt };
}

function entry({ name, title, publishedAt, href, xml }: PublishedTelegram, host: string) {
  const own = `${host}${dataFolder}/${name}`;
  return el(
    "entry",
    el("title", title),
    el("id", own),
    el("updated", worldTime(publishedAt)),
    el("author", el("name", "気象庁")),
    elWith("link", { type: "application/xml", href: href ?? own }),
    elWith("content", { type: "text" }, /<Text>([^<]{0,300})/.exec(xml)?.[1] ?? title),
  );
}

function serve(
  agency: Agency,
  clock: Clock,
  of: "feeds" | "data",
  find: (request: Request) => File | undefined,
): RequestHandler {
  return async (request, response) => {
    const asked = {
      at: clock.now(),
      path: request.originalUrl,
      ifNoneMatch: request.get("if-none-match"),
      ifModifiedSince: request.get("if-modified-since"),
      userAgent: request.get("user-agent"),
    };
    const status = await answer(agency, of, find(request), request, response);
    agency.requests.add({ ...asked, status });
  };
}

/** @returns the status; 0 when the connection was broken */
async function answer(
  { faults, settings }: Agency,
  of: "feeds" | "data",
  file: File | undefined,
  request: Request,
  response: Response,
): Promise<number> {
  const met = faults.take(of);
  const does = new Set(met.map((fault) => fault.does));
  const wait = Math.max(0, ...met.map(({ does: what, ms = 0 }) => (what === "slow" ? ms : 0)));
  if (wait > 0) await sleep(wait, undefined, { ref: false });
  const plain = (status: number) => {
    response.status(status).type("text").send("");
    return status;
  };
  if (does.has("down")) {
    response.destroy();
    return 0;
  }
  if (does.has("refuse500")) return plain(500);
  if (does.has("refuse503")) return plain(503);
  if (does.has("redirect")) {
    response.redirect(302, "/jma/developer/xml/feed/other.xml");
    return 302;
  }
  if (file === undefined || does.has("refuse404")) return plain(404);
  const { validators } = settings;
  const etag = validators === "both" || validators === "etag" ? file.etag : undefined;
  const lastModified =
    validators === "both" || validators === "lastModified"
      ? new Date(file.changedAt).toUTCString()
      : undefined;
  if (etag !== undefined) response.set("etag", etag);
  if (lastModified !== undefined) response.set("last-modified", lastModified);
  if (met.length === 0 && isKnown(request, etag, lastModified)) return plain(304);
  response.type("application/xml");
  if (does.has("oversize")) {
    // Sent in pieces and without a length, as somebody would who wants it to be read to the end.
    for (let sent = 0; sent < giant && !response.destroyed; sent += 100_000) {
      response.write(`<!--${"x".repeat(99_993)}-->`);
      await sleep(0);
    }
    response.end();
    return 200;
  }
  response.send(spoilt(file.xml, does));
  return 200;
}

/** RFC 9110: an ETag goes before a date. */
function isKnown(request: Request, etag: string | undefined, lastModified: string | undefined): boolean {
  const wanted = request.get("if-none-match");
  if (wanted !== undefined && etag !== undefined) return wanted === etag;
  const since = Date.parse(request.get("if-modified-since") ?? "");
  return lastModified !== undefined && Number.isFinite(since) && Date.parse(lastModified) <= since;
}

function spoilt(xml: string, does: ReadonlySet<string>): string {
  const repeated = does.has("repeats") ? xml.replaceAll(/<entry>.*?<\/entry>/gs, "$&$&") : xml;
  const typed = does.has("doctype")
    ? repeated.replace("?>", '?>\n<!DOCTYPE feed [<!ENTITY lol "lol">]>')
    : repeated;
  return does.has("garbage") ? typed.slice(0, typed.length / 2) : typed;
}
