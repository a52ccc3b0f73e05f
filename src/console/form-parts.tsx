import type { Page, SignedInPage } from "./page.ts";

interface FieldProps {
  name: string;
  /** When the name stands more than once on the page. */
  id?: string;
  label: string;
  hint?: string;
  value: string;
  max?: number;
  lang?: string;
  type?: "text" | "url" | "email" | "password" | "month" | "date" | "time" | "datetime-local";
  /** More than one makes it a text box. */
  lines?: number;
  autocomplete?: string;
  /** What is wrong with it, said beside it. */
  problem?: string;
}

/** A labelled field with its hint and what is wrong with it. */
export function Field({
  name,
  id = `f-${name}`,
  label,
  hint,
  value,
  max,
  type = "text",
  lines,
  problem,
  ...more
}: FieldProps) {
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(problem === undefined ? [] : [`${id}-problem`]),
  ];
  const shared = {
    ...more,
    id,
    name,
    maxLength: max,
    "aria-describedby": described.length === 0 ? undefined : described.join(" "),
    "aria-invalid": problem === undefined ? undefined : ("true" as const),
  };
  return (
    <p class="field">
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem !== undefined && (
        <span class="field-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
      <TextBox attributes={shared} type={type} value={value} lines={lines} />
    </p>
  );
}

interface TextBoxProps {
  attributes: object;
  type: string;
  value: string;
  lines: number | undefined;
}

/** What is typed into: one line, or several. */
export function TextBox({ attributes, type, value, lines }: TextBoxProps) {
  if (lines === undefined) return <input {...({ ...attributes, type, value } as object)} />;
  return (
    <textarea {...attributes} rows={lines}>
      {value}
    </textarea>
  );
}

interface ChoiceProps {
  type: "checkbox" | "radio";
  name: string;
  value: string;
  checked: boolean;
  label: string;
  lang?: string;
  disabled?: boolean;
}

export function Choice({ label, lang, ...input }: ChoiceProps) {
  return (
    <label class="choice">
      <input {...input} /> <span lang={lang}>{label}</span>
    </label>
  );
}

/** On a form whose fields outlive the session: whose they are, and the address at which the form is found with all its fields. */
export function keptAt({ actor }: SignedInPage, address: string): object {
  return { "data-kept-by": actor.id, "data-kept-at": address };
}

/** Said when they stand there again. */
export function KeptNote({ page }: { page: Page }) {
  return (
    <p class="note" role="status" tabindex={-1} data-kept-note hidden>
      {page.say("sign-in:kept")}
    </p>
  );
}

/** What is wrong, and the id of the field it is mended in. */
export interface Problem {
  text: string;
  at?: string;
}

/** Everything that is wrong with a form, in sentences, at its top; each leads to its field where that is known. */
export function Problems({ title, problems }: { title: string; problems: (string | Problem)[] }) {
  if (problems.length === 0) return null;
  return (
    <div class="problems" role="alert" tabindex={-1} autofocus>
      <h2>{title}</h2>
      <ul>
        {problems
          .map((problem) => (typeof problem === "string" ? { text: problem } : problem))
          .map(({ text, at }) => (
            <li>{at === undefined ? text : <a href={`#${at}`}>{text}</a>}</li>
          ))}
      </ul>
    </div>
  );
}
