import type { Database } from "../../db/open.ts";
import { applyChange } from "./apply-change.ts";
import { monthNumber, monthText } from "./audience.ts";
import type { Facets } from "./facet-store.ts";
import { halves, idsOf, maskOf } from "./masks.ts";
import type { PreferenceChange, Question, Resident, ResidentId } from "./preferences.ts";

export type ResidentStore = ReturnType<typeof createResidentStore>;

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Who follows and what they chose. Statements are prepared by hand because masks are 64 bits wide. */
export function createResidentStore({ sqlite, write }: Database, { categories, districts, known }: Facets) {
  const nextRevision = `(SELECT coalesce(max(revision), 0) + 1 FROM residents)`;
  const columns = `id, line_user_id, standing, language, ${halves("categories")}, ${halves("districts")}, chose, answered, changed_at, rich_menu_id`;
  const selectByUser = sqlite.prepare<[string], ResidentRow>(
    `SELECT ${columns} FROM residents WHERE line_user_id = ?`,
  );
  const selectChildren = sqlite.prepare<[number], { birth_month: number }>(
    `SELECT birth_month FROM resident_children WHERE resident_id = ? ORDER BY birth_month`,
  );
  const insert = sqlite.prepare<[string, string, number]>(
    `INSERT INTO residents (line_user_id, standing, language, since, revision) VALUES (?, 'following', ?, ?, ${nextRevision})`,
  );
  const update = sqlite.prepare(
    `UPDATE residents SET standing = @standing, language = @language, categories = @categories, districts = @districts,
       chose = @chose, answered = @answered, changed_at = @changedAt, since = @since, revision = ${nextRevision} WHERE id = @id`,
  );
  const selectSince = sqlite.prepare<[number], { since: number }>(`SELECT since FROM residents WHERE id = ?`);
  const deleteChildren = sqlite.prepare<[number]>(`DELETE FROM resident_children WHERE resident_id = ?`);
  const insertChild = sqlite.prepare<[number, number]>(
    `INSERT INTO resident_children (resident_id, birth_month) VALUES (?, ?)`,
  );
  const erase = sqlite.prepare<[number, number]>(
    `UPDATE residents SET line_user_id = NULL, standing = 'erased', language = '', categories = 0, districts = 0, chose = 0,
       answered = '[]', changed_at = '{}', rich_menu_id = NULL, since = ?, revision = ${nextRevision} WHERE id = ?`,
  );
  const selectLongGone = sqlite.prepare<[number, number, number], { id: number }>(
    `SELECT id FROM residents WHERE standing = 'left' AND (since <= ? OR (since <= ? AND answered = '[]')) LIMIT ?`,
  );
  const updateMenu = sqlite.prepare<[string | null, string]>(
    `UPDATE residents SET rich_menu_id = ? WHERE line_user_id = ?`,
  );
  // Two ranges of an index: "not this one" would read everybody who has a menu.
  const selectStaleMenus = sqlite.prepare<
    { language: string; menu: string; limit: number },
    { line_user_id: string }
  >(
    `SELECT line_user_id FROM residents WHERE language = @language AND rich_menu_id < @menu AND standing = 'following'
     UNION ALL
     SELECT line_user_id FROM residents WHERE language = @language AND rich_menu_id > @menu AND standing = 'following'
     LIMIT @limit`,
  );
  const selectLinked = sqlite.prepare<[string], { id: number }>(
    `SELECT id FROM residents WHERE rich_menu_id = ? LIMIT 1`,
  );
  const moveMenus = sqlite.prepare<[string, string, number]>(
    `UPDATE residents SET rich_menu_id = ?
      WHERE id IN (SELECT id FROM residents WHERE rich_menu_id = ? LIMIT ?)`,
  );
  const countMoves = sqlite.prepare<[number, number, number]>(
    `INSERT INTO follow_counts (hour, follows, leaves) VALUES (?, ?, ?)
     ON CONFLICT (hour) DO UPDATE SET follows = follows + excluded.follows, leaves = leaves + excluded.leaves`,
  );

  function read(lineUserId: string): Resident | undefined {
    const row = selectByUser.get(lineUserId);
    if (row === undefined) return undefined;
    return {
      id: row.id as ResidentId,
      lineUserId,
      standing: row.standing,
      preferences: {
        language: row.language,
        categories: new Set(idsOf(row.categoriesHigh, row.categoriesLow, categories)),
        districts: new Set(idsOf(row.districtsHigh, row.districtsLow, districts)),
        childrenBirthMonths: new Set(selectChildren.all(row.id).map((child) => monthText(child.birth_month))),
      },
      chose: row.chose === 1,
      answered: new Set(JSON.parse(row.answered) as Question[]),
      changedAt: JSON.parse(row.changed_at) as Record<string, number>,
      richMenuId: row.rich_menu_id ?? undefined,
    };
  }

  function readOrAdd(lineUserId: string, language: string, at: number): Found {
    const found = read(lineUserId);
    if (found !== undefined) return { before: found, followed: found.standing === "following" };
    insert.run(lineUserId, language, at);
    const added = read(lineUserId);
    if (added === undefined) throw new Error("A resident that was just added was not found.");
    return { before: added, followed: false };
  }

  /** Counts who began to follow or ceased to, in the hour it happened; of whom is not kept (invariant 10). */
  function countMove(followed: boolean, follows: boolean, at: number): void {
    if (followed !== follows) countMoves.run(at - (at % hourMs), follows ? 1 : 0, follows ? 0 : 1);
  }

  function save(resident: Resident, since: number): void {
    const { preferences } = resident;
    update.run({
      id: resident.id,
      standing: resident.standing,
      language: preferences.language,
      categories: maskOf(preferences.categories, categories),
      districts: maskOf(preferences.districts, districts),
      chose: resident.chose ? 1 : 0,
      answered: JSON.stringify([...resident.answered]),
      changedAt: JSON.stringify(resident.changedAt),
      since,
    });
    deleteChildren.run(resident.id);
    for (const month of preferences.childrenBirthMonths) insertChild.run(resident.id, monthNumber(month));
  }

  /** Standing has a time of its own, so that a late "follow" does not undo a newer "unfollow", or the other way. */
  function stand(resident: Resident, standing: "following" | "left", at: number): Resident {
    if (at < (resident.changedAt["standing"] ?? 0)) return resident;
    return { ...resident, standing, changedAt: { ...resident.changedAt, standing: at } };
  }

  function reads(resident: Resident, language: string): Resident {
    return { ...resident, preferences: { ...resident.preferences, language } };
  }

  function keepSince(resident: Resident, before: Resident, at: number): number {
    return resident.standing === before.standing ? (selectSince.get(resident.id)?.since ?? at) : at;
  }

  function eraseRow(id: number, at: number): void {
    deleteChildren.run(id);
    erase.run(at, id);
  }

  return {
    find: async (lineUserId: string): Promise<Resident | undefined> => read(lineUserId),

    /**
     * Records that a resident follows since `at`. Who comes back within the grace period finds their choices again;
     * `language` is used for who is new.
     */
    follow: (lineUserId: string, language: string, at: number): Promise<Resident> =>
      write(() => {
        const { before, followed } = readOrAdd(lineUserId, language, at);
        const told = before.standing === "left" && before.answered.size === 0;
        const after = stand(told ? reads(before, language) : before, "following", at);
        save(after, keepSince(after, before, at));
        countMove(followed, after.standing === "following", at);
        // LINE may have dropped the link when they blocked the account: their menu is to be shown again.
        updateMenu.run(null, lineUserId);
        return { ...after, richMenuId: undefined };
      }),

    /**
     * Records that a resident left: nothing is sent from now on. Who was not known is noted as well, for a day, so that
     * an older "follow" that comes late is not taken for a newer one (invariant 2).
     */
    leave: (lineUserId: string, language: string, at: number): Promise<void> =>
      write(() => {
        const { before, followed } = readOrAdd(lineUserId, language, at);
        const after = stand(before, "left", at);
        save(after, keepSince(after, before, at));
        countMove(followed, after.standing === "following", at);
      }),

    /**
     * Applies what somebody did at `at` (LINE's timestamp) and returns them as they are now. Whoever taps or writes
     * follows, even if their "follow" event never reached us.
     */
    change: (
      lineUserId: string,
      changes: PreferenceChange[],
      language: string,
      at: number,
    ): Promise<Resident> =>
      write(() => {
        const { before, followed } = readOrAdd(lineUserId, language, at);
        const changed = changes.reduce<Resident>(
          (resident, change) => ({ ...resident, ...applyChange(resident, change, at, known) }),
          before,
        );
        const after = stand(changed, "following", at);
        save(after, keepSince(after, before, at));
        countMove(followed, after.standing === "following", at);
        return after;
      }),

    /** "Forget me": everything is gone at once; what was sent keeps a number that means nobody. */
    forget: (lineUserId: string, at: number): Promise<void> =>
      write(() => {
        const resident = read(lineUserId);
        if (resident === undefined) return;
        eraseRow(resident.id, at);
        countMove(resident.standing === "following", false, at);
      }),

    /**
     * Erases up to `limit` residents who left at or before `leftBefore`, or a day before `at` if they never answered
     * anything, so that there is nothing to find again; returns how many.
     */
    eraseLongGone: (leftBefore: number, at: number, limit: number): Promise<number> =>
      write(() => {
        const gone = selectLongGone.all(leftBefore, at - dayMs, limit);
        for (const { id } of gone) eraseRow(id, at);
        return gone.length;
      }),

    setRichMenu: (lineUserIds: string[], richMenuId: string | undefined): Promise<void> =>
      write(() => {
        for (const lineUserId of lineUserIds) updateMenu.run(richMenuId ?? null, lineUserId);
      }),

    /** Up to `limit` readers of `language` who are still linked to another menu than `richMenuId`. */
    withOtherMenu: async (richMenuId: string, language: string, limit: number): Promise<string[]> =>
      selectStaleMenus.all({ language, menu: richMenuId, limit }).map((row) => row.line_user_id),

    /** Whether anybody is linked to this menu. */
    hasMenu: async (richMenuId: string): Promise<boolean> => selectLinked.get(richMenuId) !== undefined,

    /** Up to `limit` residents who were linked to `from` are by now linked to `to`; returns how many. */
    moveRichMenus: (from: string, to: string, limit: number): Promise<number> =>
      write(() => moveMenus.run(to, from, limit).changes),
  };
}

interface Found {
  before: Resident;
  /** Whether they followed already: somebody new does not. */
  followed: boolean;
}

interface ResidentRow {
  id: number;
  line_user_id: string;
  standing: "following" | "left";
  language: string;
  categoriesHigh: number;
  categoriesLow: number;
  districtsHigh: number;
  districtsLow: number;
  chose: number;
  answered: string;
  changed_at: string;
  rich_menu_id: string | null;
}
