/** Which bit stands for which id, for one kind of facet. */
export interface FacetBits {
  bitOf: ReadonlyMap<string, number>;
  idOf: readonly (string | undefined)[];
}

/** A mask as SQLite stores it: 64 bits, signed. Ids without a bit are left out. */
export function maskOf(ids: Iterable<string>, facets: FacetBits): bigint {
  let mask = 0n;
  for (const id of ids) {
    const bit = facets.bitOf.get(id);
    if (bit !== undefined) mask |= 1n << BigInt(bit);
  }
  return BigInt.asIntN(64, mask);
}

/** The ids of a mask that was read as two halves of 32 bits, which JavaScript's numbers can hold. */
export function idsOf(high: number, low: number, facets: FacetBits): string[] {
  const ids: string[] = [];
  collect(low, 0, facets, ids);
  collect(high, 32, facets, ids);
  return ids;
}

function collect(half: number, offset: number, facets: FacetBits, ids: string[]): void {
  for (let rest = half >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) {
    const bit = 31 - Math.clz32(rest & -rest);
    const id = facets.idOf[offset + bit];
    if (id !== undefined) ids.push(id);
  }
}

/** SQL that reads a mask column as its two halves. */
export function halves(column: string): string {
  return `(${column} >> 32) & 0xffffffff AS ${column}High, ${column} & 0xffffffff AS ${column}Low`;
}
