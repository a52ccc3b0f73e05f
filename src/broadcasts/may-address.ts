import type { Audience } from "../residents/audience.ts";
import type { Actor } from "../staff/permissions.ts";

/** Why somebody of a section may not address an audience, or not touch what others wrote. */
export interface OutsideSection {
  refused: "outside_section";
  /** Categories of the audience that their sections do not own. */
  categories: string[];
  /** The audience reaches beyond categories: everybody, whole districts, people who never chose. */
  everyone: boolean;
}

/**
 * Whether somebody may address an audience. Central staff may address everything. Somebody of a section names
 * categories, all of them their sections'; the other parts only narrow that. What reaches beyond categories needs the
 * explicit right to address everybody, which opens no other section's categories.
 */
export function mayAddress(actor: Actor, audience: Audience): true | OutsideSection {
  const { categories: own, mayAddressEveryone } = actor;
  if (own === undefined) return true;
  const categories = (audience.categories?.anyOf ?? []).filter((id) => !own.includes(id));
  const everyone = reachesBeyondCategories(audience) && !mayAddressEveryone;
  return categories.length === 0 && !everyone ? true : { refused: "outside_section", categories, everyone };
}

/** Whether an audience is more than the subscribers of some categories. */
export function reachesBeyondCategories(audience: Audience): boolean {
  return (
    audience.everyone === true ||
    audience.includeWithoutPreferences === true ||
    audience.categories === undefined
  );
}
