import { eq, sql } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { everyoneRights, sectionCategories, sectionMembers } from "../../db/schema.ts";
import { rolesOf } from "./actor.ts";
import type { Actor } from "./permissions.ts";

/** Turns somebody of the staff into somebody who acts: with their sections as they are now, whichever way they come in. */
export function createAsActor({ orm }: Database) {
  const staffId = sql.placeholder("staffId");
  const sectionsOf = orm
    .select({ section: sectionMembers.sectionId })
    .from(sectionMembers)
    .where(eq(sectionMembers.staffId, staffId))
    .prepare();
  const categoriesOf = orm
    .selectDistinct({ category: sectionCategories.category })
    .from(sectionMembers)
    .innerJoin(sectionCategories, eq(sectionCategories.sectionId, sectionMembers.sectionId))
    .where(eq(sectionMembers.staffId, staffId))
    .prepare();
  const rightOf = orm.select().from(everyoneRights).where(eq(everyoneRights.staffId, staffId)).prepare();

  return ({ id, name, roles }: { id: string; name: string; roles: readonly string[] }): Actor => {
    const of = { staffId: id };
    const sections = sectionsOf.all(of).map(({ section }) => section);
    return {
      id,
      name,
      roles: rolesOf({ roles }),
      sections,
      categories: sections.length === 0 ? undefined : categoriesOf.all(of).map(({ category }) => category),
      mayAddressEveryone: rightOf.get(of) !== undefined,
    };
  };
}
