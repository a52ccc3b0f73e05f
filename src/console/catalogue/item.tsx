import type { NameProblem } from "../../catalogue/names.ts";
import { longestName } from "../../catalogue/names.ts";
import type { CatalogueKind, NamesByLanguage } from "../../shared/ward/catalogue.ts";
import { asDocument } from "../document.tsx";
import { Field, Problems } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { Version } from "./list.tsx";
import { sayNameProblem } from "./say-refusal.ts";

/** What was typed, or what is there. */
export interface ItemForm {
  names: NamesByLanguage;
  /** Of a category: the group it is to stand in. */
  group: string;
  /** Of something new: the wished id. */
  id: string;
}

interface Props {
  page: Page;
  kind: CatalogueKind;
  /** Undefined while it is added. */
  existing: string | undefined;
  form: ItemForm;
  problems: string[];
  nameProblems: NameProblem[];
}

/** The names of one thing, a field for each language; for a category its group; for something new its id. */
export function itemPage({ page, kind, existing, form, problems, nameProblems }: Props): string {
  const { say, ward, language, languageName } = page;
  const title =
    existing === undefined
      ? say(`catalogue:add.${kind}`)
      : say("catalogue:editNamed", { name: ward.name(kind, existing, language) });
  return asDocument({
    page,
    title,
    children: (
      <form method="post" class="sheet catalogue-form" novalidate>
        <Problems title={say("catalogue:form.problems")} problems={problems} />
        <Version page={page} />
        <p>{say(`catalogue:${existing === undefined ? "addMeans" : "editMeans"}.${kind}`)}</p>
        {kind === "categories" && <Group page={page} chosen={form.group} />}
        <fieldset>
          <legend>{say("catalogue:form.names")}</legend>
          <p class="hint">
            {say("catalogue:form.namesHint")} {say("catalogue:form.nameHint")}
          </p>
          {ward.languages.map((id) => {
            const typed = form.names[id] ?? "";
            const stored = existing === undefined ? typed : ward.name(kind, existing, id);
            const problem = nameProblems.find((each) => each.language === id);
            return (
              <Field
                name={`name.${id}`}
                label={languageName(id)}
                value={typed}
                max={longestName}
                lang={id}
                {...(stored === typed ? {} : { hint: say("catalogue:form.stored", { name: stored }) })}
                {...(problem === undefined ? {} : { problem: sayNameProblem(problem, page) })}
              />
            );
          })}
        </fieldset>
        {existing === undefined && (
          <Field
            name="id"
            label={say("catalogue:form.id")}
            hint={say("catalogue:form.idHint")}
            value={form.id}
            max={40}
            autocomplete="off"
          />
        )}
        <p class="acts">
          <button>{say("catalogue:form.save")}</button>
          <a href="/console/catalogue">{say("catalogue:form.back")}</a>
        </p>
      </form>
    ),
  });
}

function Group({ page, chosen }: { page: Page; chosen: string }) {
  const { say, ward, language } = page;
  return (
    <p class="field">
      <label for="f-group">{say("catalogue:form.group")}</label>
      <select id="f-group" name="group">
        {ward.profile.groups.map(({ id }) => (
          <option value={id} selected={id === chosen}>
            {ward.name("groups", id, language)}
          </option>
        ))}
      </select>
    </p>
  );
}
