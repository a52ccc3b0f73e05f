import { expect, it } from "vitest";
import { createAuditStore } from "../../src/audit/store.ts";
import { createStaffPhoneStore } from "../../src/staff/phone-store.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";

it("a phone that is given up for another one is on record as removed, a code that was never used is not", async () => {
  const clock = createTestClock();
  const { db, remove } = openTestDatabase(clock);
  db.sqlite
    .prepare(`INSERT INTO staff (id, name, email, roles, created_at) VALUES ('hana', 'Hana', '', '[]', 0)`)
    .run();
  const phones = createStaffPhoneStore(db, createAuditStore(db), clock);
  const link = async (lineUserId: string) => {
    await phones.ask("hana");
    const asked = await phones.find("hana");
    return phones.link(asked.state === "waiting" ? asked.code : "", lineUserId);
  };
  expect(await link("U1")).toBe("Hana");
  await phones.ask("hana");
  await phones.ask("hana");
  expect(await link("U2")).toBe("Hana");
  await phones.unlink("hana");
  await phones.ask("hana");
  await phones.unlink("hana");
  const acts = db.sqlite.prepare(`SELECT act FROM audit_entries ORDER BY seq`).pluck().all();
  expect(acts).toEqual(["linkPhone", "unlinkPhone", "linkPhone", "unlinkPhone"].map((act) => `staff.${act}`));
  remove();
});
