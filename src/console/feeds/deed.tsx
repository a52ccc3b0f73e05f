import type { Page } from "../page.ts";
import type { Heard, Ruling } from "./hazard-desk.ts";

/** What weighs most stands for the whole telegram. */
const weight: Ruling["do"][] = ["automatic", "followUp", "draft", "nothing"];

export function deedOf({ rulings }: Heard): Ruling["do"] {
  return weight.find((deed) => rulings.some((ruling) => ruling.do === deed)) ?? "nothing";
}

/** What was decided as a small label: said by its word, not by its colour alone. */
export function DeedLabel({ page, deed }: { page: Page; deed: Ruling["do"] }) {
  return <span class={`state deed-${deed}`}>{page.say(`feeds-page:deed.${deed}`)}</span>;
}
