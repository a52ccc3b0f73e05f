import { and, asc, eq, inArray, ne, or, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { everyoneRights, sectionCategories, sectionMembers, sections, staff } from "../../db/schema.ts";
import type { AuditStore } from "../audit/store.ts";
import { rolesOf } from "./actor.ts";
import type { Role } from "./permissions.ts";
import { bootstrapId } from "./rules.ts";

/** A section of the ward (課): the categories it owns, and who belongs to it (staff ids). */
export interface Section {
  id: string;
  nameJa: string;
  nameEn: string;
  /** Grows with every change. */
  version: number;
  categories: string[];
  members: string[];
}

export type NewSection = Omit<Section, "version">;

/** Somebody of the staff, as far as sections need to know. */
export interface Person {
  id: string;
  name: string;
  roles: Role[];
  sections: string[];
  mayAddressEveryone: boolean;
}

/** Who does it, and when. */
export interface By {
  actor: string;
  at: number;
}

export type SectionStore = ReturnType<typeof createSectionStore>;

/** Sections, who belongs to them, and who may address everybody all the same. */
export function createSectionStore({ orm, write }: Database, audit: AuditStore) {
  function all(): Section[] {
    const categories = orm.select().from(sectionCategories).all();
    const members = orm.select().from(sectionMembers).all();
    return orm
      .select()
      .from(sections)
      .orderBy(asc(sections.createdAt), asc(sections.id))
      .all()
      .map((section) => ({
        id: section.id,
        nameJa: section.nameJa,
        nameEn: section.nameEn,
        version: section.version,
        categories: categories.filter((each) => each.sectionId === section.id).map((each) => each.category),
        members: members.filter((each) => each.sectionId === section.id).map((each) => each.staffId),
      }));
  }

  const find = (id: string): Section | undefined => all().find((section) => section.id === id);

  function isTaken({ id, nameJa, nameEn }: NewSection): boolean {
    const same = or(eq(sections.nameJa, nameJa), eq(sections.nameEn, nameEn));
    return (
      orm
        .select({ id: sections.id })
        .from(sections)
        .where(and(same, ne(sections.id, id)))
        .get() !== undefined
    );
  }

  /** Makes what a section owns and who belongs to it as given. */
  function fill({ id, categories, members }: NewSection): void {
    orm.delete(sectionCategories).where(eq(sectionCategories.sectionId, id)).run();
    orm.delete(sectionMembers).where(eq(sectionMembers.sectionId, id)).run();
    for (const category of new Set(categories))
      orm.insert(sectionCategories).values({ sectionId: id, category }).run();
    for (const staffId of new Set(members))
      orm.insert(sectionMembers).values({ sectionId: id, staffId }).run();
  }

  /** Who belongs to this section and to no other. */
  function onlyHere(id: string): string[] {
    const elsewhere = orm
      .select({ staffId: sectionMembers.staffId })
      .from(sectionMembers)
      .where(ne(sectionMembers.sectionId, id))
      .all();
    const has = new Set(elsewhere.map(({ staffId }) => staffId));
    return (find(id)?.members ?? []).filter((staffId) => !has.has(staffId));
  }

  return {
    list: async (): Promise<Section[]> => all(),

    sectionsOf: async (staffId: string): Promise<string[]> =>
      orm
        .select({ section: sectionMembers.sectionId })
        .from(sectionMembers)
        .where(eq(sectionMembers.staffId, staffId))
        .all()
        .map(({ section }) => section),

    /** Everybody on the staff, by name; the key of the environment is nobody. */
    people: async (): Promise<Person[]> => {
      const memberships = orm.select().from(sectionMembers).all();
      return orm
        .select({
          id: staff.id,
          name: staff.name,
          roles: staff.roles,
          right: everyoneRights.staffId,
        })
        .from(staff)
        .leftJoin(everyoneRights, eq(everyoneRights.staffId, staff.id))
        .where(ne(staff.id, bootstrapId))
        .orderBy(asc(staff.name), asc(staff.id))
        .all()
        .map(({ right, roles, ...person }) => ({
          ...person,
          roles: rolesOf({ roles }),
          sections: memberships.filter((each) => each.staffId === person.id).map((each) => each.sectionId),
          mayAddressEveryone: right !== null,
        }));
    },

    /** A repeat with the same id makes nothing new. */
    create: (section: NewSection, { actor, at }: By): Promise<Section | "name_taken"> =>
      write(() => {
        const existing = find(section.id);
        if (existing !== undefined) return existing;
        if (isTaken(section)) return "name_taken";
        const { id, nameJa, nameEn, categories, members } = section;
        orm.insert(sections).values({ id, nameJa, nameEn, version: 1, createdAt: at }).run();
        fill(section);
        audit.append({
          at,
          actor,
          act: "section.create",
          subject: id,
          details: { nameJa, nameEn, categories, members },
        });
        return { ...section, version: 1 };
      }),

    change: (
      section: NewSection,
      version: number,
      { actor, at }: By,
    ): Promise<"done" | "name_taken" | "changed_meanwhile"> =>
      write(() => {
        const before = find(section.id);
        if (before?.version !== version) return "changed_meanwhile";
        if (isTaken(section)) return "name_taken";
        const { id, nameJa, nameEn } = section;
        orm
          .update(sections)
          .set({ nameJa, nameEn, version: sql`${sections.version} + 1` })
          .where(eq(sections.id, id))
          .run();
        fill(section);
        audit.append({ at, actor, act: "section.change", subject: id, details: difference(before, section) });
        return "done";
      }),

    /**
     * Removes a section. Who belongs to no other one goes to `membersTo`, or, when that is `central`, becomes central
     * staff; undefined refuses as long as there is such a person.
     */
    remove: (
      id: string,
      membersTo: string | undefined,
      { actor, at }: By,
    ): Promise<"done" | "not_found" | "members_need_a_place"> =>
      write(() => {
        const section = find(id);
        if (section === undefined) return "not_found";
        const left = onlyHere(id);
        const target = membersTo === undefined || membersTo === "central" ? undefined : find(membersTo);
        if (left.length > 0 && (target === undefined || target.id === id) && membersTo !== "central")
          return "members_need_a_place";
        if (target !== undefined)
          for (const staffId of left)
            orm.insert(sectionMembers).values({ sectionId: target.id, staffId }).onConflictDoNothing().run();
        orm.delete(sections).where(eq(sections.id, id)).run();
        const { nameJa, nameEn, categories, members } = section;
        const details = { nameJa, nameEn, categories, members, moved: left, membersTo: membersTo ?? "" };
        audit.append({ at, actor, act: "section.remove", subject: id, details });
        return "done";
      }),

    /** Grants or takes the right to address everybody; false when there is no such person. */
    setEveryoneRight: (staffId: string, granted: boolean, { actor, at }: By): Promise<boolean> =>
      write(() => {
        if (orm.select({ id: staff.id }).from(staff).where(eq(staff.id, staffId)).get() === undefined)
          return false;
        const { changes } = granted
          ? orm.insert(everyoneRights).values({ staffId, grantedAt: at }).onConflictDoNothing().run()
          : orm.delete(everyoneRights).where(eq(everyoneRights.staffId, staffId)).run();
        const act = granted ? "staff.grantEveryone" : "staff.revokeEveryone";
        if (changes > 0) audit.append({ at, actor, act, subject: staffId });
        return true;
      }),

    /** Those of these ids that nobody on the staff has. */
    unknownStaff: async (staffIds: string[]): Promise<string[]> => {
      if (staffIds.length === 0) return [];
      const known = orm.select({ id: staff.id }).from(staff).where(inArray(staff.id, staffIds)).all();
      return staffIds.filter((id) => !known.some((each) => each.id === id));
    },
  };
}

/** What an entry says of a change: only what became different. */
function difference(before: NewSection, after: NewSection): Record<string, unknown> {
  const added = (a: string[], b: string[]) => b.filter((id) => !a.includes(id));
  const lists = {
    categoriesAdded: added(before.categories, after.categories),
    categoriesRemoved: added(after.categories, before.categories),
    membersAdded: added(before.members, after.members),
    membersRemoved: added(after.members, before.members),
  };
  return {
    ...(before.nameJa === after.nameJa ? {} : { nameJa: after.nameJa }),
    ...(before.nameEn === after.nameEn ? {} : { nameEn: after.nameEn }),
    ...Object.fromEntries(Object.entries(lists).filter(([, ids]) => ids.length > 0)),
  };
}
