import { rmSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate, readMigrations } from "../../db/migrate.ts";
import { DatabaseNotDurable, openDatabase } from "../../db/open.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, "kairan.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = () => openDatabase(`file:${path}`);

describe("two that start at once", () => {
  it("migrate once: who saw the old version and got the lock second does nothing", () => {
    const [first, second] = [new BetterSqlite3(path), new BetterSqlite3(path)];
    first.pragma("journal_mode = WAL");
    const pragma = second.pragma.bind(second);
    let looked = false;
    second.pragma = (source, options) => {
      const found: unknown = pragma(source, options);
      if (!looked) {
        looked = true;
        migrate(first, readMigrations(), new Date(0));
      }
      return found;
    };
    expect(() => migrate(second, readMigrations(), new Date(0))).not.toThrow();
    expect(looked).toBe(true);
    expect(second.prepare("SELECT count(*) FROM residents").pluck().get()).toBe(0);
    expect(pragma("user_version", { simple: true })).toBe(readMigrations().at(-1)?.version);
    first.close();
    second.close();
  });

  it("write in turn, and neither loses an act", async () => {
    const [first, second] = [open(), open()];
    const acts = [first, second].flatMap((db, part) => {
      const add = db.sqlite.prepare("INSERT INTO facets (kind, id, bit) VALUES ('category', ?, ?)");
      return Array.from({ length: 20 }, (_, index) =>
        db.write(() => add.run(`${part}-${index}`, part * 20 + index).changes),
      );
    });
    expect(await Promise.all(acts)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(first.sqlite.prepare("SELECT count(*) FROM facets").pluck().get()).toBe(40);
    first.close();
    second.close();
  });
});

describe("durability", () => {
  it("a database that cannot keep a write-ahead log is refused, and the reason is said (invariant 14)", () => {
    const inMemory = () => openDatabase("file::memory:");
    expect(inMemory).toThrow(DatabaseNotDurable);
    expect(inMemory).toThrow(/journal_mode=memory.*local disk/);
  });

  it("what a killed process had committed is there when the file is opened again", async () => {
    const db = open();
    await db.write(() =>
      db.sqlite.prepare("INSERT INTO facets (kind, id, bit) VALUES ('category', 'a', 0)").run(),
    );
    // Neither closed nor checkpointed: as the next process finds it after a kill.
    const next = open();
    expect(next.sqlite.prepare("SELECT id FROM facets").pluck().all()).toEqual(["a"]);
    next.close();
    db.close();
  });
});

describe("acts that wait together", () => {
  it("are all done in their order, also when they take longer than one step may", async () => {
    const db = open();
    const add = db.sqlite.prepare("INSERT INTO facets (kind, id, bit) VALUES ('category', ?, ?)");
    const order: number[] = [];
    let steps = 0;
    let watching = true;
    const watch = () => {
      steps += 1;
      if (watching) setImmediate(watch);
    };
    setImmediate(watch);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        db.write(() => {
          const until = performance.now() + 5;
          while (performance.now() < until);
          add.run(String(index), index);
          order.push(index);
        }),
      ),
    );
    watching = false;
    expect(order).toEqual(Array.from({ length: 12 }, (_, index) => index));
    expect(db.sqlite.prepare("SELECT count(*) FROM facets").pluck().get()).toBe(12);
    // 60 ms of work, at most two acts to a step: others had their turn in between.
    expect(steps).toBeGreaterThanOrEqual(6);
    db.close();
  });

  it("one that breaks the transaction itself takes those of its commit with it, is told, and later ones go on", async () => {
    const db = open();
    const add = (id: string, bit: number) =>
      db.write(() =>
        db.sqlite.prepare("INSERT INTO facets (kind, id, bit) VALUES ('category', ?, ?)").run(id, bit),
      );
    const results = await Promise.allSettled([
      add("before", 0),
      db.write((): number => {
        db.sqlite.exec("ROLLBACK");
        throw new Error("broken");
      }),
      add("after", 1),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({ reason: { message: "broken" } });
    expect(db.sqlite.prepare("SELECT id FROM facets").pluck().all()).toEqual(["after"]);
    db.close();
  });

  it("an act may ask for another, which is done after it", async () => {
    const db = open();
    const order: string[] = [];
    const inner = await db.write(() => {
      const later = db.write(() => order.push("inner"));
      order.push("outer");
      return { later };
    });
    await inner.later;
    expect(order).toEqual(["outer", "inner"]);
    db.close();
  });
});

describe("what the database itself refuses", () => {
  it("a resident twice in a broadcast, a changed or deleted audit entry, a broadcast sent without approval", async () => {
    const db = open();
    const run = (sql: string) => db.write(() => db.sqlite.exec(sql)).then(() => "done");
    await run(`INSERT INTO outbox_copies (order_seq, resident_id, batch_id) VALUES (1, 1, 1)`);
    await expect(
      run(`INSERT INTO outbox_copies (order_seq, resident_id, batch_id) VALUES (1, 1, 2)`),
    ).rejects.toThrow("UNIQUE");
    await run(`INSERT INTO audit_entries (at, actor, act, subject, details, previous_hash, hash)
      VALUES (0, 'a', 'b', 'c', '{}', '', 'h')`);
    await expect(run(`UPDATE audit_entries SET actor = 'z'`)).rejects.toThrow("never changed");
    await expect(run(`DELETE FROM audit_entries`)).rejects.toThrow("never deleted");
    await run(`INSERT INTO staff (id, name, email, roles, created_at) VALUES ('s', 'n', 'e', '[]', 0)`);
    await expect(
      run(`INSERT INTO broadcasts (id, title, state, audience, contents, grace_ms, author_id, writers, created_at, updated_at)
        VALUES ('b', 't', 'approved', '{}', '{}', 0, 's', '[]', 0, 0)`),
    ).rejects.toThrow("CHECK");
    db.close();
  });
});
