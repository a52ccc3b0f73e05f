import { describe, expect, it } from "vitest";
import { everybodyOnce, survive } from "../support/survive.ts";

describe("killed while planning and while sending, with one request in twenty going wrong in each way", () => {
  it.each([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])(
    "loses nobody and doubles nobody (seed %i)",
    async (seed) => {
      expect(await survive(seed, 1)).toEqual(everybodyOnce);
    },
    120_000,
  );
});
