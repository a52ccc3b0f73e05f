import { Cron } from "croner";
import { z } from "zod";
import { tokyoDate, tokyoZone } from "../shared/tokyo.ts";

const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, "must be a date such as 2027-08-11")
  .refine(isRealDate, "is not a day of the calendar");

export const repeatSchema = z
  .strictObject({
    cron: z
      .string()
      .max(100)
      .describe("Minute, hour, day, month, weekday, in Tokyo time: `0 9 1,11,21 * *`."),
    except: z.array(date).max(400).optional().describe("Days in Tokyo on which it does not go."),
    until: date.optional().describe("The last day in Tokyo on which it goes."),
  })
  .describe("A repeat with exceptions, in Tokyo time.");

export type Repeat = z.infer<typeof repeatSchema>;

/** How many excepted days in a row are looked past before we say that nothing comes any more. */
const mostSkipped = 1_000;

/** Why a pattern cannot be used, or undefined if it can. */
export function repeatProblem(repeat: Repeat, now: number): "bad_cron" | "never" | undefined {
  try {
    return nextDates(repeat, now, 1).length === 0 ? "never" : undefined;
  } catch {
    return "bad_cron";
  }
}

/**
 * The next times of a repeat after an instant, in milliseconds.
 * @throws when the pattern is not one of five fields
 */
export function nextDates({ cron, except = [], until }: Repeat, after: number, count: number): number[] {
  const schedule = new Cron(cron, { timezone: tokyoZone, paused: true, mode: "5-part" });
  const dates: number[] = [];
  let at: Date | null = new Date(after);
  for (let skipped = 0; dates.length < count && skipped < mostSkipped;) {
    at = schedule.nextRun(at);
    if (at === null) break;
    const day = tokyoDate(at.getTime());
    if (until !== undefined && day > until) break;
    if (except.includes(day)) skipped += 1;
    else dates.push(at.getTime());
  }
  return dates;
}

function isRealDate(text: string): boolean {
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}
