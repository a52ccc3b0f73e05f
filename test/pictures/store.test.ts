import { expect, it } from "vitest";
import { createAuditStore } from "../../src/audit/store.ts";
import { createPictureStore } from "../../src/pictures/store.ts";
import { openTestDatabase } from "../support/database.ts";
import { createMovableClock } from "../support/sending.ts";

it("a picture that nothing names is forgotten, one that was sent or is still typed never is", async () => {
  const clock = createMovableClock();
  const { db, remove } = openTestDatabase(clock);
  const { sqlite } = db;
  sqlite
    .prepare(`INSERT INTO staff (id, name, email, roles, created_at) VALUES ('hana', '', '', '[]', 0)`)
    .run();
  const store = createPictureStore(db, createAuditStore(db), clock);
  const [sent = "", earlier = "", typed = "", kept = "", unused = "", again = ""] = await Promise.all(
    ["sent", "earlier", "typed", "kept", "unused", "again"].map((text) =>
      store.keep("hana", Buffer.from(text)),
    ),
  );
  sqlite
    .prepare(
      `INSERT INTO broadcasts (id, title, state, audience, contents, grace_ms, author_id, approved_by, writers, created_at, updated_at)
       VALUES ('b', '', 'sent', '{}', ?, 0, 'hana', 'hana', '[]', 0, 0)`,
    )
    .run(JSON.stringify({ ja: { image: { url: `/pictures/${sent}.jpg` } } }));
  sqlite
    .prepare(`INSERT INTO broadcast_versions VALUES ('b', 1, 0, '', '{}', ?, 'refuse', NULL, NULL)`)
    .run(JSON.stringify({ ja: { image: { url: `/pictures/${earlier}.jpg` } } }));
  sqlite
    .prepare(`INSERT INTO working_copies (staff_id, key, fields, saved_at) VALUES ('hana', 'b', ?, 0)`)
    .run(JSON.stringify({ picture: `/pictures/${typed}.jpg` }));
  sqlite
    .prepare(`INSERT INTO templates VALUES ('t', '', ?, 'hana', 0, 0)`)
    .run(JSON.stringify({ picture: `/pictures/${kept}.jpg` }));
  clock.advance(1_000);
  const before = clock.now();
  await store.keep("hana", Buffer.from("again"));
  for (let minute = 0; minute < 7; minute += 1) await store.forgetUnused(before);
  const left = await Promise.all([sent, earlier, typed, kept, unused, again].map((id) => store.find(id)));
  expect(left.map((each) => each?.toString())).toEqual([
    "sent",
    "earlier",
    "typed",
    "kept",
    undefined,
    "again",
  ]);
  remove();
});
