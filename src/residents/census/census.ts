import { type Audience, monthNumber } from "../audience.ts";
import type { Facets } from "../facet-store.ts";
import type { FacetBits } from "../masks.ts";
import { type Bitset, andInto, bitsIn, createBitset, orComplementInto, orInto } from "./bitset.ts";

/** What the census keeps of one resident: enough to say which audiences they are in. */
export interface CensusRow {
  id: number;
  following: boolean;
  chose: boolean;
  language: string;
  /** Masks in two halves of 32 bits. */
  categoriesHigh: number;
  categoriesLow: number;
  districtsHigh: number;
  districtsLow: number;
  /** As 202604. */
  childrenBirthMonths: readonly number[];
}

export interface HeadCount {
  total: number;
  byLanguage: Record<string, number>;
  /** Of the total, those who never chose anything. */
  withoutPreferences: number;
}

/**
 * Counts audiences in memory: one bit per resident for each thing that can be asked (P4). At 1,000,000 residents a
 * count takes about 1 ms; the same question takes SQL 190 ms with EXISTS, 20 to 160 ms over a covering index.
 * Who is sent a message is decided by the database (see the audience store), never by these bits.
 */
export function createCensus(facets: Facets) {
  const following = createBitset();
  const chose = createBitset();
  const languages = new Map<string, Bitset>();
  const categories = createMaskIndex();
  const districts = createMaskIndex();
  /** Few have a child of a given month, so a set of ids is smaller than a bit for everybody. */
  const parents = new Map<number, Set<number>>();
  let highestId = 0;

  function put(row: CensusRow): void {
    const known = row.id <= highestId;
    highestId = Math.max(highestId, row.id);
    following.set(row.id, row.following);
    chose.set(row.id, row.chose);
    categories.put(row.id, row.categoriesHigh, row.categoriesLow, known);
    districts.put(row.id, row.districtsHigh, row.districtsLow, known);
    if (known) {
      for (const speakers of languages.values()) speakers.set(row.id, false);
      for (const ids of parents.values()) ids.delete(row.id);
    }
    entry(languages, row.language, createBitset).set(row.id, true);
    for (const month of row.childrenBirthMonths) entry(parents, month, () => new Set<number>()).add(row.id);
  }

  function withChildBorn({ bornFrom, bornTo }: { bornFrom: string; bornTo: string }): Uint32Array {
    const found = new Uint32Array((highestId >>> 5) + 1);
    for (const [month, ids] of parents) {
      if (month < monthNumber(bornFrom) || month > monthNumber(bornTo)) continue;
      for (const id of ids) found[id >>> 5] = (found[id >>> 5] as number) | (1 << (id & 31));
    }
    return found;
  }

  function inDistricts({ anyOf, orNone }: NonNullable<Audience["districts"]>): Uint32Array {
    const there = districts.anyOf(anyOf, facets.districts, highestId);
    if (orNone === true)
      orComplementInto(there, districts.anyOf(facets.known.districts, facets.districts, highestId));
    return there;
  }

  /** Who follows and fulfils every part of the rule but its languages. */
  function matching(audience: Audience): Uint32Array {
    const parts: Uint32Array[] = [];
    if (audience.categories !== undefined)
      parts.push(categories.anyOf(audience.categories.anyOf, facets.categories, highestId));
    if (audience.districts !== undefined) parts.push(inDistricts(audience.districts));
    if (audience.children !== undefined) parts.push(withChildBorn(audience.children));
    const all = new Uint32Array((highestId >>> 5) + 1).fill(0xffffffff);
    for (const part of parts) andInto(all, part);
    if (audience.includeWithoutPreferences === true) orComplementInto(all, chose.words());
    andInto(all, following.words());
    return all;
  }

  function count(audience: Audience): HeadCount {
    const found = matching(audience);
    const spoken =
      audience.languages === undefined ? [...languages.keys()] : new Set(audience.languages.anyOf);
    const heads: HeadCount = { total: 0, byLanguage: {}, withoutPreferences: 0 };
    for (const language of spoken) {
      const speakers = languages.get(language)?.words();
      if (speakers === undefined) continue;
      const { all, undecided } = tally(found, speakers, chose.words());
      if (all === 0) continue;
      heads.byLanguage[language] = all;
      heads.total += all;
      heads.withoutPreferences += undecided;
    }
    return heads;
  }

  /** How many of those who follow chose this one; 0 for an id without a bit. */
  function choosers(kind: "categories" | "districts", id: string): number {
    const index = kind === "categories" ? categories : districts;
    const chosen = index.wordsOf(id, facets[kind]);
    const followers = following.words();
    const end = Math.min(chosen?.length ?? 0, followers.length);
    let all = 0;
    for (let word = 0; word < end; word++)
      all += bitsIn((chosen?.[word] as number) & (followers[word] as number));
    return all;
  }

  return { put, count, choosers };
}

/** A bitset for each bit of a mask. */
function createMaskIndex() {
  const bitsets = Array.from({ length: 64 }, createBitset);
  const putHalf = (id: number, half: number, offset: number): void => {
    for (let rest = half >>> 0; rest !== 0; rest = (rest & (rest - 1)) >>> 0) {
      bitsets[offset + 31 - Math.clz32(rest & -rest)]?.set(id, true);
    }
  };
  return {
    put(id: number, high: number, low: number, known: boolean): void {
      if (known) for (const bitset of bitsets) bitset.set(id, false);
      putHalf(id, high, 32);
      putHalf(id, low, 0);
    },
    anyOf(ids: readonly string[], { bitOf }: FacetBits, highestId: number): Uint32Array {
      const any = new Uint32Array((highestId >>> 5) + 1);
      for (const id of ids) {
        const bitset = bitsets[bitOf.get(id) ?? -1];
        if (bitset !== undefined) orInto(any, bitset.words());
      }
      return any;
    },
    wordsOf: (id: string, { bitOf }: FacetBits): Uint32Array | undefined =>
      bitsets[bitOf.get(id) ?? -1]?.words(),
  };
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function tally(
  found: Uint32Array,
  speakers: Uint32Array,
  chose: Uint32Array,
): { all: number; undecided: number } {
  let all = 0;
  let undecided = 0;
  const end = Math.min(found.length, speakers.length);
  for (let word = 0; word < end; word++) {
    const both = (found[word] as number) & (speakers[word] as number);
    if (both === 0) continue;
    all += bitsIn(both);
    undecided += bitsIn(both & ~(chose[word] ?? 0));
  }
  return { all, undecided };
}
