import type { Database } from "../../db/open.ts";
import { monthNumber } from "./audience.ts";
import type { Facets } from "./facet-store.ts";
import { maskOf } from "./masks.ts";

/** Somebody to be written as they are, without the conversation: for demo data and measurements only. */
export interface SeededResident {
  lineUserId: string;
  language: string;
  categories: string[];
  districts: string[];
  /** As `2021-04`. */
  childrenBirthMonths: string[];
  chose: boolean;
}

/** Writes many residents at once; those whose id is known already are left as they are. Returns how many were new. */
export function createSeedStore({ sqlite, write }: Database, facets: Facets) {
  const insert = sqlite.prepare(
    `INSERT INTO residents (line_user_id, standing, language, categories, districts, chose, answered, since, revision)
     VALUES (?, 'following', ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(revision), 0) + 1 FROM residents))
     ON CONFLICT (line_user_id) DO NOTHING`,
  );
  const insertChild = sqlite.prepare(
    `INSERT OR IGNORE INTO resident_children (resident_id, birth_month) VALUES (?, ?)`,
  );
  const selectLast = sqlite.prepare<[string, string], { last: string | null }>(
    `SELECT max(line_user_id) AS last FROM residents WHERE line_user_id >= ? AND line_user_id < ?`,
  );

  return {
    add: (residents: SeededResident[], at: number): Promise<number> =>
      write(() => {
        let added = 0;
        for (const each of residents) {
          const answered = each.chose ? `["language","categories","districts","children"]` : `[]`;
          const { changes, lastInsertRowid } = insert.run(
            each.lineUserId,
            each.language,
            maskOf(each.categories, facets.categories),
            maskOf(each.districts, facets.districts),
            each.chose ? 1 : 0,
            answered,
            at,
          );
          if (changes === 0) continue;
          added += 1;
          for (const month of each.childrenBirthMonths) insertChild.run(lastInsertRowid, monthNumber(month));
        }
        return added;
      }),
    /** The highest id that begins with `prefix`, if there is one. */
    lastIdWithPrefix: async (prefix: string): Promise<string | undefined> =>
      selectLast.get(prefix, `${prefix}g`)?.last ?? undefined,
  };
}
