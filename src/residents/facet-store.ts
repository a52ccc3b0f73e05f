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

/** Gives every category and district of the ward its bit. */
export function ensureFacets(sqlite: BetterSqlite3.Database, ward: Ward): Facets {
  const known = { categories: ward.categories.map((category) => category.id), districts: ward.districts };
  return {
    known,
    categories: ensureBits(sqlite, "category", known.categories),
    districts: ensureBits(sqlite, "district", known.districts),
  };
}

/**
 * Gives every id of the profile its bit, once and for ever, and returns all that were ever given.
 * @throws when all 64 bits of the kind have been used up, counting the ids that were retired
 */
function ensureBits(
  sqlite: BetterSqlite3.Database,
  kind: "category" | "district",
  ids: readonly string[],
): FacetBits {
  const select = sqlite.prepare<[string], { id: string; bit: number }>(
    `SELECT id, bit FROM facets WHERE kind = ? ORDER BY bit`,
  );
  const insert = sqlite.prepare<[string, string, number]>(
    `INSERT INTO facets (kind, id, bit) VALUES (?, ?, ?)`,
  );
  return sqlite
    .transaction(() => {
      const given = select.all(kind);
      const known = new Set(given.map((facet) => facet.id));
      let bit = (given.at(-1)?.bit ?? -1) + 1;
      for (const id of ids) {
        if (known.has(id)) continue;
        if (bit > 63)
          throw new Error(
            `All 64 places for a ${kind} are taken, retired ones included; "${id}" does not fit.`,
          );
        insert.run(kind, id, bit++);
      }
      return facetBits(select.all(kind));
    })
    .immediate();
}

function facetBits(rows: { id: string; bit: number }[]): FacetBits {
  const idOf: (string | undefined)[] = Array.from({ length: 64 });
  for (const { id, bit } of rows) idOf[bit] = id;
  return { bitOf: new Map(rows.map(({ id, bit }) => [id, bit])), idOf };
}
