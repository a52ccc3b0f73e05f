import type { CatalogueChange, CatalogueKind, SubscribedKind } from "../shared/ward/catalogue.ts";
import { categoryIn } from "../shared/ward/catalogue.ts";
import { idSchema, wardLimits } from "../shared/ward/profile.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type NameProblem, checkedNames } from "./names.ts";

/** Why a change of the catalogue was not made. A value: the page says it in words. */
export type CatalogueRefusal =
  | { refused: "role_missing" }
  | { refused: "changed_meanwhile" }
  | { refused: "not_found" }
  | { refused: "bad_names"; problems: NameProblem[] }
  | { refused: "bad_id" }
  | { refused: "id_taken" }
  /** All 64 ids that a kind can ever have are used up, retired ones included. */
  | { refused: "no_places_left"; kind: SubscribedKind }
  | { refused: "group_full"; group: string }
  | { refused: "last_of_group"; group: string }
  | { refused: "last_of_bundle"; bundle: string }
  | { refused: "last_for_children" }
  | { refused: "too_few_categories" }
  | { refused: "for_emergencies" }
  | { refused: "already" }
  /** Broadcasts that are approved, stopped or being sent name it. */
  | { refused: "in_use" };

/** What the rules need to know beyond the ward itself. */
export interface RuleFacts {
  /** Whether an id ever had a bit, so that nobody inherits its subscribers. */
  wasUsed(kind: SubscribedKind, id: string): boolean;
  placesLeft(kind: SubscribedKind): number;
  /** Whether a broadcast that still goes out names it. */
  isInUse(kind: SubscribedKind, id: string): boolean;
}

/** Why this change cannot be made of the ward as it is now; undefined when it can. */
export function whyNot(asked: CatalogueChange, ward: Ward, facts: RuleFacts): CatalogueRefusal | undefined {
  switch (asked.change) {
    case "addCategory":
      return (
        badId(asked.id, "categories", ward, facts) ??
        (isGroup(ward, asked.group) ? undefined : { refused: "not_found" }) ??
        groupFull(ward, asked.group) ??
        badNames(ward, "categories", undefined, asked.names)
      );
    case "addDistrict":
      return badId(asked.id, "districts", ward, facts) ?? badNames(ward, "districts", undefined, asked.names);
    case "rename":
      return exists(ward, asked.kind, asked.id)
        ? badNames(ward, asked.kind, asked.id, asked.names)
        : { refused: "not_found" };
    case "move":
      return cannotMove(asked, ward);
    case "retire":
      return cannotRetire(asked.kind, asked.id, ward) ?? inUse(asked.kind, asked.id, facts);
    case "bringBack":
      return cannotBringBack(asked.kind, asked.id, ward);
  }
}

/** Why it cannot be retired, whatever broadcasts name it. */
export function cannotRetire(kind: SubscribedKind, id: string, ward: Ward): CatalogueRefusal | undefined {
  const state = stateOf(ward, kind, id);
  if (state === undefined) return { refused: "not_found" };
  if (state === "retired") return { refused: "already" };
  if (kind === "districts") return undefined;
  const category = ward.categories.find((each) => each.id === id);
  if (category === undefined) return { refused: "not_found" };
  if (category.emergency) return { refused: "for_emergencies" };
  if (ward.categories.length <= wardLimits.fewestCategories) return { refused: "too_few_categories" };
  const alone = (ids: readonly string[]) => ids.length === 1 && ids[0] === id;
  if (ward.categories.filter(({ group }) => group === category.group).length === 1)
    return { refused: "last_of_group", group: category.group };
  if (alone(ward.profile.childrenCategories)) return { refused: "last_for_children" };
  const bundle = ward.profile.bundles.find(({ categories }) => categories !== "all" && alone(categories));
  return bundle === undefined ? undefined : { refused: "last_of_bundle", bundle: bundle.id };
}

function cannotBringBack(kind: SubscribedKind, id: string, ward: Ward): CatalogueRefusal | undefined {
  const state = stateOf(ward, kind, id);
  if (state === undefined) return { refused: "not_found" };
  if (state === "offered") return { refused: "already" };
  if (kind === "categories") {
    const full = groupFull(ward, categoryIn(ward.catalogue, id)?.group ?? "");
    if (full !== undefined) return full;
  }
  const names = Object.fromEntries(
    ward.languages.map((language) => [language, ward.name(kind, id, language)]),
  );
  return badNames(ward, kind, id, names);
}

function cannotMove(
  { kind, id, group: to }: CatalogueChange & { change: "move" },
  ward: Ward,
): CatalogueRefusal | undefined {
  if (!exists(ward, kind, id)) return { refused: "not_found" };
  if (kind !== "categories" || to === undefined) return undefined;
  if (!isGroup(ward, to)) return { refused: "not_found" };
  const category = categoryIn(ward.catalogue, id);
  if (category === undefined || category.group === to || category.retired) return undefined;
  if (ward.categories.filter(({ group }) => group === category.group).length === 1)
    return { refused: "last_of_group", group: category.group };
  return groupFull(ward, to);
}

/** Whether it is offered or was; undefined when the ward never had it. */
export function stateOf(ward: Ward, kind: CatalogueKind, id: string): "offered" | "retired" | undefined {
  if (kind === "groups") return isGroup(ward, id) ? "offered" : undefined;
  const found =
    kind === "categories"
      ? categoryIn(ward.catalogue, id)
      : ward.catalogue.districts.find((district) => district.id === id);
  return found === undefined ? undefined : found.retired ? "retired" : "offered";
}

function exists(ward: Ward, kind: CatalogueKind, id: string): boolean {
  return stateOf(ward, kind, id) !== undefined;
}

function isGroup(ward: Ward, id: string): boolean {
  return ward.profile.groups.some((group) => group.id === id);
}

function groupFull(ward: Ward, group: string): CatalogueRefusal | undefined {
  const inside = ward.categories.filter((category) => category.group === group).length;
  return inside >= wardLimits.categoriesInGroup ? { refused: "group_full", group } : undefined;
}

function badId(id: string, kind: SubscribedKind, ward: Ward, facts: RuleFacts): CatalogueRefusal | undefined {
  if (!idSchema.safeParse(id).success) return { refused: "bad_id" };
  if (exists(ward, kind, id) || facts.wasUsed(kind, id)) return { refused: "id_taken" };
  return facts.placesLeft(kind) < 1 ? { refused: "no_places_left", kind } : undefined;
}

function badNames(
  ward: Ward,
  kind: CatalogueKind,
  id: string | undefined,
  typed: Record<string, string>,
): CatalogueRefusal | undefined {
  const checked = checkedNames(ward, kind, id, typed);
  return "problems" in checked ? { refused: "bad_names", problems: checked.problems } : undefined;
}

function inUse(kind: SubscribedKind, id: string, facts: RuleFacts): CatalogueRefusal | undefined {
  return facts.isInUse(kind, id) ? { refused: "in_use" } : undefined;
}
