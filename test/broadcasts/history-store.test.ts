import { expect, it } from "vitest";
import { createHistoryStore } from "../../src/broadcasts/history-store.ts";
import { openTestDatabase } from "../support/database.ts";

it("an entry that somebody has spoilt is shown with the others, as it stands there", async () => {
  const { db, remove } = openTestDatabase();
  const enter = db.sqlite.prepare(
    `INSERT INTO audit_entries (at, actor, act, subject, details, previous_hash, hash) VALUES (?, 'x', 'broadcast.stop', 'b', ?, '', ?)`,
  );
  enter.run(1, '{"comment":"why"}', "1");
  enter.run(2, "not JSON", "2");
  enter.run(3, "null", "3");
  const deeds = await createHistoryStore(db).of("b");
  expect(deeds.map(({ details }) => details)).toEqual([
    { details: "null" },
    { details: "not JSON" },
    { comment: "why" },
  ]);
  remove();
});
