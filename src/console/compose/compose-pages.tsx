import { type Request, type Response, Router } from "express";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Broadcasts } from "../../broadcasts/broadcasts.ts";
import { allows } from "../../broadcasts/lifecycle.ts";
import type { LookTwice } from "../../broadcasts/look-twice.ts";
import type { Reach } from "../../broadcasts/reach.ts";
import { type Outcome, isRefusal } from "../../broadcasts/refusal.ts";
import type { BroadcastStore } from "../../broadcasts/store.ts";
import type { TemplateStore } from "../../broadcasts/template-store.ts";
import type { TestSend } from "../../broadcasts/test-send.ts";
import type { WorkingCopyStore } from "../../broadcasts/working-copy-store.ts";
import { type PictureFor, ownPicture } from "../../messages/own-picture.ts";
import type { PictureStore } from "../../pictures/store.ts";
import type { Ids } from "../../shared/ids.ts";
import type { StaffPhoneStore } from "../../staff/phone-store.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { createBesidePages } from "./beside-pages.tsx";
import { type ComposeProps, composePage } from "./compose.tsx";
import { createConflicts } from "./conflicts.ts";
import { type DraftForm, emptyForm, fieldsOf, readForm, titleOf } from "./draft-form.ts";
import { copyOf, formOf } from "./form-of.ts";
import { newBroadcastId, newKey } from "./new-key.ts";
import { readDraft } from "./read-draft.ts";
import { readUpload } from "./read-upload.ts";
import { problemsOf } from "./say-problem.ts";
import { createTemplatePages } from "./template-pages.ts";
import { createTestSendPages } from "./test-send-pages.tsx";
import { createWorkingCopyPages, othersHere } from "./working-copy-pages.ts";
import { Restored, UnsavedNew } from "./working-copies.tsx";

export interface ComposeDeps {
  context: Context;
  broadcasts: Broadcasts;
  store: BroadcastStore;
  reach: Reach;
  pictures: PictureStore;
  pictureFor: PictureFor;
  workingCopies: WorkingCopyStore;
  templates: TemplateStore;
  lookTwice: LookTwice;
  phones: StaffPhoneStore;
  testSend: TestSend;
  ids: Ids;
}

