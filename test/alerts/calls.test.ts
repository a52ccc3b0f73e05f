import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCallStore, type NewCall } from "../../src/alerts/calls/call-store.ts";
import { createCalls } from "../../src/alerts/calls/calls.ts";
import { loadSentences } from "../../src/shared/i18n.ts";
import { createIds } from "../../src/shared/ids.ts";
import type { Role } from "../../src/staff/permissions.ts";
import { createTestClock, openTestDatabase } from "../support/database.ts";
import { somebody } from "../support/hazard-office.ts";

const minute = 60_000;
const breakGlass: NewCall = {
  kind: "breakGlass",
  role: "approver",
  values: { title: "避難指示", name: "当直", reason: "川があふれている" },
  once: "breakGlass/1",
};

let base: ReturnType<typeof openTestDatabase>;
let clock: ReturnType<typeof createTestClock>;
let pushed: { to: string; text: string; retryKey: string }[];
let answers: (to: string) => Promise<"taken" | "refused" | "unreachable">;

beforeEach(() => {
  clock = createTestClock();
  base = openTestDatabase(clock);
  pushed = [];
  answers = async () => "taken";
});
afterEach(() => base.remove());

function openCalls() {
  return createCalls({
    store: createCallStore(base.db, createIds()),
    push: async (to, [message], retryKey) => {
      pushed.push({ to, text: String(Object(message)["text"]), retryKey });
      return answers(to);
    },
    sentences: loadSentences(),
    consoleUrl: undefined,
    clock,
  });
}

/** Somebody with a role, whose phone is linked. */
async function withPhone(id: string, role: Role, deactivated = false): Promise<void> {
  const { sqlite, write } = base.db;
  await write(() => {
    sqlite
      .prepare(
        `INSERT INTO staff (id, name, email, roles, created_at, deactivated_at) VALUES (?, ?, ?, ?, 0, ?)`,
      )
      .run(id, id, `${id}@example.jp`, JSON.stringify([role]), deactivated ? 1 : null);
    sqlite
      .prepare(`INSERT INTO staff_phones (staff_id, line_user_id, linked_at) VALUES (?, ?, 0)`)
      .run(id, `U-${id}`);
  });
}

const told = (): string[] => pushed.map(({ to }) => to).sort();

describe("whoever is called by phone", () => {
  it("has the role, and is told once, whoever pokes and however often", async () => {
    await withPhone("ann", "approver");
    await withPhone("ben", "approver");
    await withPhone("dora", "dutyOfficer");
    await withPhone("gone", "approver", true);
    const calls = openCalls();
    await calls.call(breakGlass);
    await calls.call(breakGlass);
    await calls.pushOpen();
    await calls.pushOpen();
    await openCalls().pushOpen();
    expect(told()).toEqual(["U-ann", "U-ben"]);
    expect(pushed[0]?.text).toContain("川があふれている");
  });

  it("by two processes at once gets the same key from both, so that LINE hands it over once", async () => {
    await withPhone("ann", "approver");
    const calls = openCalls();
    await calls.call(breakGlass);
    await Promise.all([calls.pushOpen(), openCalls().pushOpen()]);
    expect(new Set(pushed.map(({ retryKey }) => retryKey)).size).toBe(1);
  });

  it("does not wait for somebody whose phone does not answer", async () => {
    await withPhone("ann", "approver");
    await withPhone("ben", "approver");
    let both = (): void => undefined;
    const reached = new Promise<"taken">((resolve) => (both = () => resolve("taken")));
    // Neither answers before both were asked.
    answers = () => {
      if (pushed.length === 2) both();
      return reached;
    };
    const calls = openCalls();
    await calls.call(breakGlass);
    await calls.pushOpen();
    expect(told()).toEqual(["U-ann", "U-ben"]);
  });

  it("and could not be reached is tried again with the same key, for a quarter of an hour", async () => {
    await withPhone("ann", "approver");
    answers = async () => "unreachable";
    const calls = openCalls();
    await calls.call(breakGlass);
    await calls.pushOpen();
    await calls.pushOpen();
    expect([pushed.length, new Set(pushed.map(({ retryKey }) => retryKey)).size]).toEqual([2, 1]);
    clock.advance(16 * minute);
    await calls.pushOpen();
    expect(pushed).toHaveLength(2);
  });

  it("and refuses is not asked again", async () => {
    await withPhone("ann", "approver");
    answers = async () => "refused";
    const calls = openCalls();
    await calls.call(breakGlass);
    await calls.pushOpen();
    await calls.pushOpen();
    expect(pushed).toHaveLength(1);
  });

  it("is not told any more of what is over", async () => {
    await withPhone("ann", "dutyOfficer");
    const calls = openCalls();
    await calls.call({ kind: "feedSilent", role: "dutyOfficer", values: {}, once: "silent/1" });
    await calls.over("silent/1");
    await calls.pushOpen();
    expect(pushed).toEqual([]);
    expect(await calls.openFor(somebody("dutyOfficer"))).toEqual([]);
  });

  it("for a drill is told so first", async () => {
    await withPhone("ann", "approver");
    const calls = openCalls();
    await calls.call({ ...breakGlass, drill: true });
    await calls.pushOpen();
    expect(pushed[0]?.text).toMatch(/^【訓練】/);
  });
});

describe("on staff pages", () => {
  it("a call stands until this person has seen it, for those with the role only, for a day", async () => {
    await withPhone("approver", "approver");
    const calls = openCalls();
    await calls.call(breakGlass);
    const [call] = await calls.openFor(somebody("approver"));
    expect(call?.values["reason"]).toBe("川があふれている");
    expect(await calls.openFor(somebody("author", "dutyOfficer"))).toEqual([]);
    await calls.answer(somebody("approver"), call?.id ?? "");
    expect(await calls.openFor(somebody("approver"))).toEqual([]);
    const other = { ...somebody("approver"), id: "other" };
    expect(await calls.openFor(other)).toHaveLength(1);
    clock.advance(25 * 60 * minute);
    expect(await calls.openFor(other)).toEqual([]);
  });
});
