import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { getTableColumns, getTableName, isTable } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DatabaseTooNew, migrate, readMigrations } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open.ts";
import * as schema from "../../db/schema.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "deep", "kairan.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openDatabase(`file:${path}`);
const copies = () => readdirSync(join(folder, "deep")).filter((name) => name.endsWith(".bak"));

describe("opening the database", () => {
  it("makes folder and file, keeps what it commits, and needs no copy of what was empty", () => {
    const db = open();
    expect(db.sqlite.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.sqlite.pragma("synchronous", { simple: true })).toBe(2);
    expect(db.sqlite.pragma("foreign_keys", { simple: true })).toBe(1);
    expect(db.sqlite.pragma("user_version", { simple: true })).toBe(readMigrations().at(-1)?.version);
    expect([db.backup, copies()]).toEqual([undefined, []]);
    db.close();
  });

  it("opens again, and beside another process, without migrating twice", () => {
    const [first, second] = [open(), open()];
    expect(second.backup).toBeUndefined();
    first.close();
    second.close();
    const third = open();
    expect(third.backup).toBeUndefined();
    third.close();
  });

  it("copies a database that holds something before it changes it, and the copy is whole", () => {
    const old = new BetterSqlite3(join(folder, "old.db"));
    const steps = readMigrations();
    migrate(old, steps.slice(0, 1), new Date(0));
    old.exec(`INSERT INTO staff (id, name, email, roles, created_at) VALUES ('s', 'n', 'e', '[]', 0)`);
    const { backup = "" } = migrate(old, steps, new Date("2026-11-20T00:00:00Z"));
    old.close();
    expect(backup).toContain("old.db.version-1.20261120T");
    expect(existsSync(backup)).toBe(true);
    const copy = new BetterSqlite3(backup, { readonly: true });
    expect(copy.pragma("user_version", { simple: true })).toBe(1);
    expect(copy.prepare("SELECT id FROM staff").all()).toEqual([{ id: "s" }]);
    expect(copy.pragma("integrity_check", { simple: true })).toBe("ok");
    copy.close();
  });

  it("a step that fails changes nothing", () => {
    const db = new BetterSqlite3(join(folder, "broken.db"));
    const broken = { version: 99, name: "0099.sql", sql: "CREATE TABLE half (id); CREATE TABLE half (id);" };
    expect(() => migrate(db, [...readMigrations(), broken], new Date(0))).toThrow("already exists");
    expect(db.pragma("user_version", { simple: true })).toBe(0);
    expect(db.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()).toEqual({ tables: 0 });
    db.close();
  });

  it("refuses a database that is newer than the program, and says what to do (invariant 14)", () => {
    const db = open();
    db.sqlite.pragma("user_version = 9999");
    db.close();
    expect(open).toThrow(DatabaseTooNew);
    expect(open).toThrow(/version 9999.*newer program.*copy/);
  });

  it("the tables that stores ask for are those that the migrations made", () => {
    const db = open();
    const tables = Object.values(schema).filter((each) => isTable(each));
    expect(tables.length).toBeGreaterThan(4);
    for (const table of tables) {
      const made = db.sqlite
        .prepare<[], { name: string; notnull: number; pk: number }>(
          `SELECT name, "notnull", pk FROM pragma_table_info('${getTableName(table)}')`,
        )
        .all();
      const asked = Object.values(getTableColumns(table));
      expect(made.map(({ name }) => name).toSorted(compare)).toEqual(
        asked.map(({ name }) => name).toSorted(compare),
      );
      for (const column of asked) {
        const { notnull = 0, pk = 0 } = made.find(({ name }) => name === column.name) ?? {};
        expect([column.name, column.notNull || column.primary]).toEqual([
          column.name,
          notnull === 1 || pk > 0,
        ]);
      }
    }
    db.close();
  });
});

const compare = (a: string, b: string) => a.localeCompare(b);

describe("acts", () => {
  const insert = `INSERT INTO staff (id, name, email, roles, created_at) VALUES (?, '', ?, '[]', 0)`;

  it("are whole: one that throws is undone alone, those that share its commit stay", async () => {
    const db = open();
    const add = db.sqlite.prepare(insert);
    const results = await Promise.allSettled([
      db.write(() => add.run("a", "a").changes),
      db.write((): number => {
        add.run("b", "b");
        throw new Error("no");
      }),
      db.write(() => add.run("c", "c").changes),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(db.sqlite.prepare("SELECT id FROM staff ORDER BY id").pluck().all()).toEqual(["a", "c"]);
    db.close();
  });

  it("must not be async (invariant 15)", async () => {
    const db = open();
    const later = (async () => 1) as unknown as () => number;
    await expect(db.write(later)).rejects.toThrow("must not be async");
    db.close();
  });

  it("are on the disk for another process when their promise resolves", async () => {
    const [db, other] = [open(), open()];
    await db.write(() => db.sqlite.prepare(insert).run("x", "x"));
    expect(other.sqlite.prepare("SELECT id FROM staff").all()).toEqual([{ id: "x" }]);
    db.close();
    other.close();
  });

  it("what still waits when the database closes is committed first", async () => {
    const db = open();
    const waiting = db.write(() => db.sqlite.prepare(insert).run("late", "late").changes);
    db.close();
    expect(await waiting).toBe(1);
    const again = open();
    expect(again.sqlite.prepare("SELECT id FROM staff").all()).toEqual([{ id: "late" }]);
    again.close();
  });
});
