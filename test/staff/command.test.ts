import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "../../db/open.ts";
import { linkIn, runStaffCommand } from "../support/staff-command.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const staff = (words: string[], environment: Record<string, string> = {}) =>
  runStaffCommand(words, { DATABASE_URL: `file:${join(folder, "kairan.db")}`, ...environment }, folder);

it("makes the first administrator, and prints a link that works once", async () => {
  const made = await staff(["create-administrator", "--email", "a@example.jp", "--name", "情報 しょう"], {
    PUBLIC_URL: "https://notice.ward.example",
  });
  expect(made.code).toBe(0);
  expect(linkIn(made.said)).toMatch(/^https:\/\/notice\.ward\.example\/console\/invitation\/[\w-]{43}$/);
  const again = await staff(["create-administrator", "--email", "A@example.jp"]);
  expect(again.code).toBe(1);
  expect(again.said).toContain("すでにいます");
  const fresh = await staff(["invite", "--email", "a@example.jp"], { PORT: "3001" });
  expect(linkIn(fresh.said)).toMatch(/^http:\/\/127\.0\.0\.1:3001\/console\/invitation\//);

  const db = openDatabase(`file:${join(folder, "kairan.db")}`);
  const people = db.sqlite.prepare("SELECT name, email, roles FROM staff").all();
  const invitations = db.sqlite.prepare("SELECT count(*) FROM staff_invitations").pluck().get();
  const acts = db.sqlite.prepare("SELECT actor, act FROM audit_entries ORDER BY seq").raw().all();
  db.close();
  expect(people).toEqual([{ name: "情報 しょう", email: "a@example.jp", roles: '["administrator"]' }]);
  expect(invitations).toBe(1);
  expect(acts).toEqual([
    ["system", "staff.create"],
    ["system", "staff.invite"],
    ["system", "staff.invite"],
  ]);
});

it.each([
  [[], "使い方"],
  [["remove", "--email", "a@example.jp"], "使い方"],
  [["create-administrator"], "--email"],
  [["create-administrator", "--email", "nonsense"], "--email"],
  [["invite", "--email", "nobody@example.jp"], "いないか"],
  [["invite", "--nonsense"], "--nonsense"],
])("says what is wrong with %j", async (words, said) => {
  const outcome = await staff(words);
  expect(outcome.code).toBe(1);
  expect(outcome.said).toContain(said);
  expect(outcome.said).not.toContain("    at ");
});

it("names the variable of a database file that cannot be opened", async () => {
  writeFileSync(join(folder, "notes.txt"), "no database");
  for (const path of [join(folder, "notes.txt", "kairan.db"), join(folder, "notes.txt")]) {
    const outcome = await staff(["create-administrator", "--email", "a@example.jp"], {
      DATABASE_URL: `file:${path}`,
    });
    expect(outcome.code).toBe(1);
    expect(outcome.said).toContain("DATABASE_URL");
    expect(outcome.said).not.toContain("    at ");
  }
});
