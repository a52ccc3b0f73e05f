import { expect, it } from "vitest";
import { createAuditStore } from "../../src/audit/store.ts";
import { createIds } from "../../src/shared/ids.ts";
import type { Actor, Role } from "../../src/staff/permissions.ts";
import { createStaffStore } from "../../src/staff/store.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";

it("people and keys are made, and keys taken back, by administrators only, whichever way they are asked for", async () => {
  const clock = createTestClock();
  const { db, remove } = openTestDatabase(clock);
  const store = createStaffStore(db, createAuditStore(db), createIds(), clock);
  const somebody = (...roles: Role[]): Actor => ({
    id: "hana",
    name: "Hana",
    roles,
    sections: [],
    categories: undefined,
    mayAddressEveryone: false,
  });
  const administrator = somebody("administrator");
  const ken = { name: "Ken", email: "ken@example.jp", roles: ["viewer" as const] };
  const made = await store.create(administrator, ken);
  if ("refused" in made) throw new Error(made.refused);
  const issued = await store.issueKey(administrator, made.id, "test");
  if ("refused" in issued) throw new Error(issued.refused);

  const other = somebody("author", "approver", "dutyOfficer", "auditor", "viewer");
  const refused = { refused: "role_missing" };
  expect(await store.create(other, { ...ken, email: "mei@example.jp" })).toEqual(refused);
  expect(await store.issueKey(other, made.id, "mine")).toEqual(refused);
  expect(await store.revokeKey(other, made.id, issued.id)).toEqual(refused);
  expect(await store.findByKey(issued.key)).toMatchObject({ id: made.id });
  expect(await store.revokeKey(administrator, made.id, "none")).toEqual({ refused: "not_found" });
  expect(await store.revokeKey(administrator, made.id, issued.id)).toEqual({ revoked: issued.id });
  expect(await store.findByKey(issued.key)).toBeUndefined();
  remove();
});
