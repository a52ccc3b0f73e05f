import fc from "fast-check";
import { expect, test } from "vitest";
import { readTelegram } from "../../src/feeds/jma/read-telegram.ts";
import { shinagawaCodes } from "../support/hear.ts";
import {
  earthquakeTelegram,
  flashTelegram,
  kindInForce,
  landslideTelegram,
  noWarning,
  riverTelegram,
  shinagawa,
  specialWarningNotice,
  tokyoBay,
  tornadoTelegram,
  tsunamiKinds,
  tsunamiTelegram,
  warningTelegram,
} from "../support/telegrams.ts";

const telegrams: [string, Buffer][] = [
  [
    "VPWW55",
    warningTelegram({
      type: "VPWW55",
      kinds: [kindInForce("43", "レベル４大雨危険警報")],
      prefectureKinds: [kindInForce("33", "レベル５大雨特別警報")],
    }),
  ],
  ["VPWW58", warningTelegram({ type: "VPWW58", kinds: [noWarning] })],
  ["VXWW50", landslideTelegram({})],
  ["VXKO50", riverTelegram({ code: "51", name: "レベル５氾濫特別警報", floodplain: [shinagawa] })],
  ["VPBS50", flashTelegram({ tag: "記録雨", places: [shinagawa] })],
  ["VXSE53", earthquakeTelegram({ cities: [{ ...shinagawa, intensity: "6+" }] })],
  ["VTSE41", tsunamiTelegram({ areas: [{ ...tokyoBay, kind: tsunamiKinds.major }] })],
  ["VPNO50", specialWarningNotice()],
  ["VPHW50", tornadoTelegram()],
];

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** Codes that mean something in one table or another. */
const codes = [
  "33",
  "43",
  "03",
  "10",
  "39",
  "48",
  "09",
  "35",
  "20",
  "30",
  "40",
  "51",
  "53",
  "10",
  "00",
  "1",
  "3",
  "62",
];

/** Cut anywhere, a code in the place of another, a byte of anything, an element gone, one text in the place of another. */
const harm = fc.oneof(
  fc.record({ how: fc.constant("cut" as const), at: place }),
  fc.record({ how: fc.constant("flip" as const), at: place, byte: fc.integer({ min: 0, max: 255 }) }),
  fc.record({
    how: fc.constant("digit" as const),
    at: place,
    digit: fc.constantFrom(...Array.from("0123456789０１２３４５")),
  }),
  fc.record({ how: fc.constant("recode" as const), at: place, code: fc.constantFrom(...codes) }),
  fc.record({ how: fc.constant("drop" as const), at: place }),
  fc.record({ how: fc.constant("swap" as const), at: place, with: place }),
);
type Harm = typeof harm extends fc.Arbitrary<infer Value> ? Value : never;

function harmed(bytes: Buffer, { at, ...harm }: Harm): Buffer {
  const index = Math.floor(at * bytes.length);
  const text = bytes.toString();
  switch (harm.how) {
    case "cut":
      return bytes.subarray(0, index);
    case "flip": {
      const copy = Buffer.from(bytes);
      copy[index] = harm.byte;
      return copy;
    }
    case "digit": {
      const digits = [...text.matchAll(/[0-9０-９]/g)].map((match) => match.index);
      const where = digits[Math.floor(at * digits.length)] ?? 0;
      return Buffer.from(text.slice(0, where) + harm.digit + text.slice(where + 1));
    }
    case "recode": {
      const places = [...text.matchAll(/<Code>[0-9]{1,2}<\/Code>/g)];
      const place = places[Math.floor(at * places.length)];
      if (place === undefined) return bytes;
      const after = place.index + place[0].length;
      return Buffer.from(`${text.slice(0, place.index)}<Code>${harm.code}</Code>${text.slice(after)}`);
    }
    case "drop":
      return Buffer.from(text.replace(pick(text, at), ""));
    case "swap":
      return Buffer.from(text.replace(pick(text, at), () => pick(text, harm.with)));
  }
}

/** Some element without children. */
function pick(text: string, at: number): string {
  const leaves = text.match(/<([A-Za-z]+)[^<>]*>[^<>]*<\/\1>/g) ?? [""];
  return leaves[Math.floor(at * leaves.length)] ?? "";
}

test("a mutilated telegram is never an exception, and never has a level that its text does not hold", async () => {
  const telegram = fc.constantFrom(...telegrams);
  await fc.assert(
    fc.asyncProperty(
      telegram,
      fc.array(harm, { minLength: 1, maxLength: 4 }),
      async ([type, whole], harms) => {
        const bytes = harms.reduce<Buffer>(harmed, whole);
        const read = await readTelegram(bytes, { id: "x", type }, shinagawaCodes);
        if ("refused" in read) return;
        const { hazards, remarks, telegram } = read.reading;
        for (const { level, name } of hazards) {
          if (level === undefined) continue;
          expect(name.normalize("NFKC")).toContain(`レベル${level}`);
          expect(bytes.toString()).toContain(name);
        }
        // Never silence: whatever is left says something, even if only that it is elsewhere.
        if (telegram.infoType !== "cancellation") expect(hazards.length + remarks.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 3_000 },
  );
});
