import type { Database } from "../../../db/open.ts";
import type { FeedEntry } from "./entry.ts";
import type { Validators } from "./fetch-file.ts";

export type EntryState = "waiting" | "fetched" | "ignored" | "failed" | "too_old";

/** An entry as it is first written down. */
export interface JudgedEntry extends FeedEntry {
  state: Exclude<EntryState, "fetched">;
  detail?: string;
}

export interface ClaimedEntry {
  id: string;
  url: string;
  type: string;
  title: string;
  updatedAt: number;
  /** With this one. */
  attempts: number;
}

export type EntryStore = ReturnType<typeof createEntryStore>;

/** What feeds announced, and what became of it. Prepared by hand: a long feed brings thousands of entries at once. */
export function createEntryStore({ sqlite, write }: Database) {
  const insert = sqlite.prepare(
    `INSERT INTO feed_entries (id, url, type, title, updated_at, first_seen_at, state, detail, done_at)
     VALUES (@id, @url, @type, @title, @updatedAt, @now, @state, @detail, iif(@state = 'waiting', NULL, @now))
     ON CONFLICT (id) DO NOTHING`,
  );
  const selectFile = sqlite.prepare<[string], { etag: string | null; last_modified: string | null }>(
    `SELECT etag, last_modified FROM feed_files WHERE url = ?`,
  );
  const upsertFile = sqlite.prepare(
    `INSERT INTO feed_files (url, etag, last_modified, read_at) VALUES (@url, @etag, @lastModified, @now)
     ON CONFLICT (url) DO UPDATE SET etag = @etag, last_modified = @lastModified, read_at = @now`,
  );
  const isDue = `state = 'waiting' AND next_attempt_at <= ? AND leased_until <= ?`;
  const selectDue = sqlite.prepare<[number, number, number], { id: string }>(
    `SELECT id FROM feed_entries WHERE ${isDue} ORDER BY updated_at, rowid LIMIT ?`,
  );
  const lease = sqlite.prepare<[string, number, string], ClaimedEntry>(
    `UPDATE feed_entries SET owner = ?, leased_until = ?, attempts = attempts + 1 WHERE id = ?
     RETURNING id, url, type, title, updated_at AS updatedAt, attempts`,
  );
  const finish = sqlite.prepare(
    `UPDATE feed_entries SET state = 'fetched', done_at = @at, body = @body, detail = NULL, owner = NULL, leased_until = 0
     WHERE id = @id AND state = 'waiting' AND owner = @owner`,
  );
  const postpone = sqlite.prepare(
    `UPDATE feed_entries SET next_attempt_at = @until, detail = @detail, owner = NULL, leased_until = 0
     WHERE id = @id AND state = 'waiting' AND owner = @owner`,
  );
  const giveUp = sqlite.prepare(
    `UPDATE feed_entries SET state = 'failed', done_at = @at, detail = @detail, body = @body, owner = NULL, leased_until = 0
     WHERE id = @id AND state = 'waiting' AND owner = @owner`,
  );
  const release = sqlite.prepare(
    `UPDATE feed_entries SET owner = NULL, leased_until = 0, attempts = attempts - 1
     WHERE id = @id AND state = 'waiting' AND owner = @owner`,
  );
  const selectOwners = sqlite.prepare<[], { owner: string }>(
    `SELECT DISTINCT owner FROM feed_entries WHERE state = 'waiting' AND owner IS NOT NULL`,
  );
  const takeFrom = sqlite.prepare(
    `UPDATE feed_entries SET owner = NULL, leased_until = 0 WHERE state = 'waiting' AND owner = ?`,
  );
  const selectBody = sqlite.prepare<[string], { body: Buffer | null }>(
    `SELECT body FROM feed_entries WHERE id = ?`,
  );
  const purge = sqlite.prepare<[number, number]>(
    `DELETE FROM feed_entries WHERE id IN
       (SELECT id FROM feed_entries WHERE state <> 'waiting' AND first_seen_at < ? ORDER BY first_seen_at LIMIT ?)`,
  );

  return {
    /** Writes down entries that are new; those known stay as they are. @returns the new ones */
    note: <Entry extends JudgedEntry>(entries: readonly Entry[], now: number): Promise<Entry[]> =>
      write(() =>
        entries.filter(({ id, url, type, title, updatedAt, state, detail }) => {
          const row = { id, url: url ?? "", type, title, updatedAt, now, state, detail: detail ?? null };
          return insert.run(row).changes > 0;
        }),
      ),

    /** The version of a feed's file whose entries are all written down; undefined when it was never read. */
    versionOf: async (url: string): Promise<Validators | undefined> => {
      const row = selectFile.get(url);
      return row === undefined ? undefined : { etag: row.etag, lastModified: row.last_modified };
    },

    /** To be called after all its entries are noted: a kill in between has the file read again. */
    rememberVersion: (url: string, validators: Validators, now: number): Promise<void> =>
      write(() => {
        upsertFile.run({ url, ...validators, now });
      }),

    anyDue: async (now: number): Promise<boolean> => selectDue.get(now, now, 1) !== undefined,

    /** The oldest waiting entries, leased to `owner`: no other process gets them until then. */
    claim: (owner: string, now: number, until: number, limit: number): Promise<ClaimedEntry[]> =>
      write(() => selectDue.all(now, now, limit).flatMap(({ id }) => lease.get(owner, until, id) ?? [])),

    /** Heard: never again. @param body the original bytes, gzip, if they are worth keeping */
    finish: (id: string, owner: string, at: number, body: Buffer | null): Promise<void> =>
      write(() => {
        finish.run({ id, owner, at, body });
      }),

    postpone: (id: string, owner: string, until: number, detail: string): Promise<void> =>
      write(() => {
        postpone.run({ id, owner, until, detail });
      }),

    /** @param body what came instead, gzip, if anything did */
    giveUp: (
      id: string,
      owner: string,
      at: number,
      { detail, body }: { detail: string; body: Buffer | null },
    ): Promise<void> =>
      write(() => {
        giveUp.run({ id, owner, at, detail, body });
      }),

    /** Gives back what was claimed and not begun. */
    release: (ids: readonly string[], owner: string): Promise<void> =>
      write(() => {
        for (const id of ids) release.run({ id, owner });
      }),

    /** Frees what processes that no longer live were working on. */
    takeOver: (isGone: (owner: string) => boolean): Promise<void> =>
      write(() => {
        for (const { owner } of selectOwners.all()) if (isGone(owner)) takeFrom.run(owner);
      }),

    /** The original of a telegram that was heard, or what came instead, gzip; undefined when it is not kept. */
    bodyOf: async (id: string): Promise<Buffer | undefined> => selectBody.get(id)?.body ?? undefined,

    /** Forgets up to `limit` entries first seen before `before`, with what was kept of them. */
    purge: (before: number, limit: number): Promise<number> => write(() => purge.run(before, limit).changes),
  };
}
