import express, { type Request, type RequestHandler, type Response, Router } from "express";
import helmet from "helmet";
import { z } from "zod";
import { addresseesProblems } from "../broadcasts/addressees.ts";
import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { Broadcasts } from "../broadcasts/broadcasts.ts";
import type { Draft } from "../broadcasts/draft.ts";
import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { Reach } from "../broadcasts/reach.ts";
import { type Outcome, isRefusal } from "../broadcasts/refusal.ts";
import { repeatProblem } from "../broadcasts/schedule.ts";
import type { BroadcastStore } from "../broadcasts/store.ts";
import type { Contents } from "../messages/contents.ts";
import type { DeliveryStore } from "../outbox/delivery-store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import { isFromHere } from "../shared/same-origin.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Actor, may } from "../staff/permissions.ts";
import type { SessionStore } from "../staff/session-store.ts";
import { assets } from "./assets.ts";
import { Count, Dates, Phones } from "./beside.tsx";
import { Progress, broadcastPage, isUnderWay } from "./broadcast-page.tsx";
import { composePage } from "./compose.tsx";
import { asFragment } from "./document.tsx";
import { type DraftForm, emptyForm, formOf, readForm, toDraft } from "./draft-form.ts";
import { homePage, listPage } from "./home.tsx";
import { type Page, type StaffLanguage, sayIn, staffLanguages } from "./page.ts";
import { sayRefusal, sayShapes } from "./say-problem.ts";
import { type DemoLogin, signInPage } from "./sign-in.tsx";

export interface ConsoleDeps {
  ward: Ward;
  sentences: Sentences;
  broadcasts: Broadcasts;
  store: BroadcastStore;
  deliveries: DeliveryStore;
  reach: Reach;
  sessions: SessionStore;
  clock: Clock;
  /** Cookies are sent over https only, and bound to this host. */
  secureCookies: boolean;
  /** Log-ins without a passphrase: the demo's. Empty everywhere else. */
  demoLogins: () => readonly DemoLogin[];
}

const onAPage = 50;

