import type { BroadcastState } from "../../broadcasts/lifecycle.ts";
import type { Page } from "../page.ts";

/** The state of a broadcast as a small label: said by its word, not by its colour alone. */
export function State({ page, state }: { page: Page; state: BroadcastState }) {
  return <span class={`state ${state}`}>{page.say(`state.${state}`)}</span>;
}
