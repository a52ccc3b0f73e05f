import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { openOffice } from "../support/sending.ts";
import { type World, startWorld } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.end());

async function verified(): Promise<{ brokenAt: number } | "whole"> {
  const db = openDatabase(world.config.databaseUrl);
  const audit = createAuditStore(db);
  let after: { seq: number; hash: string } | undefined;
  for (;;) {
    const result = await audit.verify(after, 2);
    if ("brokenAt" in result || result.next === undefined) {
      db.close();
      return "brokenAt" in result ? result : "whole";
    }
    after = result.next;
  }
}

it("everything staff do is on record, in order, with who did it", async () => {
  const office = await openOffice(world);
  const id = await office.submit({ sendAt: "2040-01-01T09:00" });
  await office.approver.post(`/broadcasts/${id}/return`, { comment: "date" });
  await office.author.patch(`/broadcasts/${id}`, { title: "Better" });
  await office.author.post(`/broadcasts/${id}/submit`);
  await office.approver.post(`/broadcasts/${id}/approve`);
  await office.author.post(`/broadcasts/${id}/stop`);
  await office.author.post(`/broadcasts/${id}/resume`);
  await office.author.post(`/broadcasts/${id}/cancel`);
  const db = openDatabase(world.config.databaseUrl);
  const acts = db.sqlite
    .prepare<[string], { act: string; actor: string }>(
      `SELECT act, actor FROM audit_entries WHERE subject = ? ORDER BY seq`,
    )
    .all(id);
  db.close();
  expect(acts.map(({ act }) => act.replace("broadcast.", ""))).toEqual([
    "create",
    "submit",
    "return",
    "edit",
    "submit",
    "approve",
    "stop",
    "resume",
    "cancel",
  ]);
  expect(new Set(acts.map(({ actor }) => actor)).size).toBe(2);
  expect(await verified()).toBe("whole");
});

it("an entry that was changed, taken away or put in is found", async () => {
  await openOffice(world);
  const db = openDatabase(world.config.databaseUrl);
  const change = (sql: string) => () => db.sqlite.exec(sql);
  expect(change("UPDATE audit_entries SET actor = 'x' WHERE seq = 2")).toThrow("never changed");
  expect(change("DELETE FROM audit_entries WHERE seq = 2")).toThrow("never deleted");
  db.sqlite.exec(
    "DROP TRIGGER audit_entries_are_never_changed; DROP TRIGGER audit_entries_are_never_deleted",
  );

  db.sqlite.exec("BEGIN; UPDATE audit_entries SET actor = 'x' WHERE seq = 2; COMMIT");
  expect(await verified()).toEqual({ brokenAt: 2 });
  db.sqlite.exec("DELETE FROM audit_entries WHERE seq = 2");
  expect(await verified()).toEqual({ brokenAt: 3 });
  db.close();
});
