import type { CookieOptions, Request, Response } from "express";

export function cookieOf(request: Request, name: string): string | undefined {
  const found = (request.headers.cookie ?? "").split(/;\s*/).find((each) => each.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}

export interface Cookie {
  of(request: Request): string | undefined;
  give(response: Response, value: string): void;
  take(response: Response): void;
}

/** The cookies of signing in. With https each is bound to this host by the prefix `__Host-`. */
export function createCookies(secure: boolean) {
  const terms = { httpOnly: true, sameSite: "lax", secure, path: "/" } as const satisfies CookieOptions;
  const cookie = (plainName: string, keptMs?: number): Cookie => {
    const name = secure ? `__Host-${plainName}` : plainName;
    return {
      of: (request) => cookieOf(request, name),
      give: (response, value) =>
        void response.cookie(name, value, keptMs === undefined ? terms : { ...terms, maxAge: keptMs }),
      take: (response) => void response.clearCookie(name, terms),
    };
  };
  const minute = 60_000;
  return {
    terms,
    session: cookie("kairan"),
    /** Between passphrase and second factor, and between invitation and account. */
    entry: cookie("kairan-entry", 15 * minute),
    /** Keeps strangers' mistakes from braking this browser; opens nothing. */
    knownBrowser: cookie("kairan-browser", 180 * 24 * 60 * minute),
    /** On the way to the ward's identity provider and back. */
    journey: cookie("kairan-journey", 15 * minute),
  };
}
