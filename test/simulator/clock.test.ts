import { expect, test } from "vitest";
import { createRandom } from "../../src/simulator/random.ts";
import { createClock } from "../../src/simulator/time/clock.ts";
import { startLine } from "./support.ts";

test("the clock can begin anywhere, be frozen, moved forward and let run again", () => {
  const start = Date.parse("2027-04-01T00:00:00Z");
  const clock = createClock(start);
  expect(clock.now() - start).toBeLessThan(1_000);
  clock.freeze();
  const frozen = clock.now();
  clock.advance(5_000);
  expect(clock.now()).toBe(frozen + 5_000);
  clock.moveTo(frozen + 60_000);
  expect(clock.now()).toBe(frozen + 60_000);
  expect(() => clock.moveTo(frozen)).toThrow("only moves forward");
  expect(() => clock.advance(Number.NaN)).toThrow("only moves forward");
  clock.unfreeze();
  expect(clock.now() - frozen - 60_000).toBeLessThan(1_000);
  clock.close();
});

test("what is due happens when the clock is moved, in its order, and what was called off does not", () => {
  const clock = createClock();
  clock.freeze();
  const done: string[] = [];
  clock.after(2_000, () => done.push("second"));
  clock.after(1_000, () => done.push("first"));
  const callOff = clock.after(1_500, () => done.push("never"));
  callOff();
  clock.advance(999);
  expect(done).toEqual([]);
  clock.advance(5_000);
  expect(done).toEqual(["first", "second"]);
  clock.close();
});

test("what is due happens by itself while the clock runs", async () => {
  const clock = createClock();
  const before = clock.precise();
  await new Promise<void>((resolve) => {
    clock.after(5, resolve);
  });
  expect(clock.precise()).toBeGreaterThanOrEqual(before + 5);
  clock.close();
});

test("one seed gives one sequence of ids", async () => {
  const ids = (seed: number) => {
    const random = createRandom(seed);
    return [random.uuid(), random.hex(32), random.ulid(1_775_000_000_000)];
  };
  expect(ids(1)).toEqual(ids(1));
  expect(ids(1)).not.toEqual(ids(2));
  const [uuid, hex, ulid] = ids(3);
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(hex).toMatch(/^[0-9a-f]{32}$/);
  expect(ulid).toMatch(/^01[0-9A-HJKMNP-TV-Z]{24}$/);
  const [one, other] = [await startLine({ seed: 5 }), await startLine({ seed: 5 })];
  expect(one.platform.addUser({ displayName: "a" })).toBe(other.platform.addUser({ displayName: "b" }));
});