/** Writing and changing a broadcast, with the count and the phone beside it. */
export function createComposePages(deps: ComposeDeps): Router {
  const { context, broadcasts, store, reach, pictures, workingCopies, templates, ids } = deps;
  const { ward, sentences, clock, signedIn, refuse } = context;
  const conflicts = createConflicts({ reach, clock });
  const picturesStayHere = deps.pictureFor(ownPicture("x".repeat(43)))?.startsWith("https:") !== true;

  type Shown = Pick<ComposeProps, "page" | "form" | "existing"> & Partial<ComposeProps>;
  function show(response: Response, shown: Shown): void {
    const { problems = [] } = shown;
    if (problems.length > 0) response.status(422);
    response.send(composePage({ ...shown, problems, now: clock.now(), picturesStayHere }));
  }

  /** The fields that were posted, a picture that came along among them. */
  async function posted(page: SignedInPage, request: Request, response: Response) {
    const { picture, problem } = await readUpload(request, response, page.actor.id, pictures);
    const fields: Record<string, unknown> = { ...(request.body as Record<string, unknown> | undefined) };
    for (const name of Object.keys(fields))
      if (name.startsWith("remove.")) fields[name.slice("remove.".length)] = "";
    if (picture !== undefined) fields[picture.field] = picture.url;
    const problems = problem === undefined ? [] : [page.say(`compose:picture.${problem}`)];
    return { form: readForm(fields, ward), problems };
  }

  async function save(
    page: SignedInPage,
    request: Request,
    response: Response,
    { form, problems }: { form: DraftForm; problems: string[] },
    existing: Broadcast | undefined,
  ): Promise<void> {
    const { actor } = page;
    const again = (more: ComposeProps["problems"]) =>
      show(response, { page, form, existing, problems: more });
    const next = fieldOf(request, "next");
    if (next === "template" && problems.length === 0) {
      const { copy: _c, version: _v, sendAt: _s, ...fields } = fieldsOf(form);
      const made = await templates.create(actor, titleOf(form), fields);
      if (!("refused" in made)) return response.redirect(303, `/console/templates?saved=${made.id}`);
      return made.refused === "bad_title"
        ? again([page.say("compose:templates.badTitle")])
        : refuse(page, response, 403);
    }
    const read = readDraft(page, form, existing);
    if ("problems" in read || problems.length > 0) {
      const shapes = "problems" in read ? read.problems : [];
      const rest = "problems" in read ? read.rest : read.draft;
      const others = rest === undefined ? [] : await broadcasts.mistakesIn(rest);
      const said = problemsOf({ refused: "invalid", problems: others }, page, sentences);
      return again([...problems, ...said, ...shapes]);
    }

    const { draft } = read;
    const mine = newBroadcastId(form.copy);
    const before = existing ?? (mine === undefined ? undefined : await store.find(mine));
    const isMine = before !== undefined && (existing !== undefined || before.authorId === actor.id);
    // The button pressed twice, or again after going back: the same notice, not a second one.
    const pressedTwice = existing === undefined && isMine && conflicts.isSame(before, draft);
    const kept: Outcome<Broadcast> = pressedTwice
      ? before
      : isMine
        ? await broadcasts.edit(actor, before.id, draft, existing === undefined ? 1 : Number(form.version))
        : await broadcasts.create(actor, draft, before === undefined ? mine : undefined);
    if (isRefusal(kept)) {
      const now = isMine ? await store.find(before.id) : undefined;
      if (kept.refused === "changed_meanwhile" && now !== undefined)
        return void response.status(422).send(conflicts.page(page, form, now));
      return again(problemsOf(kept, page, sentences));
    }
    // One that somebody went back to was typed under its key, and chosen about under its id.
    for (const key of new Set([kept.id, form.copy])) await workingCopies.forget(actor.id, key);
    if (next === "submit" && !(pressedTwice && kept.state === "submitted")) {
      const submitted = await broadcasts.submit(actor, kept.id);
      if (isRefusal(submitted)) {
        const said = problemsOf(submitted, page, sentences);
        return show(response, { page, form: formOf(kept), existing: kept, problems: said });
      }
    }
    response.redirect(303, `/console/broadcasts/${kept.id}`);
  }

  const router = Router();
  router.get(
    "/broadcasts/new",
    signedIn("broadcast.write", async (page, request, response) => {
      const { from, template, copy } = request.query;
      const key = newKey(ids);
      const blank = { ...emptyForm, copy: key };
      if (typeof from === "string") {
        const earlier = await store.find(from);
        if (earlier === undefined) return refuse(page, response, 404);
        return show(response, { page, form: copyOf(earlier, key), existing: undefined });
      }
      if (typeof template === "string") {
        const found = await templates.find(template);
        if (found === undefined) return refuse(page, response, 404);
        return show(response, {
          page,
          form: { ...readForm(found.fields, ward), copy: key },
          existing: undefined,
        });
      }
      const typed = typeof copy === "string" ? await workingCopies.find(page.actor.id, copy) : undefined;
      if (typed !== undefined && newBroadcastId(typed.key) !== undefined) {
        const notes = <Restored page={page} copy={typed} back="/console/broadcasts/new" />;
        return show(response, {
          page,
          form: { ...readForm(typed.fields, ward), copy: typed.key },
          existing: undefined,
          notes,
        });
      }
      const copies = (await workingCopies.listNew(page.actor.id)).slice(0, 5);
      show(response, {
        page,
        form: blank,
        existing: undefined,
        notes: <UnsavedNew page={page} copies={copies} />,
      });
    }),
  );
  router.post(
    "/broadcasts",
    signedIn("broadcast.write", async (page, request, response) => {
      await save(page, request, response, await posted(page, request, response), undefined);
    }),
  );
  router.get(
    "/broadcasts/:id/edit",
    signedIn("broadcast.write", async (page, request, response) => {
      const existing = await store.find(String(request.params["id"]));
      if (existing === undefined) return refuse(page, response, 404);
      const typed = allows("edit", existing)
        ? await workingCopies.find(page.actor.id, existing.id)
        : undefined;
      const others = await othersHere({ workingCopies, clock }, page.actor.id, existing.id);
      const notes = typed !== undefined && <Restored page={page} copy={typed} back={request.originalUrl} />;
      const form = typed === undefined ? formOf(existing) : readForm(typed.fields, ward);
      show(response, { page, form: { ...form, copy: existing.id }, existing, notes, others });
    }),
  );
  router.post(
    "/broadcasts/:id/edit",
    signedIn("broadcast.write", async (page, request, response) => {
      const existing = await store.find(String(request.params["id"]));
      if (existing === undefined) return refuse(page, response, 404);
      const { form, problems } = await posted(page, request, response);
      if (fieldOf(request, "resolve") === "")
        return save(page, request, response, { form, problems }, existing);
      const decided = conflicts.decide(page, form, existing, request.body);
      if (decided === undefined)
        return void response.status(422).send(conflicts.page(page, form, existing, "undecided"));
      await save(page, request, response, { form: readForm(decided, ward), problems }, existing);
    }),
  );
  router.post(
    "/pictures",
    signedIn("broadcast.write", async (page, request, response) => {
      const { picture, problem } = await readUpload(request, response, page.actor.id, pictures);
      if (picture !== undefined) response.json({ url: picture.url });
      else response.status(422).json({ problem: page.say(`compose:picture.${problem ?? "notAPicture"}`) });
    }),
  );
  router.use(createBesidePages(deps));
  router.use(createWorkingCopyPages(deps));
  router.use(createTemplatePages(deps));
  router.use(createTestSendPages(deps));
  return router;
}