/** The staff pages: a face on the same functions as the API. No rule lives here. */
export function createConsole(deps: ConsoleDeps): Router {
  const { ward, sentences, broadcasts, store, deliveries, reach, sessions, clock } = deps;
  const cookie = deps.secureCookies ? "__Host-kairan" : "kairan";
  const cookieTerms = { httpOnly: true, sameSite: "lax", secure: deps.secureCookies, path: "/" } as const;

  function pageFor(request: Request, actor: Actor | undefined): Page {
    const asked = cookieOf(request, "kairan-language") ?? request.acceptsLanguages([...staffLanguages]);
    const language: StaffLanguage = staffLanguages.find((each) => each === asked) ?? "ja";
    return {
      language,
      say: sayIn(language, sentences.say),
      languageName: (id) => sentences.say(id, "conversation:language.ownName"),
      ward,
      actor,
      path: request.originalUrl,
    };
  }

  /** Answers somebody who is signed in; leads everybody else to the sign-in page, and back afterwards. */
  function signedIn(
    answer: (page: Page & { actor: Actor }, request: Request, response: Response) => Promise<unknown>,
  ): RequestHandler {
    return async (request, response) => {
      const token = cookieOf(request, cookie);
      const actor = token === undefined ? undefined : await sessions.find(token);
      if (actor === undefined) {
        if (request.headers["hx-request"] === undefined) response.redirect(303, "/console/sign-in");
        else response.set("hx-redirect", "/console/sign-in").status(401).end();
        return;
      }
      await answer({ ...pageFor(request, actor), actor }, request, response);
    };
  }

  async function found(request: Request, response: Response): Promise<Broadcast | undefined> {
    const broadcast = await store.find(String(request.params["id"]));
    if (broadcast === undefined) response.status(404).type("text").send("404");
    return broadcast;
  }

  async function show(page: Page, response: Response, broadcast: Broadcast, refusal?: string): Promise<void> {
    const [count, delivery] = await Promise.all([
      reach.count(broadcast.audience),
      deliveries.of(broadcast.id),
    ]);
    const explanation = reach.explain(broadcast.audience)[page.language];
    const now = clock.now();
    const started = delivery !== undefined && broadcast.begunAt !== undefined ? delivery : undefined;
    response
      .status(refusal === undefined ? 200 : 409)
      .send(
        broadcastPage({ page, broadcast, count, explanation, delivery: started, sentences, now, refusal }),
      );
  }

  /** The form as it was typed, with everything that is wrong with it; nothing typed is lost. */
  function again(
    page: Page,
    response: Response,
    form: DraftForm,
    existing: Broadcast | undefined,
    said: string[],
  ): void {
    const problems = said.map((message) => ({ field: "", message }));
    response.status(422).send(composePage({ page, form, problems, existing }));
  }

  async function save(
    page: Page & { actor: Actor },
    request: Request,
    response: Response,
    existing: Broadcast | undefined,
    keep: (draft: Draft, form: DraftForm) => Promise<Outcome<Broadcast>>,
  ): Promise<void> {
    const form = readForm(request.body, ward);
    let draft: Draft;
    try {
      draft = toDraft(form, existing);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      again(page, response, form, existing, sayShapes(error, page));
      return;
    }
    const kept = await keep(draft, form);
    if (isRefusal(kept)) {
      again(page, response, form, existing, sayRefusal(kept, page, sentences));
      return;
    }
    if (Object(request.body)["next"] === "submit") {
      const submitted = await broadcasts.submit(page.actor, kept.id);
      if (isRefusal(submitted)) {
        again(page, response, formOf(kept), kept, sayRefusal(submitted, page, sentences));
        return;
      }
    }
    response.redirect(303, `/console/broadcasts/${kept.id}`);
  }

  const acts = {
    submit: (actor: Actor, id: string) => broadcasts.submit(actor, id),
    approve: (actor: Actor, id: string, { version }: Asked) => broadcasts.approve(actor, id, { version }),
    return: (actor: Actor, id: string, { comment }: Asked) => broadcasts.return(actor, id, comment),
    stop: (actor: Actor, id: string, { comment }: Asked) => broadcasts.stop(actor, id, comment),
    resume: (actor: Actor, id: string) => broadcasts.resume(actor, id),
    cancel: (actor: Actor, id: string, { comment }: Asked) => broadcasts.cancel(actor, id, comment),
  };

  const isAct = (name: string): name is keyof typeof acts => Object.hasOwn(acts, name);

  const router = Router();
  router.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", "data:", "https:"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
    }),
  );
  router.use("/assets", assets());
  router.use((request, response, next) => {
    response.set("cache-control", "no-store");
    if (request.method === "GET" || request.method === "HEAD" || isFromHere(request.headers)) next();
    else response.status(403).type("text").send("403");
  });
  router.use(express.urlencoded({ extended: false, limit: "1mb", parameterLimit: 2_000 }));

  router.get("/sign-in", (request, response) => {
    response.send(signInPage(pageFor(request, undefined), deps.demoLogins()));
  });
  router.post("/sign-in", async (request, response) => {
    const login = deps.demoLogins().find(({ staffId }) => staffId === Object(request.body)["staffId"]);
    if (login !== undefined) response.cookie(cookie, await sessions.begin(login.staffId), cookieTerms);
    response.redirect(303, login === undefined ? "/console/sign-in" : "/console");
  });
  router.post("/sign-out", async (request, response) => {
    const token = cookieOf(request, cookie);
    if (token !== undefined) await sessions.end(token);
    response.clearCookie(cookie, cookieTerms).redirect(303, "/console/sign-in");
  });
  router.post("/language", (request, response) => {
    const { language, from } = Object(request.body) as Record<string, unknown>;
    if (staffLanguages.some((each) => each === language))
      response.cookie("kairan-language", String(language), { ...cookieTerms, maxAge: 365 * 86_400_000 });
    // Only back to a page of ours: "//elsewhere" would be another site.
    const back = typeof from === "string" && /^\/console(?![^/?])/.test(from) ? from : "/console";
    response.redirect(303, back);
  });

  router.get(
    "/",
    signedIn(async (page, _request, response) => {
      const inState = (state: BroadcastState) => store.list({ state, limit: onAPage });
      const [toApprove, returned, drafts, sending, scheduled, stopped, missed] = await Promise.all(
        (["submitted", "returned", "draft", "sending", "approved", "stopped", "missed"] as const).map(
          inState,
        ),
      );
      const mine = (all: Broadcast[] = []) => all.filter(({ writers }) => writers.includes(page.actor.id));
      response.send(
        homePage(page, {
          toApprove: (toApprove ?? []).filter(({ writers }) => !writers.includes(page.actor.id)),
          returned: mine(returned),
          drafts: mine(drafts),
          sending: sending ?? [],
          scheduled: (scheduled ?? []).toSorted((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0)),
          stopped: stopped ?? [],
          missed: missed ?? [],
        }),
      );
    }),
  );
  router.get(
    "/broadcasts",
    signedIn(async (page, request, response) => {
      const { before } = request.query;
      const list = await store.list({ limit: onAPage, ...(typeof before === "string" ? { before } : {}) });
      response.send(listPage(page, list, list.length < onAPage ? undefined : list.at(-1)?.id));
    }),
  );
  router.get(
    "/broadcasts/new",
    signedIn(async (page, _request, response) => {
      response.send(composePage({ page, form: emptyForm, problems: [], existing: undefined }));
    }),
  );
  router.post(
    "/broadcasts",
    signedIn((page, request, response) =>
      save(page, request, response, undefined, (draft) => broadcasts.create(page.actor, draft)),
    ),
  );
  router.get(
    "/broadcasts/:id",
    signedIn(async (page, request, response) => {
      const broadcast = await found(request, response);
      if (broadcast !== undefined) await show(page, response, broadcast);
    }),
  );
  router.get(
    "/broadcasts/:id/progress",
    signedIn(async (page, request, response) => {
      const broadcast = await found(request, response);
      if (broadcast === undefined) return;
      const delivery = await deliveries.of(broadcast.id);
      if (delivery === undefined) {
        response.status(404).end();
        return;
      }
      // When it is over, other acts are possible: the page is loaded anew.
      if (!isUnderWay(broadcast)) response.set("hx-refresh", "true");
      response.send(asFragment(<Progress page={page} broadcast={broadcast} delivery={delivery} />));
    }),
  );
  router.get(
    "/broadcasts/:id/edit",
    signedIn(async (page, request, response) => {
      const existing = await found(request, response);
      if (existing !== undefined)
        response.send(composePage({ page, form: formOf(existing), problems: [], existing }));
    }),
  );
  router.post(
    "/broadcasts/:id/edit",
    signedIn(async (page, request, response) => {
      const existing = await found(request, response);
      if (existing === undefined) return;
      await save(page, request, response, existing, (draft, { version }) =>
        broadcasts.edit(page.actor, existing.id, draft, Number(version)),
      );
    }),
  );
  router.post(
    "/broadcasts/:id/:act",
    signedIn(async (page, request, response) => {
      const name = String(request.params["act"]);
      const act = isAct(name) ? acts[name] : undefined;
      const broadcast = await found(request, response);
      if (broadcast === undefined) return;
      if (act === undefined) {
        response.status(404).end();
        return;
      }
      const { version, comment } = Object(request.body) as Record<string, unknown>;
      const asked = {
        version: Number(version),
        comment: typeof comment === "string" && comment.trim() !== "" ? comment.slice(0, 2_000) : undefined,
      };
      const done = await act(page.actor, broadcast.id, asked);
      if (isRefusal(done)) await show(page, response, broadcast, sayRefusal(done, page, sentences).join(" "));
      else response.redirect(303, `/console/broadcasts/${broadcast.id}`);
    }),
  );

  router.post(
    "/beside",
    signedIn(async (page, request, response) => {
      if (!may(page.actor, "broadcast.read")) {
        response.status(403).end();
        return;
      }
      const form = readForm(request.body, ward);
      response.send(asFragment(await beside(page, form)));
    }),
  );

  /** What stands beside the form while it is filled in; what cannot be read yet is left out. */
  async function beside(page: Page, form: DraftForm) {
    let draft: Draft;
    try {
      draft = toDraft({ ...form, when: form.when === "time" && form.sendAt === "" ? "approved" : form.when });
    } catch {
      return <p class="nothing">{page.say("count.notYet")}</p>;
    }
    const { audience } = draft;
    const { repeat, sendAt } = draft;
    const count = addresseesProblems(audience, ward).length > 0 ? undefined : await reach.count(audience);
    const datesKnown =
      repeat === undefined || repeat === null || repeatProblem(repeat, clock.now()) === undefined;
    return (
      <>
        {count === undefined ? (
          <p class="nothing">{page.say("count.nobodyYet")}</p>
        ) : (
          <Count page={page} count={count} explanation={reach.explain(audience)[page.language]} />
        )}
        {form.when !== "approved" && datesKnown && (
          <Dates
            page={page}
            broadcast={{ repeat: repeat ?? undefined, sendAt: sendAt ?? undefined }}
            now={clock.now()}
          />
        )}
        <Phones page={page} contents={drawable(draft.contents)} sentences={sentences} />
      </>
    );
  }

  return router;
}

/** Contents as far as they can be drawn: a link that is no address yet is left out. */
function drawable(contents: Contents): Contents {
  return Object.fromEntries(
    Object.entries(contents).map(([language, { link, ...rest }]) => [
      language,
      link !== undefined && URL.canParse(link.url) && link.label !== "" ? { ...rest, link } : rest,
    ]),
  );
}

interface Asked {
  version: number;
  comment: string | undefined;
}

function cookieOf(request: Request, name: string): string | undefined {
  const found = (request.headers.cookie ?? "").split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
