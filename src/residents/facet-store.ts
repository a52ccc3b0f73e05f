import type BetterSqlite3 from "better-sqlite3";
import type { Ward } from "../shared/ward/ward.ts";
import type { Known } from "./apply-change.ts";
import type { FacetBits } from "./masks.ts";

export interface Facets {
  categories: FacetBits;
  districts: FacetBits;
  /** What the ward offers today; retired ids keep their bits but are not among these. */
  known: Known;
}

/** What the ward's categories and districts can be told apart by; it grows while the program runs. */
export interface GrowingFacets extends Facets {
  /** How many more ids of a kind can ever get a bit. */
  placesLeft(kind: FacetKind): number;
  /** Part of another store's act: gives a new id its bit. Called only inside a `write`. */
  within: { add(kind: FacetKind, id: string): void };
  /** Reads the bits anew: after an act that was undone. */
  reload(): void;
}

export type FacetKind = "category" | "district";

const places = 64;

/** Gives every category and district of the ward its bit. */
export function ensureFacets(sqlite: BetterSqlite3.Database, ward: Ward): GrowingFacets {
  const known = {
    get categories() {
      return ward.categories.map((category) => category.id);
    },
    get districts() {
      return ward.districts;
    },
  };
  const bits = { category: createBits(sqlite, "category"), district: createBits(sqlite, "district") };
  sqlite
    .transaction(() => {
      bits.category.ensure(known.categories);
      bits.district.ensure(known.districts);
    })
    .immediate();
  return {
    known,
    categories: bits.category.facets,
    districts: bits.district.facets,
    placesLeft: (kind) => places - bits[kind].facets.bitOf.size,
    within: { add: (kind, id) => bits[kind].ensure([id]) },
    reload: () => {
      bits.category.reload();
      bits.district.reload();
    },
  };
}

/** The bits of one kind: given once and for ever, and known by everybody who holds `facets` as soon as they are. */
function createBits(sqlite: BetterSqlite3.Database, kind: FacetKind) {
  const select = sqlite.prepare<[string], { id: string; bit: number }>(
    `SELECT id, bit FROM facets WHERE kind = ? ORDER BY bit`,
  );
  const insert = sqlite.prepare<[string, string, number]>(
    `INSERT INTO facets (kind, id, bit) VALUES (?, ?, ?)`,
  );
  const bitOf = new Map<string, number>();
  const idOf: (string | undefined)[] = Array.from({ length: places });

  function reload(): void {
    bitOf.clear();
    idOf.fill(undefined);
    for (const { id, bit } of select.all(kind)) {
      bitOf.set(id, bit);
      idOf[bit] = id;
    }
  }

  return {
    facets: { bitOf, idOf } satisfies FacetBits,
    reload,
    /** @throws when all 64 bits of the kind have been used up, counting the ids that were retired */
    ensure(ids: readonly string[]): void {
      reload();
      let bit = Math.max(-1, ...bitOf.values()) + 1;
      for (const id of ids) {
        if (bitOf.has(id)) continue;
        if (bit >= places)
          throw new Error(
            `All ${places} places for a ${kind} are taken, retired ones included; "${id}" does not fit.`,
          );
        insert.run(kind, id, bit++);
      }
      reload();
    },
  };
}
