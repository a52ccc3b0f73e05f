import type { Clock } from "../shared/clock.ts";
import type { Ids } from "../shared/ids.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Actor, may } from "./permissions.ts";
import type { NewSection, Person, Section, SectionStore } from "./section-store.ts";

export interface SectionDraft {
  nameJa: string;
  nameEn: string;
  categories: string[];
  members: string[];
}

export interface SectionProblem {
  field: keyof SectionDraft;
  code: "empty" | "too_long" | "name_taken" | "unknown_id";
  limit?: number;
  actual?: number;
  value?: string;
}

/** Why nothing was done. A value, not an error. */
export type SectionRefusal =
  | { refused: "role_missing" | "not_found" | "changed_meanwhile" | "members_need_a_place" }
  | { refused: "invalid"; problems: SectionProblem[] };

export type SectionOutcome<T> = T | SectionRefusal;

export const longestSectionName = 50;

export interface SectionsDeps {
  store: SectionStore;
  ward: Ward;
  ids: Ids;
  clock: Clock;
}

export type Sections = ReturnType<typeof createSections>;

/** What administrators do with sections: the same functions for the console and the API. */
export function createSections({ store, ward, ids, clock }: SectionsDeps) {
  const manages = (actor: Actor) => may(actor, "section.manage");
  const by = (actor: Actor) => ({ actor: actor.id, at: clock.now() });

  /** `owned`: categories that the section has already; one that has left the ward may stay. */
  async function problemsOf(draft: SectionDraft, owned: string[]): Promise<SectionProblem[]> {
    const known = new Set([...owned, ...ward.categories.map(({ id }) => id)]);
    const unknown = (field: "categories" | "members", values: string[]): SectionProblem[] =>
      values.map((value) => ({ field, code: "unknown_id", value }));
    return [
      ...nameProblems("nameJa", draft.nameJa),
      ...nameProblems("nameEn", draft.nameEn),
      ...unknown(
        "categories",
        draft.categories.filter((id) => !known.has(id)),
      ),
      ...unknown("members", await store.unknownStaff(draft.members)),
    ];
  }

  const taken = (): SectionRefusal => ({
    refused: "invalid",
    problems: [{ field: "nameJa", code: "name_taken" }],
  });

  return {
    list: async (actor: Actor): Promise<SectionOutcome<{ sections: Section[]; people: Person[] }>> =>
      manages(actor)
        ? { sections: await store.list(), people: await store.people() }
        : { refused: "role_missing" },

    /** `id` is given when a repeated request must make the same section. */
    create: async (
      actor: Actor,
      draft: SectionDraft,
      id: string = ids.ulid(),
    ): Promise<SectionOutcome<Section>> => {
      if (!manages(actor)) return { refused: "role_missing" };
      const section = tidy(id, draft);
      const problems = await problemsOf(section, []);
      if (problems.length > 0) return { refused: "invalid", problems };
      const made = await store.create(section, by(actor));
      return made === "name_taken" ? taken() : made;
    },

    /** Absent fields stay as they are; lists are given whole. */
    change: async (
      actor: Actor,
      id: string,
      change: Partial<SectionDraft>,
      seenVersion?: number,
    ): Promise<SectionOutcome<Section>> => {
      if (!manages(actor)) return { refused: "role_missing" };
      const before = (await store.list()).find((each) => each.id === id);
      if (before === undefined) return { refused: "not_found" };
      if (seenVersion !== undefined && seenVersion !== before.version)
        return { refused: "changed_meanwhile" };
      const section = tidy(id, { ...before, ...change });
      const problems = await problemsOf(section, before.categories);
      if (problems.length > 0) return { refused: "invalid", problems };
      const done = await store.change(section, before.version, by(actor));
      if (done === "name_taken") return taken();
      return done === "done" ? { ...section, version: before.version + 1 } : { refused: done };
    },

    /** `membersTo`: where those go who belong to no other section; `central` lets them address everything. */
    remove: async (
      actor: Actor,
      id: string,
      membersTo: string | undefined,
    ): Promise<SectionOutcome<{ removed: string }>> => {
      if (!manages(actor)) return { refused: "role_missing" };
      const done = await store.remove(id, membersTo, by(actor));
      return done === "done" ? { removed: id } : { refused: done };
    },

    /** Grants or takes the right of somebody of a section to address everybody. */
    setEveryoneRight: async (
      actor: Actor,
      staffId: string,
      granted: boolean,
    ): Promise<SectionOutcome<{ granted: boolean }>> => {
      if (!manages(actor)) return { refused: "role_missing" };
      return (await store.setEveryoneRight(staffId, granted, by(actor)))
        ? { granted }
        : { refused: "not_found" };
    },
  };
}

export function isSectionRefusal(outcome: object): outcome is SectionRefusal {
  return "refused" in outcome;
}

function nameProblems(field: "nameJa" | "nameEn", name: string): SectionProblem[] {
  if (name === "") return [{ field, code: "empty" }];
  if (name.length <= longestSectionName) return [];
  return [{ field, code: "too_long", limit: longestSectionName, actual: name.length }];
}

function tidy(id: string, { nameJa, nameEn, categories, members }: SectionDraft): NewSection {
  return {
    id,
    nameJa: nameJa.trim(),
    nameEn: nameEn.trim(),
    categories: [...new Set(categories)],
    members: [...new Set(members)],
  };
}
