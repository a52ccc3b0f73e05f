import type { RequestHandler } from "express";
import helmet from "helmet";

/** Nothing from elsewhere but pictures, which bots keep where they like; no inline script, no inline style. */
export const pageHeaders: RequestHandler = helmet({
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
  // Plain HTTP on the developer's own machine.
  strictTransportSecurity: false,
});

/**
 * Another site open in the same browser must not press buttons here. Browsers say where a request comes from in
 * `Sec-Fetch-Site`, older ones in `Origin`; programs have the control endpoints under `/_simulator`.
 */
export const sameOriginOnly: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD" || fromHere(request.headers)) {
    next();
    return;
  }
  response.status(403).type("text").send("Only the simulator's own pages may do this.");
};

interface Headers {
  host?: string | undefined;
  origin?: string | undefined;
  "sec-fetch-site"?: string | string[] | undefined;
}

function fromHere(headers: Headers): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin, host } = headers;
  return origin !== undefined && host !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}
