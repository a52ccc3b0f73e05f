import type { Database } from "../../db/open.ts";
import type { CensusRow } from "./census/census.ts";
import { halves } from "./masks.ts";

const none: readonly number[] = [];

export type CensusStore = ReturnType<typeof createCensusStore>;
export type RevisedRow = CensusRow & { revision: number };

type RawRow = [
  id: number,
  following: number,
  chose: number,
  language: string,
  ch: number,
  cl: number,
  dh: number,
  dl: number,
  revision: number,
];

/** What the census asks of the database: everybody once, then whoever changed since. */
export function createCensusStore({ sqlite }: Database) {
  // Rows come as arrays: building a million objects with named columns takes four times as long.
  const columns = `id, standing = 'following', chose, language, ${halves("categories")}, ${halves("districts")}, revision`;
  const selectById = sqlite
    .prepare<[number, number], RawRow>(`SELECT ${columns} FROM residents WHERE id > ? ORDER BY id LIMIT ?`)
    .raw();
  const selectByRevision = sqlite
    .prepare<[number, number], RawRow>(
      `SELECT ${columns} FROM residents WHERE revision > ? ORDER BY revision LIMIT ?`,
    )
    .raw();
  const selectChildren = sqlite
    .prepare<[number, number], [resident: number, birthMonth: number]>(
      `SELECT resident_id, birth_month FROM resident_children WHERE resident_id BETWEEN ? AND ?`,
    )
    .raw();
  const selectLatest = sqlite.prepare<[], { latest: number | null }>(
    `SELECT max(revision) AS latest FROM residents`,
  );

  function complete(rows: RawRow[]): RevisedRow[] {
    const children = childrenOf(rows.map((row) => row[0]));
    return rows.map(([id, following, chose, language, ch, cl, dh, dl, revision]) => ({
      id,
      following: following === 1,
      chose: chose === 1,
      language,
      categoriesHigh: ch,
      categoriesLow: cl,
      districtsHigh: dh,
      districtsLow: dl,
      childrenBirthMonths: children.get(id) ?? none,
      revision,
    }));
  }

  function childrenOf(ids: number[]): Map<number, number[]> {
    const children = new Map<number, number[]>();
    if (ids.length === 0) return children;
    const [first, last] = [Math.min(...ids), Math.max(...ids)];
    const closeTogether = last - first < ids.length * 4;
    const rows = closeTogether
      ? selectChildren.all(first, last)
      : ids.flatMap((id) => selectChildren.all(id, id));
    for (const [resident, birthMonth] of rows) {
      const months = children.get(resident);
      if (months === undefined) children.set(resident, [birthMonth]);
      else months.push(birthMonth);
    }
    return children;
  }

  return {
    latestRevision: async (): Promise<number> => selectLatest.get()?.latest ?? 0,
    pageById: async (after: number, limit: number): Promise<RevisedRow[]> =>
      complete(selectById.all(after, limit)),
    changedSince: async (revision: number, limit: number): Promise<RevisedRow[]> =>
      complete(selectByRevision.all(revision, limit)),
  };
}
