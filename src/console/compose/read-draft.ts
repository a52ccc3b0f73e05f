import { z } from "zod";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Draft } from "../../broadcasts/draft.ts";
import type { Problem } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import type { DraftForm } from "./draft-form.ts";
import { sayShapes } from "./say-problem.ts";
import { toDraft } from "./to-draft.ts";

/** The draft that a form asks for, or in sentences why it has no sensible shape. */
export function readDraft(
  page: Page,
  form: DraftForm,
  existing: Broadcast | undefined,
): { draft: Draft } | { problems: (string | Problem)[] } {
  const { kind, monthDays, weekdays } = form.repeat;
  const days = kind === "month" ? monthDays : weekdays;
  if (form.when === "repeat" && kind !== "cron" && days.length === 0)
    return { problems: [{ text: page.say("compose:noDays"), at: "when" }] };
  if (form.when === "time" && form.sendAt === "")
    return { problems: [{ text: page.say("compose:noTime"), at: "f-sendAt" }] };
  try {
    return { draft: toDraft(form, existing) };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { problems: sayShapes(error, page) };
  }
}
