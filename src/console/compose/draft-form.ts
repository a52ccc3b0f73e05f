import type { Fields } from "../../broadcasts/working-copy-store.ts";
import type { Ward } from "../../shared/ward/ward.ts";
import { type RepeatFields, emptyRepeat, readRepeat, repeatFieldsOf } from "./repeat-fields.ts";

/** The fields of the form of a broadcast, as text, so that whatever was typed can be shown again. */
export interface DraftForm {
  title: string;
  /** `kept`: what the form cannot show, such as the recipients of an earlier broadcast, stays as it is. */
  to: "everyone" | "chosen" | "kept";
  categories: string[];
  districts: string[];
  languages: string[];
  bornFrom: string;
  bornTo: string;
  withoutPreferences: boolean;
  when: "approved" | "time" | "repeat";
  /** As an `<input type="datetime-local">` gives it, in Tokyo time. */
  sendAt: string;
  repeat: RepeatFields;
  fallback: boolean;
  /** The picture of all languages that choose no other: "" is none; undefined when the form did not show pictures. */
  picture: string | undefined;
  /** `latitude, longitude` of the place; undefined when the form did not show places. */
  point: string | undefined;
  notices: Record<string, NoticeForm>;
  /** Of the broadcast that is changed: what its writer saw. */
  version: string;
  /** Under which key it is remembered while it is typed: the id of a broadcast, or that which a new one will have. */
  copy: string;
}

export interface NoticeForm {
  title: string;
  body: string;
  linkLabel: string;
  linkUrl: string;
  /** A picture of this language's own. */
  picture: string;
  withoutPicture: boolean;
  pictureAlt: string;
  placeName: string;
  placeAddress: string;
}

export const emptyForm: DraftForm = {
  title: "",
  to: "chosen",
  categories: [],
  districts: [],
  languages: [],
  bornFrom: "",
  bornTo: "",
  withoutPreferences: false,
  when: "approved",
  sendAt: "",
  repeat: emptyRepeat,
  fallback: false,
  picture: "",
  point: "",
  notices: {},
  version: "",
  copy: "",
};

const emptyNotice: NoticeForm = {
  title: "",
  body: "",
  linkLabel: "",
  linkUrl: "",
  picture: "",
  withoutPicture: false,
  pictureAlt: "",
  placeName: "",
  placeAddress: "",
};

export function noticeOf(form: DraftForm, language: string): NoticeForm {
  return form.notices[language] ?? emptyNotice;
}

/** The subject for staff: when none is given, the first heading that residents will see. */
export function titleOf({ title, notices }: DraftForm): string {
  if (title.trim() !== "") return title;
  return Object.values(notices).find((notice) => notice.title.trim() !== "")?.title ?? "";
}

/** Whether anything is written in a language. */
export function isWritten(notice: NoticeForm): boolean {
  return Object.values(notice).some((value) => typeof value === "string" && value.trim() !== "");
}

/** Reads what a browser posted; anything else in it is passed over. */
export function readForm(body: unknown, ward: Ward): DraftForm {
  const fields = (typeof body === "object" && body !== null ? body : {}) as Partial<Fields>;
  const has = (name: string): boolean => Object.hasOwn(fields, name);
  const many = (name: string): string[] =>
    has(name) ? [fields[name] ?? []].flat().filter((value) => typeof value === "string") : [];
  const one = (name: string): string => many(name)[0] ?? "";
  const oneOf = <T extends string>(name: string, values: readonly T[], usual: T): T =>
    values.find((value) => value === one(name)) ?? usual;
  const [ageFrom = "", ageTo = ""] = one("childAge").split("..");
  const months = one("bornFrom") !== "" || one("bornTo") !== "";
  return {
    title: one("title"),
    to: oneOf("to", ["everyone", "chosen", "kept"], "chosen"),
    categories: many("category"),
    districts: many("district"),
    languages: many("language"),
    bornFrom: months ? one("bornFrom") : ageFrom,
    bornTo: months ? one("bornTo") : ageTo,
    withoutPreferences: one("withoutPreferences") !== "",
    when: oneOf("when", ["approved", "time", "repeat"], "approved"),
    sendAt: one("sendAt"),
    repeat: readRepeat(one, many, has),
    fallback: one("fallback") !== "",
    picture: has("picture") ? one("picture") : undefined,
    point: has("point") ? one("point") : undefined,
    notices: Object.fromEntries(
      ward.languages.map((language) => {
        const of = (name: string) => one(`${name}.${language}`);
        return [
          language,
          {
            title: of("title"),
            // Browsers post line ends as CR LF.
            body: of("body").replaceAll("\r\n", "\n"),
            linkLabel: of("linkLabel"),
            linkUrl: of("linkUrl"),
            picture: of("picture"),
            withoutPicture: of("withoutPicture") !== "",
            pictureAlt: of("pictureAlt"),
            placeName: of("placeName"),
            placeAddress: of("placeAddress"),
          },
        ];
      }),
    ),
    version: one("version"),
    copy: one("copy"),
  };
}

/** The form as a browser would post it: what {@link readForm} reads back. Empty fields that mean nothing are left out. */
export function fieldsOf(form: DraftForm): Fields {
  const flag = (on: boolean) => (on ? "yes" : "");
  const all: Fields = {
    title: form.title,
    to: form.to,
    category: form.categories,
    district: form.districts,
    language: form.languages,
    bornFrom: form.bornFrom,
    bornTo: form.bornTo,
    withoutPreferences: flag(form.withoutPreferences),
    when: form.when,
    sendAt: form.sendAt,
    ...repeatFieldsOf(form.repeat),
    fallback: flag(form.fallback),
    version: form.version,
    copy: form.copy,
  };
  for (const [language, { withoutPicture, ...notice }] of Object.entries(form.notices)) {
    for (const [name, text] of Object.entries(notice)) all[`${name}.${language}`] = text;
    all[`withoutPicture.${language}`] = flag(withoutPicture);
  }
  const filled = Object.entries(all).filter(([, value]) => value.length > 0);
  return {
    ...Object.fromEntries(filled),
    ...(form.picture === undefined ? {} : { picture: form.picture }),
    ...(form.point === undefined ? {} : { point: form.point }),
    ...(form.repeat.until === undefined ? {} : { until: form.repeat.until }),
  };
}

/** Whether anything worth keeping was typed or chosen. */
export function isTouched(form: DraftForm): boolean {
  const { title, categories, districts, languages, notices, picture } = form;
  return (
    title.trim() !== "" ||
    categories.length + districts.length + languages.length > 0 ||
    (picture ?? "") !== "" ||
    Object.values(notices).some(isWritten)
  );
}
