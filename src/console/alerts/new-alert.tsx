import type { ComponentChildren } from "preact";
import type { Template } from "../../alerts/templates/template.ts";
import { asDocument } from "../document.tsx";
import { Choice, Field, KeptNote, Problems, keptAt } from "../form-parts.tsx";
import { type SignedInPage } from "../page.ts";
import { type AlertForm, fieldOfBlank } from "./alert-form.ts";
import { LevelChip, timeLeft } from "./alert-parts.tsx";
import { BlankFields } from "./blank-fields.tsx";
import type { FormProblems } from "./say-alert-refusal.ts";

export interface NewAlertView {
  page: SignedInPage;
  form: AlertForm;
  templates: readonly Template[];
  /** The one that is chosen. */
  template: Template | undefined;
  problems: FormProblems;
  /** What stands beside the form. */
  beside: ComponentChildren;
  /** The same reach in one sentence, beside the button. */
  reach: string;
  now: number;
}

export function newAlertPage(view: NewAlertView): string {
  const { page } = view;
  return asDocument({ page, title: page.say("alerts:new.title"), children: <NewAlert {...view} /> });
}

/** One page: what, where, the blanks; beside it each phone and the reach. */
function NewAlert(view: NewAlertView) {
  const { page, form, template, problems, beside } = view;
  const { say } = page;
  const path = "/console/alerts/new";
  return (
    <form
      method="post"
      action={path}
      id="alert-form"
      class="compose alert-form"
      novalidate
      data-once
      {...keptAt(page, template === undefined ? path : `${path}?template=${template.id}`)}
    >
      <div class="sheet">
        <KeptNote page={page} />
        <Problems title={say("alerts:problems")} problems={problems.all} />
        <input type="hidden" name="key" value={form.key} />
        <input type="hidden" name="mode" value={page.mode} />
        <Kept {...view} />
        <Templates {...view} />
        {template !== undefined && (
          <>
            <Where {...view} />
            {template.blanks.length > 0 && (
              <fieldset id="blanks">
                <legend>{say("alerts:new.blanks")}</legend>
                <BlankFields {...view} template={template} problems={problems.blanks} />
              </fieldset>
            )}
            <Expiry {...view} template={template} />
          </>
        )}
      </div>
      {template !== undefined && (
        <aside
          class="beside"
          id="beside"
          aria-label={say("compose.beside")}
          hx-post="/console/alerts/beside"
          hx-include="#alert-form"
          hx-trigger="input changed delay:300ms from:#alert-form, change delay:50ms from:#alert-form"
          hx-sync="this:queue last"
        >
          {beside}
        </aside>
      )}
      {template !== undefined && (
        <p class="acts finish">
          <span class="reach-short" id="reach-short" aria-hidden="true">
            {view.reach}
          </span>
          <button name="next" value="raise">
            {say(`alerts:new.next.${page.mode}`)}
          </button>
        </p>
      )}
    </form>
  );
}

/** What was typed for another template is kept for when it is chosen again. */
function Kept({ form, template }: NewAlertView) {
  const shown = new Set(template?.blanks.map(({ id }) => id));
  const rest = [...form.blanks].filter(([name]) => !shown.has(name.split(".")[0] ?? ""));
  return (
    <>
      {rest.flatMap(([name, values]) =>
        values.map((value) => <input type="hidden" name={fieldOfBlank(name)} value={value} />),
      )}
    </>
  );
}

/** In the order in which they are needed at night. */
const groups = ["evacuation", "disaster", "safety", "lifeline", "health", "school"] as const;

function Templates(view: NewAlertView) {
  const { page, template } = view;
  const { say, language } = page;
  const cards = <TemplateCards {...view} />;
  if (template === undefined)
    return (
      <fieldset id="template">
        <legend>{say("alerts:new.what")}</legend>
        {cards}
      </fieldset>
    );
  return (
    <details class="chosen-template" id="template">
      <summary>
        <LevelChip page={page} level={template.level} tone={template.tone} />{" "}
        <strong>{template.name[language]}</strong> <span class="change">{say("alerts:new.change")}</span>
      </summary>
      <fieldset>
        <legend>{say("alerts:new.what")}</legend>
        {cards}
      </fieldset>
    </details>
  );
}

function TemplateCards({ page, templates, form }: NewAlertView) {
  const { say, language } = page;
  return (
    <div
      hx-post="/console/alerts/new"
      hx-include="#alert-form"
      hx-trigger="kairan:chosen"
      data-templates
      hx-target="#alert-form"
      hx-select="#alert-form"
      hx-swap="outerHTML show:top"
    >
      {groups.map((group) => {
        const theirs = templates.filter((each) => each.group === group);
        return (
          theirs.length > 0 && (
            <fieldset class="group template-group">
              <legend>{say(`alerts:group.${group}`)}</legend>
              {theirs.map((each) => (
                <label class="template-card">
                  <input type="radio" name="template" value={each.id} checked={each.id === form.template} />
                  <LevelChip page={page} level={each.level} tone={each.tone} />
                  <span>{each.name[language]}</span>
                </label>
              ))}
            </fieldset>
          )
        );
      })}
      <p class="without-script">
        <button name="next" value="choose" class="secondary">
          {say("alerts:new.choose")}
        </button>
      </p>
    </div>
  );
}

/** Neither is chosen beforehand: the whole ward by mistake would be worse than one more press. */
function Where({ page, form, problems }: NewAlertView) {
  const { ward, language, say } = page;
  const problem = problems.all.find(({ at }) => at === "where")?.text;
  return (
    <fieldset
      id="where"
      data-places
      {...(problem === undefined ? {} : { "aria-describedby": "where-problem" })}
    >
      <legend>{say("alerts:new.where")}</legend>
      {problem !== undefined && (
        <span class="field-problem" id="where-problem">
          {problem}
        </span>
      )}
      <div class="big-choices">
        <Choice
          type="radio"
          name="where"
          value="ward"
          checked={form.where === "ward"}
          label={say("alerts:wholeWard", { ward: ward.wardName(language) })}
        />
        <Choice
          type="radio"
          name="where"
          value="districts"
          checked={form.where === "districts"}
          label={say("alerts:new.districts")}
        />
      </div>
      <div class="big-choices in-districts">
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
    </fieldset>
  );
}

function Expiry({ page, form, template, problems, now }: NewAlertView & { template: Template }) {
  const { say } = page;
  const problem = problems.all.find(({ at }) => at === "f-expiresAt")?.text;
  return (
    <details open={form.expiresAt !== ""}>
      <summary>
        {say("alerts:new.expiry", { left: timeLeft(page, now + template.validMinutes * 60_000, now) })}
      </summary>
      <Field
        name="expiresAt"
        label={say("alerts:new.expiresAt")}
        hint={say("alerts:new.expiresAtHint")}
        value={form.expiresAt}
        type="datetime-local"
        {...(problem === undefined ? {} : { problem })}
      />
    </details>
  );
}
