import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { bornWhen, childAges } from "../../broadcasts/child-ages.ts";
import { Choice, Field } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import type { DraftForm } from "./draft-form.ts";
import { RetiredChoices } from "./retired-choices.tsx";

interface Props {
  page: Page;
  form: DraftForm;
  existing: Broadcast | undefined;
  now: number;
}

/** To whom it goes: everybody, or a rule that is put together by ticking. */
export function Addressees({ page, form, existing, now }: Props) {
  const { ward, language, actor } = page;
  const say = (key: string) => page.say(`compose:${key}`);
  const to = (value: DraftForm["to"], label: string, disabled = false) => (
    <Choice
      type="radio"
      name="to"
      value={value}
      checked={form.to === value}
      label={label}
      disabled={disabled && form.to !== value}
    />
  );
  // What is not theirs to choose is shown and cannot be ticked; whether it may be sent is decided below the pages.
  const own = actor?.categories;
  const notTheirs = (id: string) => own !== undefined && !own.includes(id) && !form.categories.includes(id);
  return (
    <fieldset id="to">
      <legend>{say("to")}</legend>
      {existing?.audience.recipientsOf !== undefined && to("kept", say("kept"))}
      {own !== undefined && <p class="hint">{say("sectionOnly")}</p>}
      {to("everyone", say("everyone"), own !== undefined && actor?.mayAddressEveryone !== true)}
      {to("chosen", say("chosen"))}
      <div class="when-chosen">
        <div class="groups">
          {ward.profile.groups.map((group) => (
            <fieldset class="group">
              <legend>{ward.name("groups", group.id, language)}</legend>
              {group.categories.map(({ id }) => (
                <Choice
                  type="checkbox"
                  name="category"
                  value={id}
                  checked={form.categories.includes(id)}
                  label={ward.name("categories", id, language)}
                  disabled={notTheirs(id)}
                />
              ))}
            </fieldset>
          ))}
        </div>
        <RetiredChoices page={page} form={form} />
        <details open={form.districts.length > 0}>
          <summary>{say("districts")}</summary>
          <div class="choices">
            {ward.districts.map((id) => (
              <Choice
                type="checkbox"
                name="district"
                value={id}
                checked={form.districts.includes(id)}
                label={ward.name("districts", id, language)}
              />
            ))}
          </div>
        </details>
        <Narrower page={page} form={form} now={now} />
      </div>
    </fieldset>
  );
}

function Narrower({ page, form, now }: Omit<Props, "existing">) {
  const say = (key: string) => page.say(`compose:${key}`);
  const { languages, bornFrom, bornTo, withoutPreferences } = form;
  const ages = childAges.map((age) => ({ age, ...bornWhen(age, now) }));
  const used = languages.length + bornFrom.length + bornTo.length > 0 || withoutPreferences;
  return (
    <details open={used}>
      <summary>{say("narrower")}</summary>
      <div class="choices">
        {page.ward.languages.map((id) => (
          <Choice
            type="checkbox"
            name="language"
            value={id}
            checked={languages.includes(id)}
            label={page.languageName(id)}
          />
        ))}
      </div>
      <p class="field">
        <label for="f-childAge">{say("childAge")}</label>
        <span class="hint" id="f-childAge-hint">
          {say("childAgeHint")}
        </span>
        <select id="f-childAge" name="childAge" aria-describedby="f-childAge-hint">
          <option value="">{say("age.none")}</option>
          {ages.map(({ age, bornFrom: from, bornTo: to }) => (
            <option value={`${from}..${to}`} selected={from === bornFrom && to === bornTo}>
              {say(`age.${age}`)}
            </option>
          ))}
        </select>
      </p>
      <div class="row">
        <Field name="bornFrom" label={say("bornFrom")} value={bornFrom} type="month" />
        <Field name="bornTo" label={say("bornTo")} value={bornTo} type="month" />
      </div>
      <Choice
        type="checkbox"
        name="withoutPreferences"
        value="yes"
        checked={withoutPreferences}
        label={say("withoutPreferences")}
      />
    </details>
  );
}
