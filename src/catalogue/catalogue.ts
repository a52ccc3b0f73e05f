import type { Database } from "../../db/open.ts";
import type { AuditStore } from "../audit/store.ts";
import type { Broadcast } from "../broadcasts/broadcast.ts";
import type { BroadcastState } from "../broadcasts/lifecycle.ts";
import type { BroadcastStore } from "../broadcasts/store.ts";
import type { HeadCounter } from "../residents/census/head-counter.ts";
import type { FacetKind, GrowingFacets } from "../residents/facet-store.ts";
import type { Clock } from "../shared/clock.ts";
import type { CatalogueChange, NamesByLanguage, SubscribedKind } from "../shared/ward/catalogue.ts";
import type { ChangingWard } from "../shared/ward/ward.ts";
import { type Actor, may } from "../staff/permissions.ts";
import { derivedId, namesFor } from "./names.ts";
import { type CatalogueRefusal, type RuleFacts, cannotRetire, whyNot } from "./rules.ts";
import type { CatalogueStore, KeptChanges } from "./store.ts";

export interface CatalogueDeps {
  db: Pick<Database, "write">;
  ward: ChangingWard;
  facets: GrowingFacets;
  store: CatalogueStore;
  broadcasts: BroadcastStore;
  heads: HeadCounter;
  audit: AuditStore;
  clock: Clock;
}

/** What retiring would mean, before anybody confirms it. */
export interface Retirement {
  /** How many who follow have chosen it. */
  choosers: number;
  /** Why it cannot be retired at all. */
  refusal: CatalogueRefusal | undefined;
  /** Broadcasts that still go out and name it: as long as there is one, it cannot be retired. */
  going: Broadcast[];
  /** Broadcasts being written that name it: they can be submitted or approved only after a change. */
  written: Broadcast[];
  /** Ready choices for residents that would be without it. */
  bundles: string[];
}

/** From these a broadcast may still go out without being looked at again. */
const going: readonly BroadcastState[] = ["approved", "sending", "stopped"];
const written: readonly BroadcastState[] = ["draft", "submitted", "returned"];
const shownAtMost = 50;

const facetOf: Record<SubscribedKind, FacetKind> = { categories: "category", districts: "district" };

/** Thrown inside an act so that nothing of it stays. */
class Undone extends Error {
  constructor(readonly refusal: CatalogueRefusal) {
    super(refusal.refused);
  }
}

export type Catalogue = ReturnType<typeof createCatalogue>;

/** Everything administrators may do with categories, districts and groups. Each change takes effect at once. */
export function createCatalogue(deps: CatalogueDeps) {
  const { db, ward, facets, store, broadcasts, heads, audit, clock } = deps;

  const facts: RuleFacts = {
    wasUsed: (kind, id) => facets[kind].bitOf.has(id),
    placesLeft: (kind) => facets.placesLeft(facetOf[kind]),
    isInUse: (kind, id) => broadcasts.within.naming(kind, id, going, 1).length > 0,
  };

  /** One change as part of an act: kept, with its bit and its audit entry, and seen by everybody from now on. */
  function make(asked: CatalogueChange, actor: Actor): CatalogueRefusal | undefined {
    const refusal = whyNot(asked, ward, facts);
    if (refusal !== undefined) return refusal;
    const at = clock.now();
    if (asked.change === "addCategory") facets.within.add("category", asked.id);
    if (asked.change === "addDistrict") facets.within.add("district", asked.id);
    store.within.add(asked, actor.id, at);
    const { change, id, ...details } = asked;
    audit.append({ at, actor: actor.id, act: `catalogue.${change}`, subject: id, details });
    become(store.within.all());
    return undefined;
  }

  function become({ changes, version }: KeptChanges): void {
    facets.reload();
    ward.become(changes, version);
  }

  /**
   * Makes all of these changes or none.
   * @param seenVersion the version of the ward that whoever asks had before their eyes
   */
  async function change(
    actor: Actor,
    asked: readonly CatalogueChange[],
    seenVersion: number,
  ): Promise<CatalogueRefusal | undefined> {
    if (!may(actor, "ward.manage")) return { refused: "role_missing" };
    try {
      await db.write(() => {
        // Another process may have changed it.
        if (ward.version !== store.within.version()) become(store.within.all());
        if (ward.version !== seenVersion) throw new Undone({ refused: "changed_meanwhile" });
        for (const each of asked) {
          const refusal = make(each, actor);
          if (refusal !== undefined) throw new Undone(refusal);
        }
      });
      return undefined;
    } catch (error) {
      become(await store.all());
      if (error instanceof Undone) return error.refusal;
      throw error;
    }
  }

  /** Adds something to the end of its list. Without an id, one is made from the English name. */
  async function add(
    actor: Actor,
    wanted: { kind: SubscribedKind; id: string; group: string; names: NamesByLanguage },
    seenVersion: number,
  ): Promise<CatalogueRefusal | { added: string }> {
    const { kind, group } = wanted;
    const names = namesFor(ward, wanted.names);
    const isTaken = (id: string) => facts.wasUsed(kind, id);
    const id = wanted.id === "" ? derivedId(names["en"] ?? "", facetOf[kind], isTaken) : wanted.id;
    const asked: CatalogueChange =
      kind === "categories"
        ? { change: "addCategory", id, group, names }
        : { change: "addDistrict", id, names };
    return (await change(actor, [asked], seenVersion)) ?? { added: id };
  }

  return {
    change,
    add,

    /** Sees what another process changed. Called by the clock: one question to the database when there is nothing. */
    catchUp: async (): Promise<void> => {
      if ((await store.version()) !== ward.version) become(await store.all());
    },

    /** How many more of a kind can ever be added. */
    placesLeft: facts.placesLeft,

    /** How many who follow chose each, retired ones included. */
    choosers: (kind: SubscribedKind): Promise<Map<string, number>> =>
      heads.choosers(kind, [...facets[kind].bitOf.keys()]),

    retirement: async (kind: SubscribedKind, id: string): Promise<Retirement> => ({
      choosers: (await heads.choosers(kind, [id])).get(id) ?? 0,
      refusal: cannotRetire(kind, id, ward),
      going: await broadcasts.naming(kind, id, going, shownAtMost),
      written: await broadcasts.naming(kind, id, written, shownAtMost),
      bundles:
        kind === "districts"
          ? []
          : ward.profile.bundles
              .filter(({ categories }) => categories !== "all" && categories.includes(id))
              .map((bundle) => bundle.id),
    }),
  };
}
