import type { WardProfile } from "./profile.ts";

/** What can be changed while the program runs. */
export const catalogueKinds = ["categories", "districts", "groups"] as const;
export type CatalogueKind = (typeof catalogueKinds)[number];
/** What can be retired, and has subscribers. */
export type SubscribedKind = "categories" | "districts";

/** Names of one thing by language. */
export type NamesByLanguage = Record<string, string>;

/**
 * One change on top of the ward profile, as it is kept. Each says what is to be, and stands on ids, not on places in a
 * list, so that it still means the same when the profile's file was changed in between.
 */
export type CatalogueChange =
  | { change: "addCategory"; id: string; group: string; names: NamesByLanguage }
  | { change: "addDistrict"; id: string; names: NamesByLanguage }
  | { change: "rename"; kind: CatalogueKind; id: string; names: NamesByLanguage }
  /** To stand behind `after`, or first. A category may go to another group by that. */
  | { change: "move"; kind: CatalogueKind; id: string; after: string | null; group?: string }
  | { change: "retire"; kind: SubscribedKind; id: string }
  | { change: "bringBack"; kind: SubscribedKind; id: string };

export interface CatalogueCategory {
  id: string;
  emergency: boolean;
  retired: boolean;
}

/** What a ward offers or once offered, in its order. Never changed in place. */
export interface Catalogue {
  groups: readonly { id: string; categories: readonly CatalogueCategory[] }[];
  districts: readonly { id: string; retired: boolean }[];
  /** Names that were given in the console; they go before those of the profile's files. */
  names: Readonly<Record<CatalogueKind, Readonly<Record<string, NamesByLanguage>>>>;
}

/** As the profile's file has it. */
export function catalogueOf(profile: WardProfile): Catalogue {
  return {
    groups: profile.groups.map(({ id, categories }) => ({
      id,
      categories: categories.map((category) => ({ ...category, retired: false })),
    })),
    districts: profile.districts.map((id) => ({ id, retired: false })),
    names: { categories: {}, districts: {}, groups: {} },
  };
}

/** The profile as it is with these changes: what is retired is not in it. */
export function profileWith(profile: WardProfile, { groups, districts }: Catalogue): WardProfile {
  const visible = groups.map(({ id, categories }) => ({
    id,
    categories: categories
      .filter(({ retired }) => !retired)
      .map((category) => ({ id: category.id, emergency: category.emergency })),
  }));
  const { categories: retired, districts: gone } = retiredOf({ groups, districts });
  const offered = (ids: string[]) => ids.filter((id) => !retired.includes(id));
  return {
    ...profile,
    groups: visible,
    districts: districts.filter((each) => !each.retired).map(({ id }) => id),
    bundles: profile.bundles.map((bundle) =>
      bundle.categories === "all" ? bundle : { ...bundle, categories: offered(bundle.categories) },
    ),
    childrenCategories: offered(profile.childrenCategories),
    shelters: profile.shelters.map((shelter) => ({
      ...shelter,
      districts: shelter.districts.filter((id) => !gone.includes(id)),
    })),
  };
}

/** The ids that are no longer offered. */
export function retiredOf({
  groups,
  districts,
}: Pick<Catalogue, "groups" | "districts">): Record<SubscribedKind, string[]> {
  const ids = (all: readonly { id: string; retired: boolean }[]) =>
    all.filter(({ retired }) => retired).map(({ id }) => id);
  return { categories: groups.flatMap(({ categories }) => ids(categories)), districts: ids(districts) };
}

/** The catalogue after a change; the same one when the change is about something that is not there (any more). */
export function changedBy(before: Catalogue, asked: CatalogueChange): Catalogue {
  switch (asked.change) {
    case "addCategory": {
      if (categoryIn(before, asked.id) !== undefined || !has(before.groups, asked.group)) return before;
      const added = { id: asked.id, emergency: false, retired: false };
      const groups = before.groups.map((group) =>
        group.id === asked.group ? { ...group, categories: [...group.categories, added] } : group,
      );
      return named({ ...before, groups }, "categories", asked.id, asked.names);
    }
    case "addDistrict": {
      if (has(before.districts, asked.id)) return before;
      const districts = [...before.districts, { id: asked.id, retired: false }];
      return named({ ...before, districts }, "districts", asked.id, asked.names);
    }
    case "rename":
      return named(before, asked.kind, asked.id, asked.names);
    case "move":
      return moved(before, asked);
    case "retire":
    case "bringBack":
      return stamped(before, asked.kind, asked.id, asked.change === "retire");
  }
}

/** A category and the group it stands in, retired or not. */
export function categoryIn(
  { groups }: Catalogue,
  id: string,
): (CatalogueCategory & { group: string }) | undefined {
  for (const group of groups) {
    const found = group.categories.find((category) => category.id === id);
    if (found !== undefined) return { ...found, group: group.id };
  }
  return undefined;
}

function named(before: Catalogue, kind: CatalogueKind, id: string, names: NamesByLanguage): Catalogue {
  const known = before.names[kind];
  return { ...before, names: { ...before.names, [kind]: { ...known, [id]: { ...known[id], ...names } } } };
}

function moved(
  before: Catalogue,
  { kind, id, after, group }: CatalogueChange & { change: "move" },
): Catalogue {
  if (kind === "groups") return { ...before, groups: behind(before.groups, id, after) };
  if (kind === "districts") return { ...before, districts: behind(before.districts, id, after) };
  const category = categoryIn(before, id);
  if (category === undefined) return before;
  const target = group !== undefined && has(before.groups, group) ? group : category.group;
  const { group: _, ...moving } = category;
  const groups = before.groups.map((each) => {
    const others = each.categories.filter((other) => other.id !== id);
    if (each.id === target) return { ...each, categories: behind([...others, moving], id, after) };
    return others.length === each.categories.length ? each : { ...each, categories: others };
  });
  return { ...before, groups };
}

/** The list with `id` behind `after`: first when that is null, last when it is not there. */
function behind<T extends { id: string }>(all: readonly T[], id: string, after: string | null): readonly T[] {
  const moving = all.find((each) => each.id === id);
  if (moving === undefined || after === id) return all;
  const others = all.filter((each) => each.id !== id);
  const place = after === null ? -1 : others.findIndex((each) => each.id === after);
  const at = place === -1 && after !== null ? others.length : place + 1;
  return [...others.slice(0, at), moving, ...others.slice(at)];
}

function stamped(before: Catalogue, kind: SubscribedKind, id: string, retired: boolean): Catalogue {
  const stamp = <T extends { id: string; retired: boolean }>(each: T): T =>
    each.id === id ? { ...each, retired } : each;
  if (kind === "districts") return { ...before, districts: before.districts.map(stamp) };
  return {
    ...before,
    groups: before.groups.map((group) => ({ ...group, categories: group.categories.map(stamp) })),
  };
}

function has(all: readonly { id: string }[], id: string): boolean {
  return all.some((each) => each.id === id);
}
