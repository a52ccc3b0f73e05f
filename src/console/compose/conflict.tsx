import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { asDocument } from "../document.tsx";
import { listed, type Page } from "../page.ts";
import { type DraftForm, fieldsOf } from "./draft-form.ts";
import { formOf } from "./form-of.ts";

/** One thing that two people wrote differently. */
interface Difference {
  /** The names of the fields it is made of. */
  names: string[];
  id: string;
  label: string;
  mine: string;
  theirs: string;
  lang?: string;
}

interface Props {
  page: Page;
  /** What this person wrote. */
  form: DraftForm;
  /** What somebody else has saved meanwhile. */
  existing: Broadcast;
  explain: (form: DraftForm) => string;
  when: (form: DraftForm) => string;
  /** Why it is shown. */
  why: string;
}

const audienceFields = ["to", "category", "district", "language", "bornFrom", "bornTo", "withoutPreferences"];
const whenFields = [
  "when",
  "sendAt",
  "repeatKind",
  "monthDay",
  "weekday",
  "repeatTime",
  "cron",
  "except",
  "until",
];
const noticeFields = [
  "title",
  "body",
  "linkLabel",
  "linkUrl",
  "picture",
  "pictureAlt",
  "placeName",
  "placeAddress",
];

/** Both texts side by side, for every field that differs; nothing is chosen beforehand. */
export function conflictPage(props: Props): string {
  const { page } = props;
  return asDocument({ page, title: page.say("compose:conflict.title"), children: <Conflict {...props} /> });
}

function Conflict(props: Props) {
  const { page, form, existing, why } = props;
  const say = (key: string) => page.say(`compose:conflict.${key}`);
  const differences = differencesOf(props);
  const kept = Object.entries({ ...fieldsOf(form), version: String(existing.version) });
  return (
    <form method="post" action={`/console/broadcasts/${existing.id}/edit`} class="sheet conflict">
      <div class="problems" role="alert">
        <p>{why}</p>
      </div>
      <p>{say("text")}</p>
      {kept.flatMap(([name, value]) =>
        [value].flat().map((each) => <input type="hidden" name={name} value={each} />),
      )}
      <input type="hidden" name="resolve" value="yes" />
      {differences.map(({ id, label, mine, theirs, lang }) => (
        <fieldset>
          <legend>{label}</legend>
          <div class="versions">
            {[
              { whose: "mine", text: mine },
              { whose: "theirs", text: theirs },
            ].map(({ whose, text }) => (
              <label class="version">
                <span>
                  <input type="radio" name={`pick.${id}`} value={whose} required /> <b>{say(whose)}</b>
                </span>
                <span class="version-text" lang={lang}>
                  {text === "" ? say("nothing") : text}
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {differences.length === 0 && <p>{say("same")}</p>}
      <p class="acts">
        <button name="next" value="save">
          {say("save")}
        </button>
        <a class="button secondary" href={`/console/broadcasts/${existing.id}`}>
          {say("look")}
        </a>
      </p>
    </form>
  );
}

/** Everything in which the two differ, as the form names it. */
export function differencesOf({ page, form, existing, explain, when }: Omit<Props, "why">): Difference[] {
  const saved = formOf(existing);
  const [mine, theirs] = [fieldsOf(form), fieldsOf(saved)];
  const text = (fields: typeof mine, name: string) => listed(page, [fields[name] ?? ""].flat());
  const differs = (names: string[]) =>
    names.some((name) =>
      Object.hasOwn(mine, name) || Object.hasOwn(theirs, name)
        ? text(mine, name).trim() !== text(theirs, name).trim()
        : false,
    );
  const label = (key: string) => page.say(`compose:${key}`);
  const plain = (name: string, key: string): Difference => ({
    names: [name],
    id: name,
    label: label(key),
    mine: text(mine, name),
    theirs: text(theirs, name),
  });
  const missing = ({ fallback }: DraftForm) => page.say(`desk:changes.${fallback ? "fallback" : "refuse"}`);
  const withoutPicture = (language: string): Difference => {
    const name = `withoutPicture.${language}`;
    const inWords = (fields: typeof mine) => (text(fields, name) === "" ? "" : label("picture.without"));
    const field = label("conflict.field.withoutPicture");
    return {
      names: [name],
      id: name,
      label: page.say("field.text", { language: page.languageName(language), field }),
      mine: inWords(mine),
      theirs: inWords(theirs),
    };
  };
  const all: Difference[] = [
    plain("title", "title"),
    {
      names: audienceFields,
      id: "audience",
      label: label("to"),
      mine: explain(form),
      theirs: explain(saved),
    },
    ...page.ward.languages.flatMap((language) => [
      ...noticeFields.map((name) => ({
        ...plain(`${name}.${language}`, `conflict.field.${name}`),
        label: page.say("field.text", {
          language: page.languageName(language),
          field: label(`conflict.field.${name}`),
        }),
        lang: language,
      })),
      withoutPicture(language),
    ]),
    ...(form.picture === undefined ? [] : [plain("picture", "conflict.field.picture")]),
    ...(form.point === undefined ? [] : [plain("point", "point")]),
    {
      ...plain("fallback", "fallback"),
      label: page.say("desk:changes.missing"),
      mine: missing(form),
      theirs: missing(saved),
    },
    { names: whenFields, id: "when", label: label("when"), mine: when(form), theirs: when(saved) },
  ];
  return all.filter(({ names }) => differs(names));
}

/**
 * What comes of the choices: a posted form of which some fields are the other's.
 * @returns undefined when a difference was not decided
 */
export function resolved(
  props: Omit<Props, "why">,
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const theirs = fieldsOf(formOf(props.existing));
  const fields: Record<string, unknown> = { ...fieldsOf(props.form) };
  for (const { names, id } of differencesOf(props)) {
    const pick = Object.hasOwn(body, `pick.${id}`) ? body[`pick.${id}`] : undefined;
    if (pick !== "mine" && pick !== "theirs") return undefined;
    if (pick === "theirs")
      for (const name of names) {
        if (theirs[name] === undefined) delete fields[name];
        else fields[name] = theirs[name];
      }
  }
  return fields;
}
