import type { Broadcast } from "../../broadcasts/broadcast.ts";
import { type Draft, draftSchema } from "../../broadcasts/draft.ts";
import type { Notice } from "../../messages/contents.ts";
import { type DraftForm, type NoticeForm, isWritten, titleOf } from "./draft-form.ts";
import { toRepeat } from "./repeat-fields.ts";

/**
 * What the form asks for, in the shape that the API takes too. Parts of `existing` that the form does not show stay.
 * @throws z.ZodError when a value has no such shape
 */
export function toDraft(form: DraftForm, existing?: Broadcast): Draft {
  const { when, sendAt, fallback, repeat } = form;
  return draftSchema.parse({
    title: titleOf(form),
    audience: form.to === "kept" ? existing?.audience : audienceOf(form),
    contents: contentsOf(form, existing),
    sendAt: when === "time" ? sendAt : null,
    repeat: when === "repeat" ? toRepeat(repeat, existing?.repeat) : null,
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
function contentsOf(form: DraftForm, existing: Broadcast | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form.notices)
      .filter(([, notice]) => isWritten(notice))
      .map(([language, notice]) => {
        const { title, body, linkLabel, linkUrl } = notice;
        const before = existing?.contents[language];
        const image = pictureOf(form, notice, before);
        const place = placeOf(form, notice, before);
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

function pictureOf(
  { picture }: DraftForm,
  notice: NoticeForm,
  before: Notice | undefined,
): Notice["image"] | undefined {
  if (picture === undefined) return before?.image;
  const url = notice.withoutPicture ? "" : notice.picture === "" ? picture : notice.picture;
  return url === "" ? undefined : { url, alt: notice.pictureAlt };
}

function placeOf(
  { point }: DraftForm,
  { placeName, placeAddress }: NoticeForm,
  before: Notice | undefined,
): Record<string, unknown> | undefined {
  if (point === undefined) return before?.place;
  if (placeName.trim() === "" && placeAddress.trim() === "") return undefined;
  const [latitude, longitude] = point
    .normalize("NFKC")
    .split(/[\s,、]+/)
    .filter((part) => part !== "")
    .map(Number);
  return {
    name: placeName,
    ...(placeAddress.trim() === "" ? {} : { address: placeAddress }),
    ...(latitude === undefined ? {} : { latitude }),
    ...(longitude === undefined ? {} : { longitude }),
  };
}
