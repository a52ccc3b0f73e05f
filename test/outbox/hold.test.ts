import { describe, expect, it } from "vitest";
import { createHold } from "../../src/outbox/hold.ts";

const free = Number.POSITIVE_INFINITY;

/** A hold on which LINE has not answered for so many requests in a row. */
function unanswered(requests: number) {
  const hold = createHold();
  for (let request = 0; request < requests; request++) hold.unanswered(0, "HTTP 503");
  return hold;
}

describe("the hold", () => {
  it("holds nothing at first", () => {
    const hold = createHold();
    expect(hold.state()).toBeUndefined();
    expect(hold.allows(0, 100)).toBe(free);
    expect(hold.nextTryAt()).toBeUndefined();
  });

  it("believes that LINE is away after eight requests in a row without an answer, not after seven", () => {
    expect(unanswered(7).allows(0, 0)).toBe(free);
    expect(unanswered(8).state()).toEqual({ reason: "unreachable", since: 0, detail: "HTTP 503" });
    expect(unanswered(8).allows(0, 0)).toBe(0);
  });

  it("begins to count anew after an answer", () => {
    const hold = unanswered(7);
    expect(hold.answered()).toBe(false);
    for (let request = 0; request < 7; request++) hold.unanswered(0, "HTTP 503");
    expect(hold.state()).toBeUndefined();
  });

  it.each(["quotaExhausted", "notAuthorised"] as const)("holds everything at the first %s", (reason) => {
    const hold = createHold();
    hold.refused(5, reason, "why");
    expect(hold.state()).toEqual({ reason, since: 5, detail: "why" });
    expect(hold.allows(5, 0)).toBe(0);
  });

  it("lets a single request try after a second, and none beside it", () => {
    const hold = createHold();
    hold.refused(0, "quotaExhausted", "why");
    expect(hold.nextTryAt()).toBe(1_000);
    expect(hold.allows(999, 0)).toBe(0);
    expect(hold.allows(1_000, 0)).toBe(1);
    expect(hold.allows(1_000, 1)).toBe(0);
  });

  it.each([
    ["quotaExhausted", 60_000],
    ["notAuthorised", 30_000],
  ] as const)("tries less and less often while %s lasts, but at least every %i ms", (reason, longest) => {
    const hold = createHold();
    const waits: number[] = [];
    for (let now = 0, tries = 0; tries < 9; tries++) {
      hold.refused(now, reason, "why");
      const next = hold.nextTryAt() ?? 0;
      waits.push(next - now);
      now = next;
    }
    expect(waits.slice(0, 5)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(waits.at(-1)).toBe(longest);
    expect(hold.state()?.since).toBe(0);
  });

  it("tries at least every 15 seconds while LINE is away", () => {
    const hold = unanswered(8);
    for (let tries = 0; tries < 9; tries++) hold.unanswered(hold.nextTryAt() ?? 0, "HTTP 503");
    const tryAt = hold.nextTryAt() ?? 0;
    hold.unanswered(tryAt, "HTTP 503");
    expect((hold.nextTryAt() ?? 0) - tryAt).toBe(15_000);
  });

  it("learns nothing from the requests that were under way when it began", () => {
    const hold = createHold();
    for (let request = 0; request < 100; request++) hold.refused(10, "notAuthorised", "why");
    expect(hold.nextTryAt()).toBe(1_010);
  });

  it("ends with the first orderly answer, and says so once", () => {
    const hold = unanswered(8);
    expect(hold.answered()).toBe(true);
    expect(hold.answered()).toBe(false);
    expect(hold.allows(0, 50)).toBe(free);
    hold.refused(0, "quotaExhausted", "why");
    expect(hold.nextTryAt()).toBe(1_000);
  });

  it("tells the newest reason", () => {
    const hold = unanswered(8);
    hold.refused(2_000, "notAuthorised", "expired");
    expect(hold.state()).toEqual({ reason: "notAuthorised", since: 2_000, detail: "expired" });
  });
});
