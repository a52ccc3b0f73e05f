import { Choice } from "../form-parts.tsx";
import type { Page } from "../page.ts";

interface Props {
  page: Page;
  form: { categories: readonly string[]; districts: readonly string[] };
}

/**
 * What a broadcast names and the ward no longer offers. It is shown, ticked, so that it never falls out of a rule unseen:
 * without it the same rule might reach many more people.
 */
export function RetiredChoices({ page: { say, ward, language }, form }: Props) {
  const offered = new Set(ward.categories.map(({ id }) => id));
  const gone = [
    ...form.categories
      .filter((id) => !offered.has(id))
      .map((id) => ({ field: "category", id, name: ward.name("categories", id, language) })),
    ...form.districts
      .filter((id) => !ward.districts.includes(id))
      .map((id) => ({ field: "district", id, name: ward.name("districts", id, language) })),
  ];
  if (gone.length === 0) return null;
  return (
    <fieldset class="group">
      <legend>{say("catalogue:retiredTitle")}</legend>
      <p class="hint">{say("catalogue:retiredInDraft")}</p>
      {gone.map(({ field, id, name }) => (
        <Choice type="checkbox" name={field} value={id} checked label={name} />
      ))}
    </fieldset>
  );
}
