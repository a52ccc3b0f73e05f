import { Router } from "express";
import { addresseesProblems } from "../../broadcasts/addressees.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Draft } from "../../broadcasts/draft.ts";
import type { LookTwice } from "../../broadcasts/look-twice.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { repeatProblem } from "../../broadcasts/schedule.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { Contents } from "../../messages/contents.ts";
import { isOwnPicture } from "../../messages/own-picture.ts";
import type { Context } from "../context.ts";
import { asFragment } from "../document.tsx";
import type { Page } from "../page.ts";
import { Count, Dates, Phones } from "./beside.tsx";
import { type DraftForm, readForm } from "./draft-form.ts";
import { newBroadcastId } from "./new-key.ts";
import { toDraft } from "./to-draft.ts";
import { Warnings } from "./warnings-view.tsx";

interface Deps {
  context: Context;
  store: BroadcastStore;
  reach: Reach;
  lookTwice: LookTwice;
}

/** What stands beside the form while it is filled in: who gets it, what to look at twice, when it goes, how it looks. */
export function createBesidePages({ context, store, reach, lookTwice }: Deps): Router {
  const { ward, sentences, clock, signedIn } = context;

  /** What cannot be read yet is left out, piece by piece, so that the rest is shown while somebody types. */
  function readable(form: DraftForm, existing: Broadcast | undefined): Draft | undefined {
    const { when, sendAt } = form;
    const laterOn = { ...form, when: "approved" as const };
    for (const each of [
      when === "time" && sendAt === "" ? laterOn : form,
      laterOn,
      { ...laterOn, point: "" },
    ]) {
      try {
        return toDraft(each, existing);
      } catch {
        // Less of it, then.
      }
    }
    return undefined;
  }

  async function beside(page: Page, form: DraftForm) {
    // Only what the form cannot show has to be looked up.
    const existing = form.to === "kept" ? await store.find(form.copy) : undefined;
    const draft = readable(form, existing);
    if (draft === undefined) return <p class="nothing">{page.say("count.notYet")}</p>;
    const { audience } = draft;
    const [sendAt, repeat] = [draft.sendAt ?? undefined, draft.repeat ?? undefined];
    // Counting who got an earlier one reads them all: its page does so once, not this one after every pause in typing.
    const kept = audience.recipientsOf !== undefined;
    const count =
      kept || addresseesProblems(audience, ward).length > 0 ? undefined : await reach.count(audience);
    const datesKnown = repeat === undefined || repeatProblem(repeat, clock.now()) === undefined;
    const contents = drawable(draft.contents);
    const id = newBroadcastId(form.copy) ?? form.copy;
    const written = {
      id,
      audience,
      contents,
      missingTranslations: draft.missingTranslations ?? "refuse",
      sendAt,
      repeat: datesKnown ? repeat : undefined,
    };
    const warnings = await lookTwice(
      written,
      Object.keys(contents).length > 0 ? (count?.byLanguage ?? {}) : {},
    );
    return (
      <>
        {count === undefined ? (
          <p class="nothing">{page.say(kept ? "count.kept" : "count.nobodyYet")}</p>
        ) : (
          <Count page={page} count={count} explanation={reach.explain(audience)[page.language]} />
        )}
        <Warnings page={page} warnings={warnings} />
        <Phones page={page} contents={contents} sentences={sentences} />
        {form.when !== "approved" && datesKnown && (
          <Dates page={page} broadcast={{ repeat, sendAt }} now={clock.now()} />
        )}
      </>
    );
  }

  const router = Router();
  router.post(
    "/beside",
    signedIn("broadcast.read", async (page, request, response) => {
      response.send(asFragment(await beside(page, readForm(request.body, ward))));
    }),
  );
  return router;
}

/** Contents as far as they can be drawn: a link that is no address yet is left out, and so is such a picture. */
function drawable(contents: Contents): Contents {
  return Object.fromEntries(
    Object.entries(contents).map(([language, { link, image, ...rest }]) => [
      language,
      {
        ...rest,
        ...(link !== undefined && URL.canParse(link.url) && link.label !== "" ? { link } : {}),
        ...(image !== undefined && (isOwnPicture(image.url) || URL.canParse(image.url)) ? { image } : {}),
      },
    ]),
  );
}
