import { z } from "zod";
import { contentProblems, contentsSchema } from "../messages/contents.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { addresseesProblems, addresseesSchema } from "./addressees.ts";
import type { InputProblem } from "./refusal.ts";
import { repeatProblem, repeatSchema } from "./schedule.ts";

/** An instant: `2026-12-01T09:00:00+09:00`; without an offset it is Tokyo time. Becomes milliseconds. */
export const instant = z
  .union(
    [z.iso.datetime({ offset: true }), z.iso.datetime({ local: true })],
    "must be a time such as 2026-12-01T09:00:00+09:00",
  )
  .transform((text) => Date.parse(/([zZ]|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}+09:00`));

const fields = {
  title: z.string().describe("For staff; residents see the titles of the contents."),
  audience: addresseesSchema,
  contents: contentsSchema,
  sendAt: instant
    .nullable()
    .optional()
    .describe("When it goes; absent: as soon as it is approved. Without an offset, Tokyo time."),
  repeat: repeatSchema.nullable().optional(),
  graceMinutes: z
    .int()
    .min(0)
    .max(1440)
    .optional()
    .describe("How late it may go when its time passed while the program was down; default 30."),
  missingTranslations: z
    .enum(["refuse", "fallback"])
    .optional()
    .describe(
      "For readers of a language without a text: `refuse` blocks approval; `fallback` sends another language's text with a note.",
    ),
};

export const draftSchema = z.strictObject(fields);
export const draftChangeSchema = z.strictObject(fields).partial();

export type Draft = z.infer<typeof draftSchema>;
export type DraftChange = z.infer<typeof draftChangeSchema>;

const longestTitle = 100;

/** Everything about a draft that cannot be meant as it stands, each with its field. */
export function draftProblems(draft: DraftChange, ward: Ward, now: number, graceMs: number): InputProblem[] {
  const { title, audience, contents, sendAt, repeat } = draft;
  const problems: InputProblem[] = [];
  if (title !== undefined && title.trim() === "")
    problems.push({
      kind: "title",
      field: "title",
      code: "empty",
      limit: longestTitle,
      actual: title.length,
    });
  if (title !== undefined && title.length > longestTitle) {
    problems.push({
      kind: "title",
      field: "title",
      code: "too_long",
      limit: longestTitle,
      actual: title.length,
    });
  }
  if (audience !== undefined) {
    problems.push(
      ...addresseesProblems(audience, ward).map((problem) => ({
        ...problem,
        kind: "audience" as const,
        field: joined("audience", problem.field),
      })),
    );
  }
  if (contents !== undefined)
    problems.push(
      ...contentProblems(contents, ward.languages).map((problem) => ({
        ...problem,
        kind: "content" as const,
      })),
    );
  if (sendAt !== undefined && sendAt !== null && sendAt < now - graceMs)
    problems.push({ kind: "schedule", field: "sendAt", code: "send_time_past" });
  if (repeat !== undefined && repeat !== null) {
    const problem = repeatProblem(repeat, now);
    if (problem !== undefined) problems.push({ kind: "schedule", field: "repeat.cron", code: problem });
    if (sendAt !== undefined && sendAt !== null)
      problems.push({ kind: "schedule", field: "repeat", code: "send_at_and_repeat" });
  }
  return problems;
}

function joined(first: string, rest: string): string {
  return rest === "" ? first : `${first}.${rest}`;
}
