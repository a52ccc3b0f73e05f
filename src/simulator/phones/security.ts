import type { RequestHandler } from "express";
import helmet from "helmet";
import { isFromHere } from "../../shared/same-origin.ts";

/** Nothing from elsewhere but pictures, which bots keep where they like; no inline script, no inline style. */
export const pageHeaders: RequestHandler = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // A bot under development has no certificate.
      imgSrc: ["'self'", "data:", "https:", "http://127.0.0.1:*", "http://localhost:*"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  // Plain HTTP on the developer's own machine.
  strictTransportSecurity: false,
});

/** Another site open in the same browser must not press buttons here; programs have the endpoints under `/_simulator`. */
export const sameOriginOnly: RequestHandler = (request, response, next) => {
  if (request.method === "GET" || request.method === "HEAD" || isFromHere(request.headers)) {
    next();
    return;
  }
  response.status(403).type("text").send("Only the simulator's own pages may do this.");
};
