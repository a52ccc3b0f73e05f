import { expect, it } from "vitest";
import { type AuditFilter, createRecordStore } from "../../src/audit/record-store.ts";
import { createAuditStore } from "../../src/audit/store.ts";
import { openTestDatabase } from "../support/database.ts";

it("what is asked of one subject and of hundreds comes newest first, page by page, whatever else is asked", async () => {
  const { db, remove } = openTestDatabase();
  const person = db.sqlite.prepare(
    `INSERT INTO staff (id, name, email, roles, created_at) VALUES (?, ?, ?, '[]', 0)`,
  );
  const audit = createAuditStore(db);
  const ids = Array.from({ length: 250 }, (_, index) => `p${index}`);
  for (const id of ids) person.run(id, `佐藤 ${id}`, id);
  const acts = ["staff.change", "staff.signIn", "broadcast.edit"];
  await db.write(() => {
    for (let at = 0; at < 1_500; at += 1)
      audit.append({
        at,
        actor: at % 2 === 0 ? "hana" : "ken",
        act: acts[at % acts.length] ?? "",
        subject: ids[at % ids.length] ?? "",
      });
  });
  const record = createRecordStore(db);
  const all = async (filter: AuditFilter) => {
    const found: number[] = [];
    for (let before: number | undefined; ;) {
      const page = await record.list(filter, before, 40);
      found.push(...page.map(({ at }) => at));
      if (page.length < 40) return found;
      before = page.at(-1)?.seq;
    }
  };
  const expected = (fits: (at: number) => boolean) =>
    Array.from({ length: 1_500 }, (_, index) => 1_499 - index).filter(fits);

  expect(await all({ subject: "佐藤", act: "staff." })).toEqual(expected((at) => at % 3 !== 2));
  expect(await all({ subject: "佐藤", actor: "ken" })).toEqual(expected((at) => at % 2 === 1));
  expect(await all({ subject: "佐藤 p77", act: "staff." })).toEqual(
    expected((at) => at % 250 === 77 && at % 3 !== 2),
  );
  expect(await all({ subject: "p77", actor: "ken", act: "staff.signIn", from: 500, to: 1_400 })).toEqual(
    expected((at) => at % 250 === 77 && at % 2 === 1 && at % 3 === 1 && at >= 500 && at < 1_400),
  );
  expect(await all({ subject: "p77", act: "section." })).toEqual([]);
  remove();
});
