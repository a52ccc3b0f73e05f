import { z } from "zod";
import { graphemes } from "./flex.ts";
import { isOwnPicture } from "./own-picture.ts";

/**
 * Our limits for what staff write, so that every language's bubble stays inside LINE's (LINE fact sheet, sections 7 and 8):
 * in UTF-16 units, as LINE counts, but labels in graphemes and addresses percent-encoded. The rendered bubble is measured
 * as well.
 */
export const contentLimits = {
  title: 100,
  body: 5_000,
  imageUrl: 2_000,
  imageAlt: 300,
  linkLabel: 40,
  linkUrl: 1_000,
  placeName: 100,
  placeAddress: 200,
} as const;

const text = z.string();
const notice = z.strictObject({
  title: text,
  body: text,
  image: z
    .strictObject({
      url: text.describe("https, or the path of a picture uploaded here: /pictures/<id>.jpg"),
      alt: text,
    })
    .optional(),
  link: z.strictObject({ label: text, url: text }).optional(),
  place: z
    .strictObject({
      name: text,
      address: text.optional(),
      latitude: z.number().min(-90).max(90).optional(),
      longitude: z.number().min(-180).max(180).optional(),
    })
    .optional(),
});

/** Contents per language: `{ ja: { title, body, … }, en: … }`. Lengths are checked by {@link contentProblems}, which can say them. */
export const contentsSchema = z.record(z.string(), notice).describe("What will be said, by language id.");

export type Notice = z.infer<typeof notice>;
export type Contents = z.infer<typeof contentsSchema>;

export interface ContentProblem {
  /** Such as `contents.ja.body`. */
  field: string;
  code: "too_long" | "empty" | "bad_url" | "unknown_language" | "no_contents";
  limit?: number;
  actual?: number;
}

/** Everything about the contents that LINE or a reader could not take, with limit and actual length. */
export function contentProblems(contents: Contents, languages: readonly string[]): ContentProblem[] {
  const entries = Object.entries(contents);
  if (entries.length === 0) return [{ field: "contents", code: "no_contents" }];
  return entries.flatMap(([language, each]) =>
    languages.includes(language)
      ? noticeProblems(`contents.${language}`, each)
      : [{ field: `contents.${language}`, code: "unknown_language" as const }],
  );
}

function noticeProblems(at: string, { title, body, image, link, place }: Notice): ContentProblem[] {
  const problems: ContentProblem[] = [];
  const required = (field: string, value: string, limit: number, length = value.length) => {
    if (value.trim() === "") problems.push({ field: `${at}.${field}`, code: "empty" });
    optional(field, value, limit, length);
  };
  const optional = (field: string, value: string, limit: number, length = value.length) => {
    if (length > limit) problems.push({ field: `${at}.${field}`, code: "too_long", limit, actual: length });
  };
  const url = (field: string, value: string, limit: number, schemes: string[]) => {
    if (hasScheme(value, schemes)) optional(field, asciiUrl(value), limit);
    else problems.push({ field: `${at}.${field}`, code: "bad_url" });
  };
  required("title", title, contentLimits.title);
  required("body", body, contentLimits.body);
  if (image !== undefined) {
    required("image.alt", image.alt, contentLimits.imageAlt);
    if (!isOwnPicture(image.url)) url("image.url", image.url, contentLimits.imageUrl, ["https:"]);
  }
  if (link !== undefined) {
    required("link.label", link.label, contentLimits.linkLabel, graphemes(link.label).length);
    url("link.url", link.url, contentLimits.linkUrl, ["https:", "http:", "tel:"]);
  }
  if (place !== undefined) {
    required("place.name", place.name, contentLimits.placeName);
    optional("place.address", place.address ?? "", contentLimits.placeAddress);
    if ((place.latitude === undefined) !== (place.longitude === undefined))
      problems.push({
        field: `${at}.place.${place.latitude === undefined ? "latitude" : "longitude"}`,
        code: "empty",
      });
  }
  return problems;
}

/** An address as it is sent and measured: LINE takes percent-encoded ones only. */
export function asciiUrl(url: string): string {
  return new URL(url).href;
}

function hasScheme(url: string, schemes: string[]): boolean {
  return URL.canParse(url) && schemes.includes(new URL(url).protocol) && !/[\s<>"\\^`{|}]/.test(url);
}
