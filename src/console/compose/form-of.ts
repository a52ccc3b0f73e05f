import type { Broadcast } from "../../broadcasts/broadcast.ts";
import type { Contents } from "../../messages/contents.ts";
import { type DraftForm, type NoticeForm, emptyForm } from "./draft-form.ts";
import { emptyRepeat, fieldsOfRepeat } from "./repeat-fields.ts";

/** The form of a broadcast that exists. */
export function formOf(broadcast: Broadcast): DraftForm {
  const { title, audience, contents, sendAt, repeat, missingTranslations, version } = broadcast;
  const picture = sharedPicture(contents);
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
    repeat: repeat === undefined ? emptyRepeat : fieldsOfRepeat(repeat),
    fallback: missingTranslations === "fallback",
    picture,
    point: pointOf(contents),
    notices: noticesOf(contents, picture),
    version: String(version),
    copy: broadcast.id,
  };
}

/** The form of a new broadcast that begins as a copy of an earlier one: its time is not copied. */
export function copyOf(broadcast: Broadcast, copy: string): DraftForm {
  const form = formOf(broadcast);
  return {
    ...form,
    to: form.to === "kept" ? "chosen" : form.to,
    when: form.when === "time" ? "approved" : form.when,
    sendAt: "",
    version: "",
    copy,
  };
}

function noticesOf(contents: Contents, shared: string): Record<string, NoticeForm> {
  return Object.fromEntries(
    Object.entries(contents).map(([language, { title, body, link, image, place }]) => [
      language,
      {
        title,
        body,
        linkLabel: link?.label ?? "",
        linkUrl: link?.url ?? "",
        picture: image === undefined || image.url === shared ? "" : image.url,
        withoutPicture: image === undefined && shared !== "",
        pictureAlt: image?.alt ?? "",
        placeName: place?.name ?? "",
        placeAddress: place?.address ?? "",
      },
    ]),
  );
}

/** The picture that most languages show. */
function sharedPicture(contents: Contents): string {
  const urls = Object.values(contents).flatMap(({ image }) => (image === undefined ? [] : [image.url]));
  const times = (url: string) => urls.filter((each) => each === url).length;
  return urls.toSorted((a, b) => times(b) - times(a))[0] ?? "";
}

function pointOf(contents: Contents): string {
  const found = Object.values(contents).find(({ place }) => place?.latitude !== undefined)?.place;
  return found === undefined ? "" : `${found.latitude}, ${found.longitude}`;
}

function tokyoMinute(instant: number): string {
  return new Date(instant + 9 * 3_600_000).toISOString().slice(0, 16);
}
