import { randomUUID } from "node:crypto";
import { type RequestHandler, Router } from "express";
import { render } from "preact-render-to-string";
import { loadSentences } from "../../shared/i18n.ts";
import type { Platform } from "../platform.ts";
import { phoneActs } from "./acts.ts";
import { assets } from "./assets.ts";
import { PhonesDocument } from "./document.tsx";
import { live } from "./live.tsx";
import { chosenUsers } from "./phone-view.ts";
import type { PagesDeps } from "./deps.ts";
import { pictures } from "./pictures.ts";
import { pageHeaders, sameOriginOnly } from "./security.ts";
import { address } from "./top-bar.tsx";
import { pageContext } from "./view-context.ts";
import { pageLanguage } from "./words.ts";
import { worldActs } from "./world-acts.ts";

/** The residents' phones in the browser, to be mounted at `/phones`. */
export function phonesPages(platform: Platform, photoOf: PagesDeps["photoOf"]): Router {
  const deps: PagesDeps = {
    platform,
    photoOf,
    sentences: loadSentences(),
    boot: randomUUID(),
    pokes: new Set(),
  };
  const router = Router();
  router.use(pageHeaders, sameOriginOnly);
  router.use("/assets", assets());
  router.get("/", page(deps));
  router.get("/live", live(deps));
  router.use(pictures(deps));
  router.use("/world", worldActs(deps));
  router.use(phoneActs(deps));
  return router;
}

function page({ platform, sentences, boot }: PagesDeps): RequestHandler {
  return (request, response) => {
    const language = pageLanguage(request);
    const context = pageContext(sentences, language, request.query["theme"]);
    const users = chosenUsers(platform, request.query["show"]);
    const newest = users.map((user) => platform.inbox(user.id).at(-1)?.order ?? -1);
    const state = { show: users.map((user) => user.id), lang: language, theme: context.theme };
    const more = new URLSearchParams({ boot, upto: String(Math.max(-1, ...newest)) });
    const feed = `${address(state, "/phones/live")}&${more.toString()}`;
    const html = render(<PhonesDocument platform={platform} page={context} users={users} live={feed} />);
    response.set("cache-control", "no-store").type("html").send(`<!doctype html>${html}`);
  };
}
