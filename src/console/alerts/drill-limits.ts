import type { Mode } from "../../outbox/order.ts";
import type { Page } from "../page.ts";

/** From what stays among staff to what everybody takes for meant. */
const width: Record<Mode, number> = { rehearsal: 0, publicDrill: 1, live: 2 };

/**
 * Whether somebody in drill mode looks at an alert that goes further than their drill: they would send it believing that
 * it does not (invariant 8). They leave drill mode first.
 */
export function goesBeyondDrill({ drill }: Pick<Page, "drill">, { mode }: { mode: Mode }): boolean {
  return drill !== undefined && width[mode] > width[drill.mode];
}

/** What is typed to send something alone: another one for drills, in either language, whatever its width. */
export function isPhrase(typed: string, wanted: readonly string[]): boolean {
  const plain = (text: string) => text.normalize("NFKC").trim().replaceAll(/\s+/g, " ");
  return wanted.some((phrase) => plain(phrase) === plain(typed));
}
