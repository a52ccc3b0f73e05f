import { describe, expect, it } from "vitest";
import { everybodyOnce, survive } from "../support/survive.ts";

describe("killed while planning and while sending, with one request in twenty going wrong in each way", () => {
  it.each([101, 102, 103])(
    "also loses nobody and doubles nobody when two processes were started on one database by mistake (seed %i)",
    async (seed) => {
      expect(await survive(seed, 2)).toEqual(everybodyOnce);
    },
    120_000,
  );
});
