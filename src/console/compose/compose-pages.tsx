import { type Request, type Response, Router } from "express";
import { z } from "zod";
import { addresseesProblems } from "../../broadcasts/addressees.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import type { Draft } from "../../broadcasts/draft.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { type Outcome, isRefusal } from "../../broadcasts/refusal.ts";
import { repeatProblem } from "../../broadcasts/schedule.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { Contents } from "../../messages/contents.ts";
import { type Context, fieldOf } from "../context.ts";
import { asFragment } from "../document.tsx";
import type { Page, SignedInPage } from "../page.ts";
import { Count, Dates, Phones } from "./beside.tsx";
import { composePage } from "./compose.tsx";
import { type DraftForm, emptyForm, formOf, readForm, toDraft } from "./draft-form.ts";
import { sayRefusal, sayShapes } from "./say-problem.ts";

export interface ComposeDeps {
  context: Context;
  broadcasts: Broadcasts;
  store: BroadcastStore;
  reach: Reach;
}

/** Writing and changing a broadcast, with the count and the phone beside it. */
export function createComposePages({ context, broadcasts, store, reach }: ComposeDeps): Router {
  const { ward, sentences, clock, signedIn, refuse } = context;

  /** The form as it was typed, with everything that is wrong with it; nothing typed is lost. */
  function again(
    page: Page,
    response: Response,
    form: DraftForm,
    existing: Broadcast | undefined,
    problems: string[],
  ): void {
    response.status(422).send(composePage({ page, form, problems, existing }));
  }

  async function save(
    page: SignedInPage,
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
    if (fieldOf(request, "next") === "submit") {
      const submitted = await broadcasts.submit(page.actor, kept.id);
      if (isRefusal(submitted)) {
        again(page, response, formOf(kept), kept, sayRefusal(submitted, page, sentences));
        return;
      }
    }
    response.redirect(303, `/console/broadcasts/${kept.id}`);
  }

  /** What stands beside the form while it is filled in; what cannot be read yet is left out. */
  async function beside(page: Page, form: DraftForm) {
    let draft: Draft;
    try {
      draft = toDraft({ ...form, when: form.when === "time" && form.sendAt === "" ? "approved" : form.when });
    } catch {
      return <p class="nothing">{page.say("count.notYet")}</p>;
    }
    const { audience, repeat, sendAt } = draft;
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

  const router = Router();
  router.get(
    "/broadcasts/new",
    signedIn("broadcast.write", async (page, _request, response) => {
      response.send(composePage({ page, form: emptyForm, problems: [], existing: undefined }));
    }),
  );
  router.post(
    "/broadcasts",
    signedIn("broadcast.write", (page, request, response) =>
      save(page, request, response, undefined, (draft) => broadcasts.create(page.actor, draft)),
    ),
  );
  router.get(
    "/broadcasts/:id/edit",
    signedIn("broadcast.write", async (page, request, response) => {
      const existing = await store.find(String(request.params["id"]));
      if (existing === undefined) refuse(page, response, 404);
      else response.send(composePage({ page, form: formOf(existing), problems: [], existing }));
    }),
  );
  router.post(
    "/broadcasts/:id/edit",
    signedIn("broadcast.write", async (page, request, response) => {
      const existing = await store.find(String(request.params["id"]));
      if (existing === undefined) {
        refuse(page, response, 404);
        return;
      }
      await save(page, request, response, existing, (draft, { version }) =>
        broadcasts.edit(page.actor, existing.id, draft, Number(version)),
      );
    }),
  );
  router.post(
    "/beside",
    signedIn("broadcast.read", async (page, request, response) => {
      response.send(asFragment(await beside(page, readForm(request.body, ward))));
    }),
  );
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
