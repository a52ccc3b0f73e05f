import { type Actor, may } from "../staff/permissions.ts";
import { type Addressees, split } from "./addressees.ts";
import type { Broadcast } from "./broadcast.ts";
import type { BroadcastDeps } from "./deps.ts";
import { type OutsideSection, mayAddress, reachesBeyondCategories } from "./may-address.ts";

/** Follow-ups of follow-ups; each is looked through to the audience it began with. */
const longestChain = 100;

/**
 * Whose a broadcast is: what addresses categories belongs to the sections that own them; what addresses everybody
 * belongs to its author and the author's colleagues. Every act of writing asks here, whichever way it comes in.
 */
export function createAddressing({ store, sectionsOf }: Pick<BroadcastDeps, "store" | "sectionsOf">) {
  /** The audience that a broadcast, or the first of a chain of follow-ups, was written for, and by whom. */
  async function origin(
    addressees: Addressees,
    authorId: string | undefined,
  ): Promise<{ audience: Addressees; authorId: string | undefined } | undefined> {
    let found = { audience: addressees, authorId };
    for (let step = 0; step < longestChain; step += 1) {
      const { recipientsOf } = found.audience;
      if (recipientsOf === undefined) return found;
      const original = await store.find(recipientsOf);
      if (original === undefined) return undefined;
      found = { audience: original.audience, authorId: original.authorId };
    }
    return undefined;
  }

  async function isColleague(actor: Actor, staffId: string | undefined): Promise<boolean> {
    if (staffId === undefined || staffId === actor.id) return true;
    const theirs = await sectionsOf(staffId);
    return theirs.some((section) => actor.sections.includes(section));
  }

  /** `authorId`: of the broadcast as it stands; undefined for an audience that is only being asked for. */
  async function check(
    actor: Actor,
    addressees: Addressees,
    authorId: string | undefined,
  ): Promise<true | OutsideSection> {
    if (actor.categories === undefined) return true;
    // Rehearsals, which address no resident, are the duty officers' (src/alerts).
    const nobodys: OutsideSection = { refused: "outside_section", categories: [], everyone: true };
    const first = await origin(addressees, authorId);
    const rule = first === undefined ? undefined : split(first.audience);
    if (first === undefined || rule === undefined || !("audience" in rule)) return nobodys;
    const answer = mayAddress(actor, rule.audience);
    if (answer !== true || !reachesBeyondCategories(rule.audience)) return answer;
    return (await isColleague(actor, first.authorId)) ? true : nobodys;
  }

  return {
    /** Whether somebody may address these people; those of an earlier broadcast, if they might have written that one. */
    mayAddress: (actor: Actor, addressees: Addressees): Promise<true | OutsideSection> =>
      check(actor, addressees, undefined),

    /** Whether somebody may change or hand in a broadcast that exists. Being allowed to write at all is asked elsewhere. */
    mayChange: async (
      actor: Actor,
      { audience, authorId }: Pick<Broadcast, "audience" | "authorId">,
    ): Promise<true | OutsideSection> => check(actor, audience, authorId),

    /** Whether somebody may stop, resume or cancel it: authors what is theirs, those who oversee everything, and only they an alert. */
    mayControl: async (
      actor: Actor,
      { kind, audience, authorId }: Pick<Broadcast, "kind" | "audience" | "authorId">,
    ): Promise<true | OutsideSection> => {
      if (may(actor, "broadcast.oversee")) return true;
      return kind === "alert"
        ? { refused: "outside_section", categories: [], everyone: true }
        : check(actor, audience, authorId);
    },
  };
}
