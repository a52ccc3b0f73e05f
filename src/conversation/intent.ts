import { z } from "zod";

const month = z.string().regex(/^(19|20)\d\d-(0[1-9]|1[0-2])$/);
const flag = z.enum(["1", "0"]).transform((text) => text === "1");
const id = z.string().min(1).max(60);

/**
 * Everything a resident can ask for. It travels in the `data` of postbacks, and words are understood as the same things.
 * A tap says what is to be, never "the other way round": pressed twice, or delivered twice, it changes nothing more.
 */
const intentSchema = z.discriminatedUnion("do", [
  z.object({ do: z.literal("askLanguage") }),
  z.object({ do: z.literal("setLanguage"), to: id }),
  z.object({ do: z.literal("askBundle") }),
  z.object({ do: z.literal("takeBundle"), id }),
  z.object({ do: z.literal("askCategories"), group: id.optional() }),
  z.object({ do: z.literal("setCategory"), id, on: flag }),
  z.object({ do: z.literal("setGroup"), id, on: flag }),
  z.object({ do: z.literal("finishCategories") }),
  z.object({ do: z.literal("askDistricts") }),
  z.object({ do: z.literal("setDistrict"), id, on: flag, goOn: flag.optional() }),
  z.object({ do: z.literal("finishDistricts") }),
  z.object({ do: z.literal("askChildren") }),
  z.object({ do: z.literal("addChild"), month: month.optional() }),
  z.object({ do: z.literal("removeChild"), month }),
  z.object({ do: z.literal("finishChildren") }),
  z.object({ do: z.literal("showSettings") }),
  z.object({ do: z.literal("onlyEmergencies") }),
  z.object({ do: z.literal("askForget") }),
  z.object({ do: z.literal("forget") }),
  z.object({ do: z.literal("keep") }),
  z.object({ do: z.literal("showHelp") }),
  z.object({ do: z.literal("showDisaster") }),
  z.object({ do: z.literal("showContact") }),
  z.object({ do: z.literal("showShelters") }),
  z.object({ do: z.literal("showSafety") }),
  z.object({ do: z.literal("showHotline") }),
  z.object({ do: z.literal("showMenu") }),
]);

export type Intent = z.infer<typeof intentSchema>;

/** The `data` of a postback: at most 300 characters, readable in a log. */
export function encodeIntent(intent: Intent): string {
  const pairs = Object.entries(intent).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return [[key, typeof value === "boolean" ? (value ? "1" : "0") : value]];
  });
  return new URLSearchParams(pairs).toString();
}

/**
 * Reads a postback's `data`; `date` is what a date picker sent along. Anything else than what {@link encodeIntent}
 * writes today is undefined: an old button, or somebody's own invention.
 */
export function decodeIntent(data: string, date?: string): Intent | undefined {
  const fields = Object.fromEntries(new URLSearchParams(data));
  const parsed = intentSchema.safeParse(date === undefined ? fields : { ...fields, month: date.slice(0, 7) });
  return parsed.success ? parsed.data : undefined;
}
