import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Database, openDatabase } from "../../db/open.ts";
import { type Clock, systemClock } from "../../src/shared/clock.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A real SQLite file, migrated, that is gone when the test is over. */
export function openTestDatabase(clock: Clock = systemClock): {
  db: Database;
  url: string;
  remove: () => void;
} {
  const folder = temporaryFolder();
  const url = `file:${join(folder, "kairan.db")}`;
  const db = openDatabase(url, clock);
  return {
    db,
    url,
    remove: () => {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A clock that stands still until it is moved. */
export function createTestClock(
  start = Date.parse("2026-11-20T00:00:00Z"),
): Clock & { advance(ms: number): void; set(iso: string): void } {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (iso) => {
      now = Date.parse(iso);
    },
  };
}
