import type { PageContext } from "./view-context.ts";
import { nameOfLanguage, profileLanguages } from "./words.ts";

/** A new person on LINE, who has not met the account yet. */
export function AddPhone({ page: { words } }: { page: PageContext }) {
  return (
    <section class="panel" aria-labelledby="add-title">
      <h2 id="add-title">{words("addPhone")}</h2>
      <form class="add-phone" hx-post="/phones/world/phone" hx-include="[data-page-state]" hx-swap="none">
        <label>
          <span>{words("name")}</span>
          <input name="name" required maxLength={20} autocomplete="off" placeholder={words("exampleName")} />
        </label>
        <label>
          <span>{words("language")}</span>
          <select name="language">
            {profileLanguages.map((tag) => (
              <option value={tag} lang={tag}>
                {nameOfLanguage(tag)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" class="button-solid">
          {words("add")}
        </button>
      </form>
    </section>
  );
}
