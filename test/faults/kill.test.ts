import { describe, expect, it } from "vitest";
import { everybodyOnce, survive } from "../support/survive.ts";

// Twenty seeds in two files (the others: kill-again.test.ts), so that both cores have something to do.
describe("killed while planning and while sending, with one request in twenty going wrong in each way", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "loses nobody and doubles nobody (seed %i)",
    async (seed) => {
      expect(await survive(seed, 1)).toEqual(everybodyOnce);
    },
    120_000,
  );
});
