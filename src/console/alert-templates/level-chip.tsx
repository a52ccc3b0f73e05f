import type { Template } from "../../alerts/template.ts";
import type { Page } from "../page.ts";

/** The level in its official colour, said by its words as well; what has no level says how loud its card is. */
export function LevelChip({ page, template }: { page: Page; template: Pick<Template, "level" | "tone"> }) {
  const { level, tone } = template;
  return level === undefined ? (
    <span class={`level-chip tone-${tone}`}>{page.say(`alert-templates-page:tone.${tone}`)}</span>
  ) : (
    <span class={`level-chip level-${level}`}>{page.say("alert-templates-page:level", { level })}</span>
  );
}
