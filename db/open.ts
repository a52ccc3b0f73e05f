import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { type Clock, systemClock } from "../src/shared/clock.ts";
import { createGroupCommit } from "./group-commit.ts";
import { migrate, readMigrations } from "./migrate.ts";

type NoPromise<T> = T extends PromiseLike<unknown> ? ["an act inside a transaction must not be async"] : [];

export interface Database {
  /** For questions, and for the statements of an act given to {@link Database.write}. */
  orm: BetterSQLite3Database;
  /** For the few hot statements that are prepared by hand; stores say why. */
  sqlite: BetterSqlite3.Database;
  /** One whole act: all of it is on the disk when the promise resolves, or none of it. */
  write<T>(act: () => T, ...ban: NoPromise<T>): Promise<T>;
  /** Begins an act that does nothing; rejects when nothing can be written just now. */
  tryWrite(): Promise<void>;
  /** Where the copy went that was made before migrating, if there was one. */
  backup: string | undefined;
  close(): void;
}

export class DatabaseNotDurable extends Error {
  override name = "DatabaseNotDurable";
}

/**
 * Opens (making it if needed) and migrates the SQLite file of a `file:` address.
 * @throws DatabaseNotDurable when the settings that make a commit safe do not hold when read back (invariant 14)
 * @throws DatabaseTooNew when the file was written by a newer program
 */
export function openDatabase(url: string, clock: Clock = systemClock): Database {
  const path = databasePath(url);
  mkdirSync(dirname(path), { recursive: true });
  const sqlite = new BetterSqlite3(path, { timeout: 5_000 });
  try {
    makeDurable(sqlite);
    const { backup } = migrate(sqlite, readMigrations(), new Date(clock.now()));
    const group = createGroupCommit(sqlite);
    return {
      orm: drizzle(sqlite),
      sqlite,
      write: <T>(act: () => T, ..._ban: NoPromise<T>) => group.write(act) as Promise<T>,
      tryWrite: () => group.write(() => void sqlite.prepare("SELECT 1").get()) as Promise<void>,
      backup,
      close: () => {
        group.flushNow();
        sqlite.close();
      },
    };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** `file:./data/kairan.db` → `./data/kairan.db`. */
export function databasePath(url: string): string {
  return url.slice("file:".length);
}

function makeDurable(sqlite: BetterSqlite3.Database): void {
  const journal = sqlite.pragma("journal_mode = WAL", { simple: true });
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma("cache_size = -16384");
  // A checkpoint happens inside a commit: small ones, or each would hold the event loop for longer than a step may (P4).
  sqlite.pragma("wal_autocheckpoint = 250");
  const synchronous = sqlite.pragma("synchronous", { simple: true });
  if (journal !== "wal" || synchronous !== 2) {
    throw new DatabaseNotDurable(
      `This database cannot keep what it commits (journal_mode=${String(journal)}, synchronous=${String(synchronous)}; wal and 2 are needed). Put the file on a local disk.`,
    );
  }
}
