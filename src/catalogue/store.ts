import { asc, max } from "drizzle-orm";
import type { Database } from "../../db/open.ts";
import { catalogueChanges } from "../../db/schema.ts";
import type { CatalogueChange } from "../shared/ward/catalogue.ts";
import type { ChangingWard } from "../shared/ward/ward.ts";

export interface KeptChanges {
  changes: CatalogueChange[];
  /** The number of the last one; 0 when there is none. */
  version: number;
}

export type CatalogueStore = ReturnType<typeof createCatalogueStore>;

/** The changes on top of the ward profile, in their order. */
export function createCatalogueStore({ orm }: Pick<Database, "orm">) {
  function all(): KeptChanges {
    const rows = orm.select().from(catalogueChanges).orderBy(asc(catalogueChanges.seq)).all();
    return { changes: rows.map(({ change }) => change as CatalogueChange), version: rows.at(-1)?.seq ?? 0 };
  }

  function version(): number {
    return (
      orm
        .select({ last: max(catalogueChanges.seq) })
        .from(catalogueChanges)
        .get()?.last ?? 0
    );
  }

  return {
    all: async (): Promise<KeptChanges> => all(),

    version: async (): Promise<number> => version(),

    /** Parts of the catalogue's acts. Called only inside a `write`. */
    within: {
      all,
      version,
      add: (change: CatalogueChange, actor: string, at: number): void =>
        void orm.insert(catalogueChanges).values({ at, actor, change }).run(),
    },
  };
}

/**
 * Makes the ward what was last made of it in the console.
 * @throws BadWardProfile when the profile's file has changed so that the changes no longer fit
 */
export async function recallCatalogue(ward: ChangingWard, store: CatalogueStore): Promise<void> {
  const { changes, version } = await store.all();
  ward.become(changes, version);
}
