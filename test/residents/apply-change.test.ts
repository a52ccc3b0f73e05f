import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChange } from "../../src/residents/apply-change.ts";
import type { PreferenceChange, Resident } from "../../src/residents/preferences.ts";

type State = Pick<Resident, "preferences" | "answered" | "chose" | "changedAt">;
interface Happening {
  change: PreferenceChange;
  at: number;
}

const known = { categories: ["a", "b", "c", "d"], districts: ["x", "y", "z"] };
const months = ["2020-01", "2024-11"];
const day = 24 * 60 * 60 * 1000;
const start = Date.parse("2026-11-20T00:00:00Z");

const nobody: State = {
  preferences: {
    language: "ja",
    categories: new Set(),
    districts: new Set(),
    childrenBirthMonths: new Set(),
  },
  answered: new Set(),
  chose: false,
  changedAt: {},
};

function after(happenings: readonly Happening[], state: State = nobody): State {
  return happenings.reduce((before, { change, at }) => applyChange(before, change, at, known), state);
}

const someOf = (ids: string[]) => fc.subarray(ids);
const anyChange: fc.Arbitrary<PreferenceChange> = fc.oneof(
  fc.record({ kind: fc.constant("language" as const), to: fc.constantFrom("ja", "en", "ko") }),
  fc.record({
    kind: fc.constant("category" as const),
    id: fc.constantFrom(...known.categories),
    chosen: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("categories" as const), ids: someOf(known.categories) }),
  fc.record({ kind: fc.constant("group" as const), ids: someOf(known.categories), chosen: fc.boolean() }),
  fc.record({
    kind: fc.constant("district" as const),
    id: fc.constantFrom(...known.districts),
    chosen: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("districts" as const), ids: someOf(known.districts) }),
  fc.record({
    kind: fc.constant("child" as const),
    birthMonth: fc.constantFrom(...months),
    added: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant("skip" as const),
    question: fc.constantFrom("categories" as const, "districts" as const, "children" as const),
  }),
);

/** A few things somebody did within `span`, no two in the same millisecond, oldest first. */
function history(span: number): fc.Arbitrary<Happening[]> {
  return fc
    .uniqueArray(fc.integer({ min: 0, max: span }), { minLength: 1, maxLength: 12 })
    .chain((offsets) =>
      fc
        .tuple(...offsets.map(() => anyChange))
        .map((changes) =>
          changes
            .map((change, index) => ({ change, at: start + (offsets[index] ?? 0) }))
            .sort((a, b) => a.at - b.at),
        ),
    );
}

describe("what a resident did, applied to their preferences", () => {
  it("invariant 2: any order and any repetition of the same events gives the same preferences", () => {
    const arrivals = history(6 * day).chain((happened) =>
      fc.array(fc.constantFrom(...happened), { maxLength: 8 }).chain((repeated) => {
        const all = [...happened, ...repeated];
        return fc.shuffledSubarray(all, { minLength: all.length }).map((arrived) => ({ happened, arrived }));
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ happened, arrived }) => {
        expect(after(arrived)).toEqual(after(happened));
      }),
      { numRuns: 400 },
    );
  });

  it("invariant 2: over months too, as long as nothing comes more than a week late; repetitions may come at any time", () => {
    const arrivals = history(60 * day).chain((happened) =>
      fc
        .tuple(
          fc.array(fc.integer({ min: 0, max: 7 * day }), {
            minLength: happened.length,
            maxLength: happened.length,
          }),
          fc.array(fc.tuple(fc.constantFrom(...happened), fc.integer({ min: 7 * day, max: 70 * day })), {
            maxLength: 6,
          }),
        )
        .map(([delays, repeated]) => ({
          happened,
          arrived: [
            ...happened.map((each, index) => ({ each, arrives: each.at + (delays[index] ?? 0) })),
            ...repeated.map(([each, delay]) => ({ each, arrives: each.at + delay })),
          ]
            .sort((a, b) => a.arrives - b.arrives)
            .map(({ each }) => each),
        })),
    );
    fc.assert(
      fc.property(arrivals, ({ happened, arrived }) => {
        expect(after(arrived).preferences).toEqual(after(happened).preferences);
      }),
      { numRuns: 400 },
    );
  });

  it("invariant 2: two quick taps on different categories both count, whichever comes first", () => {
    const a: Happening = { change: { kind: "category", id: "a", chosen: true }, at: start };
    const b: Happening = { change: { kind: "category", id: "b", chosen: true }, at: start + 1 };
    for (const order of [
      [a, b],
      [b, a],
    ])
      expect(after(order).preferences.categories).toEqual(new Set(["a", "b"]));
  });

  it("an exact choice puts out what was chosen before it, and also what arrives late from before it", () => {
    const only: Happening = { change: { kind: "categories", ids: ["a"] }, at: start + 10 };
    const earlier: Happening = { change: { kind: "category", id: "d", chosen: true }, at: start };
    expect(after([earlier, only]).preferences.categories).toEqual(new Set(["a"]));
    expect(after([only, earlier]).preferences.categories).toEqual(new Set(["a"]));
  });

  it("an exact choice also puts out what the ward no longer offers", () => {
    const held: State = {
      ...nobody,
      preferences: { ...nobody.preferences, categories: new Set(["retired"]) },
    };
    const only: Happening = { change: { kind: "categories", ids: ["a"] }, at: start };
    expect(after([only], held).preferences.categories).toEqual(new Set(["a"]));
  });

  it("choosing nothing on purpose counts as a choice; skipping a question and choosing a language do not", () => {
    const chose = (change: PreferenceChange) => after([{ change, at: start }]).chose;
    expect(chose({ kind: "categories", ids: [] })).toBe(true);
    expect(chose({ kind: "child", birthMonth: "2020-01", added: true })).toBe(true);
    expect(chose({ kind: "skip", question: "categories" })).toBe(false);
    expect(chose({ kind: "language", to: "en" })).toBe(false);
  });

  it("each change answers its own question and no other", () => {
    const answered = (change: PreferenceChange) => [...after([{ change, at: start }]).answered];
    expect(answered({ kind: "language", to: "en" })).toEqual(["language"]);
    expect(answered({ kind: "group", ids: ["a"], chosen: true })).toEqual(["categories"]);
    expect(answered({ kind: "district", id: "x", chosen: true })).toEqual(["districts"]);
    expect(answered({ kind: "child", birthMonth: "2020-01", added: false })).toEqual(["children"]);
    expect(answered({ kind: "skip", question: "districts" })).toEqual(["districts"]);
  });

  it("what is kept about when stays small: fields untouched for a week share one time", () => {
    const long: Happening[] = known.categories.map((id, index) => ({
      change: { kind: "category", id, chosen: true },
      at: start + index,
    }));
    const now: Happening = { change: { kind: "district", id: "x", chosen: true }, at: start + 8 * day };
    expect(after([...long, now]).changedAt).toEqual({ "*": start + 3, "district:x": start + 8 * day });
  });
});
