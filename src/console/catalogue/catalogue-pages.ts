import { type Request, type Response, Router } from "express";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { CatalogueRefusal } from "../../catalogue/rules.ts";
import { stateOf } from "../../catalogue/rules.ts";
import {
  type CatalogueChange,
  type CatalogueKind,
  type SubscribedKind,
  catalogueKinds,
} from "../../shared/ward/catalogue.ts";
import { type Context, fieldOf } from "../context.ts";
import type { SignedInPage } from "../page.ts";
import { changesIn, formOf, moved, typedIn, versionIn } from "./item-form.ts";
import { type ItemForm, itemPage } from "./item.tsx";
import { cataloguePage } from "./list.tsx";
import { retirePage } from "./retire.tsx";
import { sayCatalogueRefusal } from "./say-refusal.ts";

export interface CatalogueDeps {
  context: Context;
  catalogue: Catalogue;
}

const dones = ["added", "changed", "retired", "broughtBack"] as const;
type Done = (typeof dones)[number];

/** Categories, districts and groups: the list, a page to name one, a page before one is retired. */
export function createCataloguePages({ context, catalogue }: CatalogueDeps): Router {
  const { ward, signedIn, refuse } = context;

  async function showList(
    page: SignedInPage,
    response: Response,
    { done, refusal }: { done?: string | undefined; refusal?: CatalogueRefusal },
  ): Promise<void> {
    const [categories, districts] = await Promise.all([
      catalogue.choosers("categories"),
      catalogue.choosers("districts"),
    ]);
    response.status(statusOf(refusal)).send(
      cataloguePage({
        page: refusal === undefined ? page : { ...page, path: "/console/catalogue" },
        choosers: { categories, districts },
        placesLeft: {
          categories: catalogue.placesLeft("categories"),
          districts: catalogue.placesLeft("districts"),
        },
        done,
        problems: refusal === undefined ? [] : sayCatalogueRefusal(refusal, page),
      }),
    );
  }

  function showItem(
    page: SignedInPage,
    response: Response,
    item: { kind: CatalogueKind; existing: string | undefined; form: ItemForm; refusal?: CatalogueRefusal },
  ): void {
    const { refusal, ...rest } = item;
    const problems = refusal === undefined ? [] : sayCatalogueRefusal(refusal, page);
    const nameProblems = refusal?.refused === "bad_names" ? refusal.problems : [];
    response.status(statusOf(refusal)).send(itemPage({ page, ...rest, problems, nameProblems }));
  }

  async function showRetirement(
    page: SignedInPage,
    response: Response,
    { kind, id }: { kind: SubscribedKind; id: string },
    refusal?: CatalogueRefusal,
  ): Promise<void> {
    const retirement = await catalogue.retirement(kind, id);
    const standing = retirement.refusal ?? (retirement.going.length > 0 ? inUse : undefined);
    const said = [refusal, standing].filter((each) => each !== undefined);
    const problems = [...new Set(said.flatMap((each) => sayCatalogueRefusal(each, page)))];
    response.status(statusOf(refusal)).send(retirePage({ page, kind, id, retirement, problems }));
  }

  /** What the address names, if the ward has it or had it. */
  function asked(request: Request): { kind: CatalogueKind; id: string } | undefined {
    const kind = catalogueKinds.find((each) => each === request.params["kind"]);
    const id = String(request.params["id"]);
    return kind === undefined || stateOf(ward, kind, id) === undefined ? undefined : { kind, id };
  }

  function askedSubscribed(request: Request): { kind: SubscribedKind; id: string } | undefined {
    const found = asked(request);
    return found === undefined || found.kind === "groups" ? undefined : { kind: found.kind, id: found.id };
  }

  /** To the list: to the sentence that says what was done, or to the row that was moved, where the next Tab goes on. */
  function lead(response: Response, kind: CatalogueKind, id: string, done?: Done): void {
    const named = encodeURIComponent(id);
    const to = done === undefined ? `#${kind}-${named}` : `?done=${done}&kind=${kind}&id=${named}#done`;
    response.redirect(303, `/console/catalogue${to}`);
  }

  const router = Router();
  router.get(
    "/catalogue",
    signedIn("ward.manage", async (page, request, response) => {
      const { done, kind } = request.query;
      const id = typeof request.query["id"] === "string" ? request.query["id"] : "";
      const what = dones.find((each) => each === done);
      const about = catalogueKinds.find((each) => each === kind);
      const known = about !== undefined && stateOf(ward, about, id) !== undefined;
      const sentence =
        what === undefined || !known
          ? undefined
          : page.say(`catalogue:done.${what}`, { name: ward.name(about, id, page.language) });
      await showList(page, response, { done: sentence });
    }),
  );
  router.get(
    "/catalogue/add/:kind",
    signedIn("ward.manage", async (page, request, response) => {
      const kind = addable(request);
      const group = ward.profile.groups[0]?.id ?? "";
      if (kind === undefined) refuse(page, response, 404);
      else showItem(page, response, { kind, existing: undefined, form: { names: {}, group, id: "" } });
    }),
  );
  router.post(
    "/catalogue/add/:kind",
    signedIn("ward.manage", async (page, request, response) => {
      const kind = addable(request);
      if (kind === undefined) return refuse(page, response, 404);
      const form = typedIn(request, ward);
      const made = await catalogue.add(page.actor, { kind, ...form }, versionIn(request));
      if ("added" in made) lead(response, kind, made.added, "added");
      else showItem(page, response, { kind, existing: undefined, form, refusal: made });
    }),
  );
  router.get(
    "/catalogue/:kind/:id",
    signedIn("ward.manage", async (page, request, response) => {
      const found = asked(request);
      if (found === undefined) return refuse(page, response, 404);
      const { kind, id } = found;
      showItem(page, response, { kind, existing: id, form: formOf(ward, kind, id) });
    }),
  );
  router.post(
    "/catalogue/:kind/:id",
    signedIn("ward.manage", async (page, request, response) => {
      const found = asked(request);
      if (found === undefined) return refuse(page, response, 404);
      const { kind, id } = found;
      const form = typedIn(request, ward);
      const refusal = await catalogue.change(page.actor, changesIn(ward, form, kind, id), versionIn(request));
      if (refusal === undefined) lead(response, kind, id, "changed");
      else showItem(page, response, { kind, existing: id, form, refusal });
    }),
  );
  router.post(
    "/catalogue/:kind/:id/move",
    signedIn("ward.manage", async (page, request, response) => {
      const found = asked(request);
      if (found === undefined) return refuse(page, response, 404);
      const change = moved(ward, found.kind, found.id, fieldOf(request, "direction"));
      const changes = change === undefined ? [] : [change];
      const refusal = await catalogue.change(page.actor, changes, versionIn(request));
      if (refusal === undefined) lead(response, found.kind, found.id);
      else await showList(page, response, { refusal });
    }),
  );
  router.get(
    "/catalogue/:kind/:id/retire",
    signedIn("ward.manage", async (page, request, response) => {
      const found = askedSubscribed(request);
      if (found === undefined) refuse(page, response, 404);
      else await showRetirement(page, response, found);
    }),
  );
  router.post(
    "/catalogue/:kind/:id/retire",
    signedIn("ward.manage", async (page, request, response) => {
      const found = askedSubscribed(request);
      if (found === undefined) return refuse(page, response, 404);
      const change: CatalogueChange = { change: "retire", ...found };
      const refusal = await catalogue.change(page.actor, [change], versionIn(request));
      if (refusal === undefined) lead(response, found.kind, found.id, "retired");
      else await showRetirement(page, response, found, refusal);
    }),
  );
  router.post(
    "/catalogue/:kind/:id/bring-back",
    signedIn("ward.manage", async (page, request, response) => {
      const found = askedSubscribed(request);
      if (found === undefined) return refuse(page, response, 404);
      const change: CatalogueChange = { change: "bringBack", ...found };
      const refusal = await catalogue.change(page.actor, [change], versionIn(request));
      if (refusal === undefined) lead(response, found.kind, found.id, "broughtBack");
      else await showList(page, response, { refusal });
    }),
  );
  return router;
}

const inUse: CatalogueRefusal = { refused: "in_use" };

function addable(request: Request): SubscribedKind | undefined {
  return (["categories", "districts"] as const).find((each) => each === request.params["kind"]);
}

function statusOf(refusal: CatalogueRefusal | undefined): number {
  switch (refusal?.refused) {
    case undefined:
      return 200;
    case "bad_names":
    case "bad_id":
    case "id_taken":
      return 422;
    default:
      return 409;
  }
}
