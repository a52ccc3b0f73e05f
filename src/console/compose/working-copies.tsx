import type { WorkingCopy } from "../../broadcasts/working-copy-store.ts";
import { type Page, writtenTime } from "../page.ts";

/** Told above an empty form: new notices that were typed and never saved. */
export function UnsavedNew({ page, copies }: { page: Page; copies: WorkingCopy[] }) {
  if (copies.length === 0) return null;
  const say = page.say;
  return (
    <section class="note" aria-labelledby="unsaved-title">
      <h2 id="unsaved-title">{say("compose:copies.title")}</h2>
      <ul class="copies">
        {copies.map(({ key, fields, savedAt }) => (
          <li>
            <span class="copy-name">{nameOf(page, fields)}</span>{" "}
            <span class="hint">{say("compose:copies.savedAt", { time: writtenTime(page, savedAt) })}</span>
            <span class="copy-acts">
              <a class="button secondary" href={`/console/broadcasts/new?copy=${key}`}>
                {say("compose:copies.goOn")}
              </a>{" "}
              <Discard page={page} copyKey={key} back="/console/broadcasts/new" />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Told above a form that shows what was typed and never saved. */
export function Restored({ page, copy, back }: { page: Page; copy: WorkingCopy; back: string }) {
  return (
    <section class="note">
      <p>{page.say("compose:copies.restored", { time: writtenTime(page, copy.savedAt) })}</p>
      <Discard page={page} copyKey={copy.key} back={back} />
    </section>
  );
}

function Discard({ page, copyKey, back }: { page: Page; copyKey: string; back: string }) {
  return (
    <form method="post" action="/console/working-copies/discard">
      <input type="hidden" name="copy" value={copyKey} />
      <input type="hidden" name="back" value={back} />
      <button class="plain">{page.say("compose:copies.discard")}</button>
    </form>
  );
}

/** What an unsaved notice is called where one can be chosen. */
export function nameOf(page: Page, fields: WorkingCopy["fields"]): string {
  const names = ["title", ...page.ward.languages.map((id) => `title.${id}`)].map((name) => fields[name]);
  const found = names.find((name) => typeof name === "string" && name.trim() !== "");
  return typeof found === "string" ? found.slice(0, 100) : page.say("compose:copies.untitled");
}
