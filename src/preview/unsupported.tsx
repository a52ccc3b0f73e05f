import { readText, shorten } from "./read.ts";
import { type Setting } from "./setting.ts";

/** Said plainly instead of guessed: a staff member must not approve a picture that we made up. */
export function Unsupported({ type, setting }: { type: unknown; setting: Setting }) {
  const named = readText(type);
  return (
    <div class="lp-unsupported">
      {setting.word("unsupported")}
      {named === undefined ? null : <code> {shorten(named, 40)}</code>}
    </div>
  );
}
