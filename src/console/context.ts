import type { Request, RequestHandler, Response } from "express";
import type { Calls } from "../alerts/calls/calls.ts";
import type { HazardDesk } from "../alerts/hazards/hazard-desk.ts";
import type { DrillMode } from "../alerts/drills/drill-store.ts";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Entrance } from "../staff/entrance.ts";
import { type Actor, type Permission, may } from "../staff/permissions.ts";
import type { Session, SessionStore } from "../staff/session-store.ts";
import type { StaffStore } from "../staff/store.ts";
import type { MaintenanceNow, Standing } from "./calls/standing.ts";
import { sayCalls } from "./calls/say-calls.ts";
import { type Page, type SignedInPage, type StaffLanguage, sayIn, staffLanguages } from "./page.ts";
import { type Refused, errorPage } from "./error-page.tsx";
import { createCookies, cookieOf } from "./sign-in/cookies.ts";
import { createFreshness } from "./sign-in/freshness.ts";
import type { DemoLogin } from "./sign-in/sign-in.tsx";
import { wayToSignIn } from "./sign-in/way-to-sign-in.ts";

export interface ContextDeps {
  ward: Ward;
  sentences: Sentences;
  sessions: SessionStore;
  entrance: Entrance;
  /** Which drill mode somebody is in: asked for every page, so that no page looks as if it were meant. */
  drills: { of: (staffId: string) => Promise<DrillMode | undefined> };
  clock: Clock;
  /** Cookies are sent over https only, and bound to this host. */
  secureCookies: boolean;
  /** Log-ins without a passphrase: the demo's. Empty everywhere else. */
  demoLogins: () => readonly DemoLogin[];
  /** Asked for every page, so each is one look into an index at most. */
  calls: Pick<Calls, "openFor">;
  hazards: Pick<HazardDesk, "maintenance">;
  staff: Pick<StaffStore, "nameOf">;
}

export type Answer = (page: SignedInPage, request: Request, response: Response) => Promise<unknown>;

/** What all staff pages share: who is there, in which language, and how they are told "no". */
export function createContext(deps: ContextDeps) {
  const { ward, sentences, sessions, entrance, drills, clock, secureCookies, demoLogins } = deps;
  const cookies = createCookies(secureCookies);
  const isDemo = (session: Session): boolean =>
    session.method === "demo" && demoLogins().some(({ staffId }) => staffId === session.actor.id);
  const freshness = createFreshness({ entrance, clock, isDemo });

  function pageFor(request: Request, session?: Session, drill?: DrillMode): Page {
    const asked = cookieOf(request, "kairan-language") ?? request.acceptsLanguages([...staffLanguages]);
    const language: StaffLanguage = staffLanguages.find((each) => each === asked) ?? "ja";
    return {
      language,
      say: sayIn(language, sentences.say),
      languageName: (id) => sentences.say(id, "conversation:language.ownName"),
      ward,
      actor: session?.actor,
      drill,
      mode: drill?.mode ?? "live",
      path: request.originalUrl,
      standing: undefined,
    };
  }

  /** What nobody may overlook. A part of a page that the browser asks for by itself has no top to say it at. */
  async function standingFor(page: Page, request: Request, actor: Actor): Promise<Standing | undefined> {
    if (request.headers["hx-request"] !== undefined) return undefined;
    const [open, maintenance] = await Promise.all([deps.calls.openFor(actor), maintenanceNow()]);
    return { calls: sayCalls(open, page.language, sentences), maintenance, now: clock.now() };
  }

  async function maintenanceNow(): Promise<MaintenanceNow | undefined> {
    const { on, by, since, until, note } = await deps.hazards.maintenance();
    return on ? { since, until, note, by: (await deps.staff.nameOf(by)) ?? by } : undefined;
  }

  /** Says in a page why nothing is shown. */
  function refuse(page: Page, response: Response, why: Refused): void {
    response.status(why === "elsewhere" ? 403 : why).send(errorPage(page, why));
  }

  /** Who is there; undefined when nobody is, or no longer. */
  async function sessionOf(request: Request, unnoted = false): Promise<Session | undefined> {
    const token = cookies.session.of(request);
    const session = token === undefined ? undefined : await sessions.find(token, unnoted);
    return session?.method === "demo" && !isDemo(session) ? undefined : session;
  }

  /** For pages that say why nothing is shown: with who is there, as far as that can be told just now. */
  async function pageIfAny(request: Request): Promise<Page> {
    try {
      const session = await sessionOf(request, true);
      return pageFor(request, session, session && (await drills.of(session.actor.id)));
    } catch {
      return pageFor(request);
    }
  }

  /**
   * Answers somebody who is signed in and has the permission; leads everybody else to the sign-in page. The functions
   * below the pages ask for the permission once more. `unnoted`: the browser asks by itself, which keeps no session alive.
   */
  const signedIn =
    (permission: Permission | "anybody", answer: Answer, unnoted = false): RequestHandler =>
    async (request, response) => {
      const session = await sessionOf(request, unnoted);
      if (session === undefined) {
        const to = wayToSignIn(request, cookies.session.of(request) !== undefined);
        if (request.headers["hx-request"] === undefined) response.redirect(303, to);
        else response.set("hx-redirect", to).status(401).end();
        return;
      }
      const drill = await drills.of(session.actor.id);
      const plain = pageFor(request, session, drill);
      const standing = await standingFor(plain, request, session.actor);
      const page = { ...plain, actor: session.actor, session, standing };
      if (permission === "anybody" || may(session.actor, permission)) await answer(page, request, response);
      else refuse(page, response, 403);
    };

  return {
    ward,
    sentences,
    clock,
    pageFor,
    refuse,
    cookies,
    sessionOf,
    pageIfAny,
    /** Whether whoever asked is still signed in; asking keeps no session alive. */
    stillSignedIn: async (request: Request): Promise<boolean> =>
      (await sessionOf(request, true)) !== undefined,
    /** Gives the browser its new session; the one it had before ends. */
    enter: async (request: Request, response: Response, token: string): Promise<void> => {
      const before = cookies.session.of(request);
      if (before !== undefined) await sessions.end(before);
      cookies.session.give(response, token);
    },
    rememberLanguage: (response: Response, language: StaffLanguage): void =>
      void response.cookie("kairan-language", language, { ...cookies.terms, maxAge: 365 * 86_400_000 }),
    signedIn,

    /**
     * Whether a second factor was shown within the last five minutes. If not, the request is answered with the page
     * that asks for it and then repeats the form: the caller does nothing more.
     */
    hasFreshFactor: freshness.holds,
    askForFactor: freshness.ask,

    /** As {@link signedIn}, for what may only be done shortly after showing a second factor. */
    steppedUp: (permission: Permission | "anybody", answer: Answer): RequestHandler =>
      signedIn(permission, async (page, request, response) => {
        if (await freshness.holds(page, request, response)) await answer(page, request, response);
      }),
  };
}

export type Context = ReturnType<typeof createContext>;

/** The text of a field of a posted form; "" when it is missing. */
export function fieldOf(request: Request, name: string): string {
  const value: unknown = Object(request.body)[name];
  return typeof value === "string" ? value : "";
}
