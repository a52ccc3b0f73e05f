import { type Request, type Response, Router } from "express";
import type { Person, Section } from "../../staff/section-store.ts";
import { type SectionRefusal, type Sections, isSectionRefusal } from "../../staff/sections.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { removePage } from "./remove-section.tsx";
import { type SectionForm, formOfSection, sectionFormPage } from "./section-form.tsx";
import { saySectionRefusal } from "./say-refusal.ts";
import { sectionsPage } from "./section-list.tsx";

export interface SectionPagesDeps {
  context: Context;
  sections: Sections;
}

const home = "/console/sections";
const emptyForm: SectionForm = { nameJa: "", nameEn: "", categories: [], members: [], version: "" };

/** Sections: which there are, what they own, who belongs to them, and who may address everybody all the same. */
export function createSectionPages({ context, sections }: SectionPagesDeps): Router {
  const { signedIn, steppedUp, refuse } = context;

  /** Everything there is, or undefined when that was refused and said. */
  async function known(
    page: SignedInPage,
    response: Response,
  ): Promise<{ sections: Section[]; people: Person[] } | undefined> {
    const found = await sections.list(page.actor);
    if (!isSectionRefusal(found)) return found;
    refuse(page, response, 403);
    return undefined;
  }

  /** Hands an existing section of the address to `answer`; says "not found" otherwise. */
  const ofSection = (
    answer: (
      page: SignedInPage,
      request: Request,
      response: Response,
      all: { section: Section; sections: Section[]; people: Person[] },
    ) => Promise<unknown> | void,
    admit = signedIn,
  ) =>
    admit("section.manage", async (page, request, response) => {
      const all = await known(page, response);
      if (all === undefined) return;
      const section = all.sections.find(({ id }) => id === request.params["id"]);
      if (section === undefined) refuse(page, response, 404);
      else await answer(page, request, response, { ...all, section });
    });

  /** The form as it was filled in, with what is wrong with it. */
  async function again(
    page: SignedInPage,
    response: Response,
    form: SectionForm,
    existing: Section | undefined,
    refusal: SectionRefusal,
  ): Promise<void> {
    const all = await known(page, response);
    if (all === undefined) return;
    const problems = saySectionRefusal(refusal, page);
    response
      .status(refusal.refused === "invalid" ? 422 : 409)
      .send(sectionFormPage({ page, form, existing, problems, ...all }));
  }

  const router = Router();
  router.get(
    "/sections",
    signedIn("section.manage", async (page, _request, response) => {
      const all = await known(page, response);
      if (all !== undefined) response.send(sectionsPage({ page, ...all }));
    }),
  );
  router.get(
    "/sections/new",
    signedIn("section.manage", async (page, _request, response) => {
      const all = await known(page, response);
      if (all === undefined) return;
      response.send(sectionFormPage({ page, form: emptyForm, existing: undefined, problems: [], ...all }));
    }),
  );
  router.post(
    "/sections",
    steppedUp("section.manage", async (page, request, response) => {
      const form = readForm(request);
      const made = await sections.create(page.actor, form);
      if (isSectionRefusal(made)) await again(page, response, form, undefined, made);
      else response.redirect(303, home);
    }),
  );
  router.post(
    "/sections/rights",
    steppedUp("section.manage", async (page, request, response) => {
      const granted = fieldOf(request, "granted") === "yes";
      const done = await sections.setEveryoneRight(page.actor, fieldOf(request, "staffId"), granted);
      if (isSectionRefusal(done)) refuse(page, response, 404);
      else response.redirect(303, home);
    }),
  );
  router.get(
    "/sections/:id",
    ofSection((page, _request, response, { section, ...all }) => {
      const form = formOfSection(section);
      response.send(sectionFormPage({ page, form, existing: section, problems: [], ...all }));
    }),
  );
  router.post(
    "/sections/:id",
    ofSection(async (page, request, response, { section }) => {
      const form = readForm(request);
      const changed = await sections.change(page.actor, section.id, form, Number(form.version));
      if (isSectionRefusal(changed)) await again(page, response, form, section, changed);
      else response.redirect(303, home);
    }, steppedUp),
  );
  router.get(
    "/sections/:id/remove",
    ofSection((page, _request, response, all) => {
      response.send(removePage({ page, problems: [], ...all }));
    }),
  );
  router.post(
    "/sections/:id/remove",
    ofSection(async (page, request, response, all) => {
      const membersTo = fieldOf(request, "membersTo");
      const removed = await sections.remove(
        page.actor,
        all.section.id,
        membersTo === "" ? undefined : membersTo,
      );
      if (isSectionRefusal(removed))
        response.status(422).send(removePage({ page, problems: saySectionRefusal(removed, page), ...all }));
      else response.redirect(303, home);
    }, steppedUp),
  );
  return router;
}

function readForm(request: Request): SectionForm {
  return {
    nameJa: fieldOf(request, "nameJa"),
    nameEn: fieldOf(request, "nameEn"),
    categories: valuesOf(request, "category"),
    members: valuesOf(request, "member"),
    version: fieldOf(request, "version"),
  };
}

/** Every value of a field that may be ticked several times. */
function valuesOf(request: Request, name: string): string[] {
  const value: unknown = Object(request.body)[name];
  return [value].flat().filter((each): each is string => typeof each === "string");
}
