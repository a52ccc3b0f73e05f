import { type Draft, draftSchema } from "../../broadcasts/draft.ts";
import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Ward } from "../../shared/ward/ward.ts";

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
  cron: string;
  except: string;
  fallback: boolean;
  notices: Record<string, NoticeForm>;
  /** Of the broadcast that is changed: what its writer saw. */
  version: string;
}

export interface NoticeForm {
  title: string;
  body: string;
  linkLabel: string;
  linkUrl: string;
}

type Fields = Record<string, string | string[] | undefined>;

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
  cron: "",
  except: "",
  fallback: false,
  notices: {},
  version: "",
};

const emptyNotice: NoticeForm = { title: "", body: "", linkLabel: "", linkUrl: "" };

export function noticeOf(form: DraftForm, language: string): NoticeForm {
  return form.notices[language] ?? emptyNotice;
}

/** Reads what a browser posted; anything else in it is passed over. */
export function readForm(body: unknown, ward: Ward): DraftForm {
  const fields: Fields = typeof body === "object" && body !== null ? (body as Fields) : {};
  const one = (name: string): string => [fields[name]].flat()[0] ?? "";
  const many = (name: string): string[] => [fields[name]].flat().filter((value) => value !== undefined);
  const oneOf = <T extends string>(name: string, values: readonly T[], usual: T): T =>
    values.find((value) => value === one(name)) ?? usual;
  return {
    title: one("title"),
    to: oneOf("to", ["everyone", "chosen", "kept"], "chosen"),
    categories: many("category"),
    districts: many("district"),
    languages: many("language"),
    bornFrom: one("bornFrom"),
    bornTo: one("bornTo"),
    withoutPreferences: one("withoutPreferences") !== "",
    when: oneOf("when", ["approved", "time", "repeat"], "approved"),
    sendAt: one("sendAt"),
    cron: one("cron"),
    except: one("except"),
    fallback: one("fallback") !== "",
    notices: Object.fromEntries(
      ward.languages.map((language) => [
        language,
        {
          title: one(`title.${language}`),
          // Browsers post line ends as CR LF.
          body: one(`body.${language}`).replaceAll("\r\n", "\n"),
          linkLabel: one(`linkLabel.${language}`),
          linkUrl: one(`linkUrl.${language}`),
        },
      ]),
    ),
    version: one("version"),
  };
}

/**
 * What the form asks for, in the shape that the API takes too. Parts of `existing` that the form does not show stay.
 * @throws z.ZodError when a value has no such shape
 */
export function toDraft(form: DraftForm, existing?: Broadcast): Draft {
  const { when, sendAt, fallback } = form;
  return draftSchema.parse({
    title: form.title,
    audience: form.to === "kept" ? existing?.audience : audienceOf(form),
    contents: contentsOf(form, existing),
    sendAt: when === "time" ? sendAt : null,
    repeat: when === "repeat" ? repeatOf(form, existing) : null,
    missingTranslations: fallback ? "fallback" : "refuse",
  });
}

function audienceOf(form: DraftForm): Record<string, unknown> {
  const { to, categories, districts, languages, bornFrom, bornTo, withoutPreferences } = form;
  if (to === "everyone") return { everyone: true };
  return {
    ...(categories.length > 0 ? { categories: { anyOf: categories } } : {}),
    ...(districts.length > 0 ? { districts: { anyOf: districts } } : {}),
    ...(languages.length > 0 ? { languages: { anyOf: languages } } : {}),
    ...(bornFrom !== "" || bornTo !== "" ? { children: { bornFrom, bornTo } } : {}),
    ...(withoutPreferences ? { includeWithoutPreferences: true } : {}),
  };
}

/** The languages in which something is written. */
function contentsOf({ notices }: DraftForm, existing: Broadcast | undefined): Record<string, unknown> {
  const written = Object.entries(notices).filter(([, notice]) =>
    Object.values(notice).some((text) => text.trim() !== ""),
  );
  return Object.fromEntries(
    written.map(([language, { title, body, linkLabel, linkUrl }]) => {
      const { image, place } = existing?.contents[language] ?? {};
      const hasLink = linkLabel.trim() !== "" || linkUrl.trim() !== "";
      return [
        language,
        {
          title,
          body,
          ...(image === undefined ? {} : { image }),
          ...(place === undefined ? {} : { place }),
          ...(hasLink ? { link: { label: linkLabel, url: linkUrl.trim() } } : {}),
        },
      ];
    }),
  );
}

function repeatOf({ cron, except }: DraftForm, existing: Broadcast | undefined): Record<string, unknown> {
  const until = existing?.repeat?.until;
  const days = except.split(/[\s,、]+/).filter((day) => day !== "");
  return {
    cron: cron.trim(),
    ...(days.length === 0 ? {} : { except: days }),
    ...(until === undefined ? {} : { until }),
  };
}

/** The form of a broadcast that exists. */
export function formOf({
  title,
  audience,
  contents,
  sendAt,
  repeat,
  missingTranslations,
  version,
}: Broadcast): DraftForm {
  return {
    ...emptyForm,
    title,
    to: audience.recipientsOf !== undefined ? "kept" : audience.everyone === true ? "everyone" : "chosen",
    categories: audience.categories?.anyOf ?? [],
    districts: audience.districts?.anyOf ?? [],
    languages: audience.languages?.anyOf ?? [],
    bornFrom: audience.children?.bornFrom ?? "",
    bornTo: audience.children?.bornTo ?? "",
    withoutPreferences: audience.includeWithoutPreferences === true,
    when: repeat !== undefined ? "repeat" : sendAt !== undefined ? "time" : "approved",
    sendAt: sendAt === undefined ? "" : tokyoMinute(sendAt),
    cron: repeat?.cron ?? "",
    except: repeat?.except?.join(", ") ?? "",
    fallback: missingTranslations === "fallback",
    notices: Object.fromEntries(
      Object.entries(contents).map(([language, notice]) => [
        language,
        {
          title: notice.title,
          body: notice.body,
          linkLabel: notice.link?.label ?? "",
          linkUrl: notice.link?.url ?? "",
        },
      ]),
    ),
    version: String(version),
  };
}

function tokyoMinute(instant: number): string {
  return new Date(instant + 9 * 3_600_000).toISOString().slice(0, 16);
}
