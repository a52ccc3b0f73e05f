import type { Request, Response } from "express";
import type { Clock } from "../../shared/clock.ts";
import type { Entrance } from "../../staff/entrance.ts";
import type { Session } from "../../staff/session-store.ts";
import { ofOurs } from "../ours.ts";
import type { SignedInPage } from "../page.ts";
import { type PostedFields, stepUpPage } from "./step-up.tsx";

const freshForMs = 5 * 60_000;

export interface Repeat {
  /** The page wanted, or the address that a form was posted to. */
  to: string;
  /** What was posted; undefined when a page was wanted. */
  fields: PostedFields | undefined;
  problem?: string | undefined;
}

export interface FreshnessDeps {
  entrance: Entrance;
  clock: Clock;
  isDemo: (session: Session) => boolean;
}

/** A second factor within the last five minutes, for what cannot be undone. */
export function createFreshness({ entrance, clock, isDemo }: FreshnessDeps) {
  /** Asks for the factor, with everything that was posted in the same form: nothing that was typed is lost. */
  async function ask(page: SignedInPage, response: Response, repeat: Repeat): Promise<void> {
    const { session, say } = page;
    const asked = await entrance.factors.ask(session.actor.id, session.holder);
    const byProvider = session.method === "provider" && entrance.provider.configured;
    // Over the way to the provider and back, the form waits here.
    if (byProvider) await entrance.entries.putChallenge(session.holder, "repeat", JSON.stringify(repeat));
    response.status(403).send(
      stepUpPage({
        page: { ...page, path: "/console" },
        asked,
        byProvider,
        ...repeat,
        title: say("sign-in:stepUp.title"),
      }),
    );
  }

  return {
    ask,
    holds: async (page: SignedInPage, request: Request, response: Response): Promise<boolean> => {
      const { session } = page;
      if (isDemo(session)) return true;
      if (session.factorAt !== undefined && clock.now() - session.factorAt <= freshForMs) return true;
      const to = ofOurs(request.originalUrl);
      if (request.method === "GET")
        response.redirect(303, `/console/step-up?${new URLSearchParams({ to }).toString()}`);
      else
        await ask(page, response, { to, fields: holdsPassphrase(request) ? undefined : postedBy(request) });
      return false;
    },
  };
}

const posted = (request: Request) => Object.entries(Object(request.body) as Record<string, unknown>);

/** Passphrases are never put into a page: such a form is typed again. */
function holdsPassphrase(request: Request): boolean {
  return posted(request).some(([name]) => /passphrase/i.test(name));
}

/** The fields of a posted form, but for those of the step-up page itself. */
export function postedBy(request: Request): PostedFields {
  return posted(request).flatMap(([name, value]) =>
    name.startsWith("stepUp.") ? [] : [value].flat().map((each): [string, string] => [name, String(each)]),
  );
}
