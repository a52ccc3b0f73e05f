import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { projectPath } from "../src/shared/project-root.ts";

const migrationsFolder = projectPath("db", "migrations");

export interface Migration {
  version: number;
  name: string;
  sql: string;
}

/** The forward-only steps of `db/migrations/`, oldest first: `0001-words.sql` brings a database to version 1. */
export function readMigrations(folder: string = migrationsFolder): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name,
      sql: readFileSync(join(folder, name), "utf8"),
    }));
}

export class DatabaseTooNew extends Error {
  override name = "DatabaseTooNew";
  constructor(
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The database is at version ${found}, this program knows only up to ${known}. Start the newer program, or restore the copy made before the update.`,
    );
  }
}

/**
 * Brings the database to the newest version in one transaction; a copy is kept beside it first if it held anything.
 * The version is looked at again under the write lock, so that two processes starting together migrate once:
 * the reason this is ours and not the migrator of drizzle-orm, which looks before it locks.
 * @returns the path of the copy, if one was made
 * @throws DatabaseTooNew
 */
export function migrate(
  sqlite: BetterSqlite3.Database,
  migrations: Migration[],
  now: Date,
): { backup: string | undefined } {
  const known = migrations.at(-1)?.version ?? 0;
  const before = version(sqlite);
  if (before > known) throw new DatabaseTooNew(before, known);
  if (before === known) return { backup: undefined };

  const backup = before === 0 ? undefined : backUp(sqlite, before, now);
  sqlite
    .transaction(() => {
      for (const step of migrations) {
        if (step.version <= version(sqlite)) continue;
        sqlite.exec(step.sql);
        sqlite.pragma(`user_version = ${step.version}`);
      }
    })
    .immediate();
  return { backup };
}

function version(sqlite: BetterSqlite3.Database): number {
  return Number(sqlite.pragma("user_version", { simple: true }));
}

function backUp(sqlite: BetterSqlite3.Database, before: number, now: Date): string {
  const stamp = now.toISOString().replaceAll(/[-:.]/g, "");
  const path = `${sqlite.name}.version-${before}.${stamp}.bak`;
  sqlite.prepare("VACUUM INTO ?").run(path);
  return path;
}
