import { z } from "zod";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Draft } from "../../broadcasts/draft.ts";
import type { Problem } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import type { DraftForm } from "./draft-form.ts";
import { sayShapes } from "./say-problem.ts";
import { toDraft } from "./to-draft.ts";

/**
 * The draft that a form asks for, or in sentences why it has no sensible shape. When only its time is missing, the `rest`
 * can still be looked at, so that all mistakes are told at once.
 */
export function readDraft(
  page: Page,
  form: DraftForm,
  existing: Broadcast | undefined,
): { draft: Draft } | { problems: (string | Problem)[]; rest?: Draft } {
  const missing = missingTime(page, form);
  try {
    if (missing === undefined) return { draft: toDraft(form, existing) };
    return { problems: [missing], rest: toDraft({ ...form, when: "approved" }, existing) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { problems: [...(missing === undefined ? [] : [missing]), ...sayShapes(error, page)] };
  }
}

function missingTime({ say }: Page, { when, sendAt, repeat }: DraftForm): Problem | undefined {
  const { kind, monthDays, weekdays } = repeat;
  const days = kind === "month" ? monthDays : weekdays;
  if (when === "repeat" && kind !== "cron" && days.length === 0)
    return { text: say("compose:noDays"), at: "when" };
  if (when === "time" && sendAt === "") return { text: say("compose:noTime"), at: "f-sendAt" };
  return undefined;
}
