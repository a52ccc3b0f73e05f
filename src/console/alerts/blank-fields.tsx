import type { Blank, Template } from "../../alerts/templates/template.ts";
import { Choice, Field, TextBox } from "../form-parts.tsx";
import type { Page } from "../page.ts";
import { type AlertForm, fieldOfBlank, valuesOf } from "./alert-form.ts";

export interface BlankProps {
  page: Page;
  form: Pick<AlertForm, "blanks" | "districts">;
  /** What is wrong with a blank, by its id. */
  problems: Map<string, string>;
  now: number;
}

/** The blanks of one template, each with the field that its type asks for. */
export function BlankFields({ template, ...props }: BlankProps & { template: Template }) {
  return (
    <>
      {template.blanks.map((blank) => (
        <BlankField {...props} blank={blank} />
      ))}
    </>
  );
}

export const idOfBlank = (id: string): string => `f-${fieldOfBlank(id)}`;

function BlankField({ blank, ...props }: BlankProps & { blank: Blank }) {
  switch (blank.type) {
    case "shelters":
      return <Shelters {...props} blank={blank} />;
    case "choice":
      return <OneOf {...props} blank={blank} options={optionsOf(props.page, blank)} />;
    case "hazard":
    case "text":
      return <FreeText {...props} blank={blank} />;
    case "time":
      return <Plain {...props} blank={blank} type="datetime-local" />;
    case "url":
      return <Plain {...props} blank={blank} type="url" />;
    case "number":
    case "phone":
      return <Plain {...props} blank={blank} type="text" />;
  }
}

type One = BlankProps & { blank: Blank };

function labelOf({ say, language }: Page, { label, required }: Blank): string {
  return required ? label[language] : say("alerts:optional", { label: label[language] });
}

function Plain({
  page,
  form,
  problems,
  blank,
  type,
  now,
}: One & { type: "datetime-local" | "url" | "text" }) {
  const problem = problems.get(blank.id);
  const [value = blank.type === "time" && blank.required ? soon(now) : ""] = valuesOf(form, blank);
  return (
    <Field
      name={fieldOfBlank(blank.id)}
      label={labelOf(page, blank)}
      value={value}
      type={type}
      {...(problem === undefined ? {} : { problem })}
    />
  );
}

/** The next full ten minutes in Tokyo, as such a field wants it. */
export function soon(now: number): string {
  const step = 10 * 60_000;
  return inTokyo(Math.ceil(now / step) * step);
}

/** `2026-12-01T21:30`, of an instant. */
export function inTokyo(at: number): string {
  return new Date(at + 9 * 60 * 60_000).toISOString().slice(0, 16);
}

function optionsOf(page: Page, { options = {} }: Blank): [string, string][] {
  return Object.entries(options).map(([id, words]) => [
    id,
    words[page.language] ?? words[page.ward.mainLanguage] ?? id,
  ]);
}

/** A few are all in sight and one press away; many are a list. */
const fewOptions = 8;

function OneOf({ page, form, problems, blank, options }: One & { options: [string, string][] }) {
  const name = fieldOfBlank(blank.id);
  const id = idOfBlank(blank.id);
  const [chosen = ""] = valuesOf(form, blank);
  if (options.length <= fewOptions)
    return (
      <fieldset class="group blank" id={id} {...describedBy(id, problems.get(blank.id))}>
        <legend>{labelOf(page, blank)}</legend>
        <ProblemOf id={id} problem={problems.get(blank.id)} />
        {options.map(([value, label]) => (
          <Choice type="radio" name={name} value={value} checked={value === chosen} label={label} />
        ))}
      </fieldset>
    );
  return (
    <p class="field">
      <label for={id}>{labelOf(page, blank)}</label>
      <ProblemOf id={id} problem={problems.get(blank.id)} />
      <select id={id} name={name} {...describedBy(id, problems.get(blank.id))}>
        <option value="">{page.say("alerts:choose")}</option>
        {options.map(([value, label]) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </p>
  );
}

function describedBy(id: string, problem: string | undefined): object {
  return problem === undefined ? {} : { "aria-describedby": `${id}-problem` };
}

function ProblemOf({ id, problem }: { id: string; problem: string | undefined }) {
  return problem === undefined ? null : (
    <span class="field-problem" id={`${id}-problem`}>
      {problem}
    </span>
  );
}

/** Those near the places stand first. */
function Shelters({ page, form, problems, blank }: One) {
  const { ward, language } = page;
  const id = idOfBlank(blank.id);
  const chosen = new Set(valuesOf(form, blank).flatMap((value) => value.split(",")));
  const isNear = (places: readonly string[]) => places.some((place) => form.districts.includes(place));
  const near = ward.shelters.filter(({ districts }) => isNear(districts));
  const sorted = [...near, ...ward.shelters.filter((shelter) => !near.includes(shelter))];
  return (
    <fieldset class="group blank" id={id} {...describedBy(id, problems.get(blank.id))}>
      <legend>{labelOf(page, blank)}</legend>
      <ProblemOf id={id} problem={problems.get(blank.id)} />
      {sorted.map((shelter) => (
        <Choice
          type="checkbox"
          name={fieldOfBlank(blank.id)}
          value={shelter.id}
          checked={chosen.has(shelter.id)}
          label={ward.shelter(shelter.id, language)?.name ?? shelter.id}
        />
      ))}
    </fieldset>
  );
}

/** Stands as it is typed in every language, unless somebody translates it here. */
function FreeText({ page, form, problems, blank }: One) {
  const { ward, say } = page;
  const others = ward.languages.filter((language) => language !== ward.mainLanguage);
  const given = (language: string) => form.blanks.get(`${blank.id}.${language}`)?.[0] ?? "";
  const problem = problems.get(blank.id);
  return (
    <>
      <Field
        name={fieldOfBlank(blank.id)}
        label={labelOf(page, blank)}
        hint={say("alerts:freeText")}
        value={valuesOf(form, blank)[0] ?? ""}
        max={blank.maxLength}
        lang={ward.mainLanguage}
        {...(blank.maxLength > 60 ? { lines: 2 } : {})}
        {...(problem === undefined ? {} : { problem })}
      />
      <details class="translations" open={others.some((language) => given(language) !== "")}>
        <summary>{say("alerts:translate", { label: blank.label[page.language] })}</summary>
        {others.map((language) => {
          const name = fieldOfBlank(blank.id, language);
          return (
            <p class="field">
              <label for={`f-${name}`}>{page.languageName(language)}</label>
              <TextBox
                attributes={{ id: `f-${name}`, name, lang: language, maxLength: blank.maxLength }}
                type="text"
                value={given(language)}
                lines={undefined}
              />
            </p>
          );
        })}
      </details>
    </>
  );
}
