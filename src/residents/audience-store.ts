import type BetterSqlite3 from "better-sqlite3";
import type { Database } from "../../db/open.ts";
import { type Audience, monthNumber } from "./audience.ts";
import type { Facets } from "./facet-store.ts";
import { maskOf } from "./masks.ts";

export interface AudiencePage {
  /** Ids by the language they read, each list ascending. */
  readers: Map<string, number[]>;
  /** Where the next page begins; undefined after the last. */
  next: number | undefined;
}

export type AudienceStore = ReturnType<typeof createAudienceStore>;

export function createAudienceStore({ sqlite }: Database, facets: Facets) {
  const selectLastId = sqlite.prepare<[], { last: number | null }>(`SELECT max(id) AS last FROM residents`);
  const selectAmong = sqlite.prepare<[string], ReadersRow>(
    readersOf(`id IN (SELECT value FROM json_each(?)) AND standing = 'following'`),
  );

  const selectByAddress = sqlite.prepare<[string], ReadersRow>(
    readersOf(`line_user_id IN (SELECT value FROM json_each(?)) AND standing = 'following'`),
  );

  /** Rules differ in their values; of shapes there are few, and each is prepared once. */
  const prepared = new Map<string, BetterSqlite3.Statement<unknown[], ReadersRow>>();
  function select(where: string): BetterSqlite3.Statement<unknown[], ReadersRow> {
    const known = prepared.get(where);
    if (known !== undefined) return known;
    const statement = sqlite.prepare<unknown[], ReadersRow>(
      readersOf(`id > ? AND id <= ? AND standing = 'following' AND ${where}`),
    );
    prepared.set(where, statement);
    return statement;
  }

  return {
    /**
     * The residents of an audience among the next `span` ids after `after`. Walking ids, not matches, bounds the time of
     * a step whatever the rule: 5,000 ids take about 2 ms.
     */
    page: async (audience: Audience, after: number, span: number): Promise<AudiencePage> => {
      const { where, values } = condition(audience, facets);
      const rows = select(where).all(after, after + span, ...values);
      const last = selectLastId.get()?.last ?? 0;
      return { readers: asMap(rows), next: after + span < last ? after + span : undefined };
    },

    /** Who of these users of LINE follows now, by the language they read now. */
    ofAddresses: async (addresses: readonly string[]): Promise<AudiencePage["readers"]> =>
      asMap(selectByAddress.all(JSON.stringify(addresses))),

    /** Of these ids, who follows now, by the language they read now. */
    stillFollowing: async (ids: number[]): Promise<AudiencePage["readers"]> =>
      asMap(selectAmong.all(JSON.stringify(ids))),
  };
}

interface ReadersRow {
  language: string;
  ids: string;
}

/** One row a language, its ids as JSON: a million rows of their own would cost three times as long to hand over. */
function readersOf(where: string): string {
  return `SELECT language, json_group_array(id ORDER BY id) AS ids FROM residents AS r WHERE ${where} GROUP BY language`;
}

function asMap(rows: ReadersRow[]): Map<string, number[]> {
  return new Map(rows.map(({ language, ids }) => [language, JSON.parse(ids) as number[]]));
}

/** The rule as SQL over the columns of `residents AS r`; the meaning is that of {@link Audience}. */
function condition(audience: Audience, facets: Facets): { where: string; values: unknown[] } {
  const chosen: string[] = [];
  const values: unknown[] = [];
  if (audience.categories !== undefined) {
    chosen.push(`(r.categories & ?) <> 0`);
    values.push(maskOf(audience.categories.anyOf, facets.categories));
  }
  if (audience.districts !== undefined) {
    const { anyOf, orNone } = audience.districts;
    chosen.push(
      orNone === true ? `((r.districts & ?) <> 0 OR (r.districts & ?) = 0)` : `(r.districts & ?) <> 0`,
    );
    values.push(maskOf(anyOf, facets.districts));
    if (orNone === true) values.push(maskOf(facets.known.districts, facets.districts));
  }
  if (audience.children !== undefined) {
    chosen.push(
      `EXISTS (SELECT 1 FROM resident_children AS c WHERE c.resident_id = r.id AND c.birth_month BETWEEN ? AND ?)`,
    );
    values.push(monthNumber(audience.children.bornFrom), monthNumber(audience.children.bornTo));
  }
  const all = chosen.length === 0 ? "1" : chosen.join(" AND ");
  const conditions = [audience.includeWithoutPreferences === true ? `(r.chose = 0 OR (${all}))` : `(${all})`];
  if (audience.languages !== undefined) {
    conditions.push(`r.language IN (SELECT value FROM json_each(?))`);
    values.push(JSON.stringify(audience.languages.anyOf));
  }
  return { where: conditions.join(" AND "), values };
}
