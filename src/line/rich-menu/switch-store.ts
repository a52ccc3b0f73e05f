import type { Database } from "../../../db/open.ts";
import type { Face } from "./menu-definition.ts";

export type MenuSwitchStore = ReturnType<typeof createMenuSwitchStore>;

/** Everybody who is linked to the menu `from` is to be linked to `to`. */
export interface Move {
  from: string;
  to: string;
}

export interface MenuSwitch {
  id: number;
  face: Face;
  /** LINE takes the same key as the same request, and goes on with those who are not done. */
  resumeKey: string;
  moves: Move[];
  beganAt: number;
  requestId: string | undefined;
  acceptedAt: number | undefined;
  finished: boolean;
}

interface Row {
  id: number;
  face: Face;
  resume_key: string;
  moves: string;
  began_at: number;
  request_id: string | null;
  accepted_at: number | null;
  finished_at: number | null;
}

/** Remembers which way the menus were last switched, and how far that got. */
export function createMenuSwitchStore({ sqlite, write }: Database) {
  const selectLast = sqlite.prepare<[], Row>(
    `SELECT id, face, resume_key, moves, began_at, request_id, accepted_at, finished_at
       FROM menu_switches ORDER BY id DESC LIMIT 1`,
  );
  const insert = sqlite.prepare<[Face, string, string, number]>(
    `INSERT INTO menu_switches (face, resume_key, moves, began_at) VALUES (?, ?, ?, ?)`,
  );
  const accept = sqlite.prepare<[string, number, number]>(
    `UPDATE menu_switches SET request_id = ?, accepted_at = ? WHERE id = ? AND finished_at IS NULL`,
  );
  const finish = sqlite.prepare<[number, "moved" | "oneByOne", number]>(
    `UPDATE menu_switches SET finished_at = ?, outcome = ? WHERE id = ? AND finished_at IS NULL`,
  );
  const forget = sqlite.prepare<[number]>(
    `DELETE FROM menu_switches WHERE finished_at <= ? AND id < (SELECT max(id) FROM menu_switches)`,
  );

  return {
    last: async (): Promise<MenuSwitch | undefined> => {
      const row = selectLast.get();
      if (row === undefined) return undefined;
      return {
        id: row.id,
        face: row.face,
        resumeKey: row.resume_key,
        moves: JSON.parse(row.moves) as Move[],
        beganAt: row.began_at,
        requestId: row.request_id ?? undefined,
        acceptedAt: row.accepted_at ?? undefined,
        finished: row.finished_at !== null,
      };
    },

    /** Writes down what LINE is about to be asked; what is older than `forgetBefore` is of no use any more. */
    begin: (
      face: Face,
      resumeKey: string,
      moves: readonly Move[],
      at: number,
      forgetBefore: number,
    ): Promise<void> =>
      write(() => {
        forget.run(forgetBefore);
        insert.run(face, resumeKey, JSON.stringify(moves), at);
      }),

    accepted: (id: number, requestId: string, at: number): Promise<void> =>
      write(() => {
        accept.run(requestId, at, id);
      }),

    finish: (id: number, outcome: "moved" | "oneByOne", at: number): Promise<void> =>
      write(() => {
        finish.run(at, outcome, id);
      }),
  };
}
