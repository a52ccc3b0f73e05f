import type { Request, RequestHandler, Response } from "express";
import type { Clock } from "../shared/clock.ts";
import type { Sentences } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Actor, type Permission, may } from "../staff/permissions.ts";
import type { SessionStore } from "../staff/session-store.ts";
import { type Page, type SignedInPage, type StaffLanguage, sayIn, staffLanguages } from "./page.ts";
import { errorPage } from "./error-page.tsx";

export interface ContextDeps {
  ward: Ward;
  sentences: Sentences;
  sessions: SessionStore;
  clock: Clock;
  /** Cookies are sent over https only, and bound to this host. */
  secureCookies: boolean;
}

export type Answer = (page: SignedInPage, request: Request, response: Response) => Promise<unknown>;

/** What all staff pages share: who is there, in which language, and how they are told "no". */
export function createContext({ ward, sentences, sessions, clock, secureCookies }: ContextDeps) {
  const cookie = secureCookies ? "__Host-kairan" : "kairan";
  const cookieTerms = { httpOnly: true, sameSite: "lax", secure: secureCookies, path: "/" } as const;

  function pageFor(request: Request, actor?: Actor): Page {
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

  /** Says in a page why nothing is shown. */
  function refuse(page: Page, response: Response, status: 403 | 404 | 409 | 413 | 500): void {
    response.status(status).send(errorPage(page, status));
  }

  return {
    ward,
    sentences,
    clock,
    pageFor,
    refuse,
    session: {
      tokenOf: (request: Request): string | undefined => cookieOf(request, cookie),
      give: (response: Response, token: string): void => void response.cookie(cookie, token, cookieTerms),
      take: (response: Response): void => void response.clearCookie(cookie, cookieTerms),
    },
    /** Whether whoever asked is still signed in; asking keeps no session alive. */
    stillSignedIn: async (request: Request): Promise<boolean> => {
      const token = cookieOf(request, cookie);
      return token !== undefined && (await sessions.find(token, true)) !== undefined;
    },
    rememberLanguage: (response: Response, language: StaffLanguage): void =>
      void response.cookie("kairan-language", language, { ...cookieTerms, maxAge: 365 * 86_400_000 }),

    /**
     * Answers somebody who is signed in and has the permission; leads everybody else to the sign-in page. The functions
     * below the pages ask for the permission once more. `unnoted`: the browser asks by itself, which keeps no session alive.
     */
    signedIn:
      (permission: Permission, answer: Answer, unnoted = false): RequestHandler =>
      async (request, response) => {
        const token = cookieOf(request, cookie);
        const actor = token === undefined ? undefined : await sessions.find(token, unnoted);
        if (actor === undefined) {
          if (request.headers["hx-request"] === undefined) response.redirect(303, "/console/sign-in");
          else response.set("hx-redirect", "/console/sign-in").status(401).end();
          return;
        }
        const page = { ...pageFor(request, actor), actor };
        if (may(actor, permission)) await answer(page, request, response);
        else refuse(page, response, 403);
      },
  };
}

export type Context = ReturnType<typeof createContext>;

function cookieOf(request: Request, name: string): string | undefined {
  const found = (request.headers.cookie ?? "").split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

/** The text of a field of a posted form; "" when it is missing. */
export function fieldOf(request: Request, name: string): string {
  const value: unknown = Object(request.body)[name];
  return typeof value === "string" ? value : "";
}
