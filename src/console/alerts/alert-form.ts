import type { RaiseAsk } from "../../alerts/prepare.ts";
import type { Blank, Blanks, Template } from "../../alerts/templates/template.ts";
import { type Mode, modes } from "../../outbox/order.ts";
import type { Ward } from "../../shared/ward/ward.ts";

/** What stands in the form for raising an alert, whatever of it was filled in. The one place that knows its fields' names. */
export interface AlertForm {
  template: string;
  where: "ward" | "districts" | "";
  districts: string[];
  /** What was given for each blank: by its id, or by its id and a language, `note.en`. Of other templates too. */
  blanks: Map<string, string[]>;
  expiresAt: string;
  /** The mode that the page said it was in; undefined when it said none. */
  mode: Mode | undefined;
  /** Under which it is raised once, however often its button is pressed. */
  key: string;
}

const prefix = "b.";
/** Of a blank; longer than any may be, so that the one who typed it is told. */
const longest = 1_000;
const mostFields = 200;

export function readAlertForm(body: unknown, ward: Ward): AlertForm {
  const given = new Map<string, string[]>(
    Object.entries(Object(body) as Record<string, unknown>)
      .slice(0, mostFields)
      .map(([name, value]) => [
        name,
        [value]
          .flat()
          .filter((each) => typeof each === "string")
          .map((each) => each.slice(0, longest)),
      ]),
  );
  const text = (name: string) => given.get(name)?.[0] ?? "";
  const where = (["ward", "districts"] as const).find((each) => each === text("where")) ?? "";
  const districts = given.get("district") ?? [];
  return {
    template: text("template"),
    // Ticking a district says where; that nothing else was pressed does not matter.
    where: where === "" && districts.length > 0 ? "districts" : where,
    districts: ward.districts.filter((id) => districts.includes(id)),
    blanks: new Map(
      [...given].flatMap(([name, values]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), values]] : [],
      ),
    ),
    expiresAt: text("expiresAt"),
    mode: modes.find((each) => each === text("mode")),
    key: text("key"),
  };
}

/** The name of the field for a blank, or for its words in one language. */
export function fieldOfBlank(id: string, language?: string): string {
  return `${prefix}${id}${language === undefined ? "" : `.${language}`}`;
}

/** What stands in the field of a blank: what was given, or else what the template proposes. */
export function valuesOf({ blanks }: Pick<AlertForm, "blanks">, { id, preset }: Blank): string[] {
  return blanks.get(id) ?? (preset === undefined ? [] : [preset]);
}

/** The blanks of a template as they were filled in; those left empty are left out, unless `cleared` says they are meant so. */
export function blanksOf(
  form: Pick<AlertForm, "blanks">,
  { blanks }: Template,
  ward: Ward,
  cleared = false,
): Blanks {
  return Object.fromEntries(
    blanks.flatMap((blank): [string, Blanks[string]][] => {
      const values = valuesOf(form, blank).filter((value) => value.trim() !== "");
      if (blank.type === "shelters") return values.length > 0 || cleared ? [[blank.id, values]] : [];
      const [value = ""] = values;
      const words = blank.type === "text" || blank.type === "hazard" ? wordsOf(form, blank, value, ward) : {};
      if (Object.keys(words).length > 1) return [[blank.id, words]];
      return value !== "" || cleared ? [[blank.id, value]] : [];
    }),
  );
}

/** What was typed freely, with the translations that somebody gave. */
function wordsOf(
  { blanks }: Pick<AlertForm, "blanks">,
  { id }: Blank,
  own: string,
  { languages, mainLanguage }: Ward,
): Record<string, string> {
  const words = languages.map((language): [string, string] => [
    language,
    (language === mainLanguage ? own : (blanks.get(`${id}.${language}`)?.[0] ?? "")).trim(),
  ]);
  return Object.fromEntries(words.filter(([, text]) => text !== ""));
}

/** Undefined: nobody has said where, or two things at once. */
export function placesOf({ where, districts }: AlertForm): { districts: string[] | undefined } | undefined {
  if (where === "ward") return districts.length === 0 ? { districts: undefined } : undefined;
  return districts.length === 0 ? undefined : { districts };
}

/** Blanks as they were kept, as the fields of a form. */
export function fieldsOfBlanks(blanks: Blanks, mainLanguage: string): AlertForm["blanks"] {
  return new Map(
    Object.entries(blanks).flatMap(([id, value]): [string, string[]][] => {
      if (Array.isArray(value)) return [[id, value]];
      if (typeof value !== "object") return [[id, [String(value)]]];
      return Object.entries(value).map(([language, text]) => [
        language === mainLanguage ? id : `${id}.${language}`,
        [text],
      ]);
    }),
  );
}

/** What the form asks for. The mode comes from the server's own record, never from here. */
export function askOf(
  form: AlertForm,
  template: Template,
  places: { districts: string[] | undefined },
  mode: Mode,
  ward: Ward,
): RaiseAsk {
  const { expiresAt } = form;
  const at = expiresAt === "" ? undefined : Date.parse(`${expiresAt}:00+09:00`);
  return {
    template: template.id,
    blanks: blanksOf(form, template, ward),
    districts: places.districts,
    mode,
    // What is no time is over already, and is said to be.
    expiresAt: at === undefined ? undefined : Number.isNaN(at) ? 0 : at,
  };
}
