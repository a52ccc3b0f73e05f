import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace } from "../../src/outbox/pace.ts";

function paceAt(rate: number) {
  let now = 0;
  const pace = createPace(rate, () => now);
  return { pace, pass: (ms: number) => (now += ms) };
}

describe("the pace", () => {
  it("begins with nothing, so that a program that restarts again and again stays under LINE's limit", () => {
    expect(paceAt(200).pace.take(100)).toBe(0);
  });

  it("gives as many permits as time has passed, and no more than 150 ms of them after a long idle time", () => {
    const { pace, pass } = paceAt(200);
    pass(50);
    expect(pace.take(100)).toBe(10);
    pass(60_000);
    expect(pace.take(100)).toBe(30);
    expect(pace.take(100)).toBe(0);
  });

  it("keeps the fractions: a permit every 5 ms at 200 a second, however often one looks", () => {
    const { pace, pass } = paceAt(200);
    let taken = 0;
    for (let ms = 0; ms < 1_000; ms++) {
      pass(1);
      taken += pace.take(100);
    }
    expect(taken).toBe(200);
  });

  it("says how long to wait for the next permit", () => {
    const { pace, pass } = paceAt(200);
    expect(pace.waitMs()).toBe(5);
    pass(3);
    expect(pace.waitMs()).toBeCloseTo(2);
    pass(2);
    expect(pace.waitMs()).toBe(0);
  });

  it("takes back what was not used", () => {
    const { pace, pass } = paceAt(200);
    pass(50);
    expect(pace.take(10)).toBe(10);
    pace.giveBack(7);
    expect(pace.take(10)).toBe(7);
  });

  it("falls silent for a moment and halves when the receiver says too fast, once for all requests that were under way", () => {
    const { pace, pass } = paceAt(200);
    pass(150);
    for (let refusal = 0; refusal < 20; refusal++) pace.slowDown();
    expect(pace.ratePerSecond()).toBe(100);
    expect(pace.take(1)).toBe(0);
    expect(pace.waitMs()).toBe(250);
    pass(249);
    expect(pace.take(1)).toBe(0);
    pass(1);
    expect(pace.take(100)).toBeGreaterThan(0);
    pace.slowDown();
    expect(pace.ratePerSecond()).toBe(50);
  });

  it("never falls to a standstill", () => {
    const { pace, pass } = paceAt(200);
    for (let refusal = 0; refusal < 50; refusal++) {
      pace.slowDown();
      pass(1_000);
    }
    expect(pace.ratePerSecond()).toBe(2);
    expect(pace.take(1)).toBe(1);
  });

  it("recovers to the full rate with 250 accepted requests, and not beyond it", () => {
    const { pace } = paceAt(200);
    pace.slowDown();
    for (let accepted = 0; accepted < 249; accepted++) pace.wentWell();
    expect(pace.ratePerSecond()).toBeLessThan(200);
    for (let accepted = 0; accepted < 500; accepted++) pace.wentWell();
    expect(pace.ratePerSecond()).toBe(200);
  });

  it("never gives more in any second than the rate and one burst, whatever is asked, given back or refused", () => {
    const step = fc.record({
      ms: fc.integer({ min: 0, max: 200 }),
      wanted: fc.integer({ min: 0, max: 50 }),
      unused: fc.integer({ min: 0, max: 5 }),
      told: fc.constantFrom("nothing", "slowDown", "wentWell"),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const rate = 100;
        let now = 0;
        const pace = createPace(rate, () => now);
        const used: { at: number; permits: number }[] = [];
        for (const { ms, wanted, unused, told } of steps) {
          now += ms;
          const taken = pace.take(wanted);
          const back = Math.min(unused, taken);
          pace.giveBack(back);
          used.push({ at: now, permits: taken - back });
          if (told === "slowDown") pace.slowDown();
          if (told === "wentWell") pace.wentWell();
        }
        for (const { at } of used) {
          const inSecond = used.filter((each) => each.at >= at && each.at < at + 1_000);
          expect(inSecond.reduce((sum, each) => sum + each.permits, 0)).toBeLessThanOrEqual(rate + 16);
        }
      }),
      { numRuns: 200 },
    );
  });
});
