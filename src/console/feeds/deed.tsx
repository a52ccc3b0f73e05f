import type { Deed } from "../../alerts/rules/decision.ts";
import type { Page } from "../page.ts";

/** What was decided as a small label: said by its word, not by its colour alone. */
export function DeedLabel({ page, deed }: { page: Page; deed: Deed }) {
  return <span class={`state deed-${deed}`}>{page.say(`feeds-page:deed.${deed}`)}</span>;
}
