import type { Request } from "express";
import { namesFor } from "../../catalogue/names.ts";
import {
  type CatalogueChange,
  type CatalogueKind,
  type NamesByLanguage,
  categoryIn,
} from "../../shared/ward/catalogue.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { fieldOf } from "../context.ts";
import type { ItemForm } from "./item.tsx";

/** The names and the group as they are. */
export function formOf(ward: Ward, kind: CatalogueKind, id: string): ItemForm {
  const names = Object.fromEntries(
    ward.languages.map((language) => [language, ward.name(kind, id, language)]),
  );
  return { names, group: categoryIn(ward.catalogue, id)?.group ?? "", id };
}

/** What a browser posted; anything else in it is passed over. */
export function typedIn(request: Request, ward: Ward): ItemForm {
  const names: NamesByLanguage = Object.fromEntries(
    ward.languages.map((language) => [language, fieldOf(request, `name.${language}`)]),
  );
  return { names, group: fieldOf(request, "group"), id: fieldOf(request, "id").trim() };
}

/** What of the form is different from what is there. */
export function changesIn(ward: Ward, form: ItemForm, kind: CatalogueKind, id: string): CatalogueChange[] {
  const before = formOf(ward, kind, id);
  const names = namesFor(ward, form.names);
  const renamed = ward.languages.some((language) => names[language] !== before.names[language]);
  const regrouped = kind === "categories" && form.group !== before.group;
  const last = categoryIdsOf(ward, form.group).at(-1) ?? null;
  return [
    ...(renamed ? [{ change: "rename" as const, kind, id, names }] : []),
    ...(regrouped ? [{ change: "move" as const, kind, id, after: last, group: form.group }] : []),
  ];
}

function categoryIdsOf({ profile }: Ward, group: string): string[] {
  return profile.groups.find((each) => each.id === group)?.categories.map(({ id }) => id) ?? [];
}

/** One place up or down among those that are offered; undefined when it stands at that end already. */
export function moved(
  ward: Ward,
  kind: CatalogueKind,
  id: string,
  direction: string,
): CatalogueChange | undefined {
  const beside =
    kind === "groups"
      ? ward.profile.groups.map((group) => group.id)
      : kind === "districts"
        ? ward.districts
        : categoryIdsOf(ward, categoryIn(ward.catalogue, id)?.group ?? "");
  const place = beside.indexOf(id);
  const to = direction === "up" ? place - 1 : place + 1;
  if (place === -1 || to < 0 || to >= beside.length) return undefined;
  const after = direction === "up" ? (beside[to - 1] ?? null) : (beside[to] ?? null);
  return { change: "move", kind, id, after };
}

/** Which ward the form was drawn from; NaN, which is never that of now, when it does not say. */
export function versionIn(request: Request): number {
  const text = fieldOf(request, "version");
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}
