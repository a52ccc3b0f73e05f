import type { Sentences } from "../shared/i18n.ts";
import { type Notice, asciiUrl, contentLimits } from "./contents.ts";
import { type FlexComponent, button, colours, fitLabel, lineLimits, note, paragraph } from "./flex.ts";
import { type PictureFor, isOwnPicture } from "./own-picture.ts";

export interface RenderOptions {
  /** The language of the resident. */
  language: string;
  sentences: Sentences;
  /** Set when the text is in another language than the resident's: a note says so first. */
  writtenIn?: string;
  /** Turns a link into the one that is sent (signed and counted). */
  linkFor?: (url: string) => string;
  /** Turns a picture's address into the one that is sent; a picture without one is left out. */
  pictureFor?: PictureFor;
}

/** What notices and alerts are both made of; what stands above the text is theirs. */
export interface NoticeParts {
  hero: FlexComponent | undefined;
  /** That it is in another language than the reader's, when it is. */
  foreign: string | undefined;
  text: FlexComponent[];
  footer: FlexComponent[];
  altText: string;
}

export function noticeParts(
  content: Notice,
  { language, sentences, writtenIn, linkFor = (url) => url, pictureFor = (url) => url }: RenderOptions,
): NoticeParts {
  const say = (key: string, values?: Record<string, string>) =>
    sentences.say(language, `messages:${key}`, values);
  const { image, link, place } = content;
  const picture = image === undefined ? undefined : pictureFor(image.url);
  const map = place === undefined ? undefined : mapUrl(place);
  const foreign =
    writtenIn === undefined
      ? undefined
      : say("fallbackNote", { language: sentences.say(writtenIn, "conversation:language.ownName") });
  return {
    hero: image === undefined || picture === undefined ? undefined : hero(picture, image.alt),
    foreign,
    text: [paragraph(content.body), ...(place === undefined ? [] : [placeBox(place)])],
    footer: [
      ...(link === undefined
        ? []
        : [
            button(
              {
                type: "uri",
                label: fitLabel(link.label, lineLimits.buttonLabel),
                uri: linkFor(asciiUrl(link.url)),
              },
              "primary",
            ),
          ]),
      ...(map === undefined ? [] : [button({ type: "uri", label: say("map"), uri: map })]),
    ],
    altText: altText(content, foreign),
  };
}

/** What a lock screen shows and a screen reader reads: everything, as far as LINE's limit allows. */
function altText({ title: heading, body, image, place }: Notice, foreign: string | undefined): string {
  const where =
    place === undefined
      ? undefined
      : [place.name, place.address].filter((part) => part !== undefined).join(" ");
  return [heading, foreign, body, where, image?.alt].filter((part) => part !== undefined).join("\n");
}

function hero(address: string, alt: string): FlexComponent {
  const url = isOwnPicture(address) ? address : asciiUrl(address);
  // The picture's description is what assistive technology reads when the picture is focused.
  const action = {
    type: "uri" as const,
    label: fitLabel(alt, lineLimits.buttonLabel),
    uri: url,
  };
  return {
    type: "image",
    url,
    size: "full",
    aspectRatio: "20:13",
    aspectMode: "cover",
    ...(url.length > 1000 ? {} : { action }),
  };
}

function placeBox({ name, address }: NonNullable<Notice["place"]>): FlexComponent {
  return {
    type: "box",
    layout: "vertical",
    paddingAll: "md",
    cornerRadius: "md",
    backgroundColor: colours.plainGround,
    contents: [
      { type: "text", text: name, weight: "bold", wrap: true, color: colours.ink },
      ...(address === undefined ? [] : [note(address)]),
    ],
  };
}

/** By its point when that is known, else by its address or name; undefined when that makes too long an address. */
export function mapUrl({
  name,
  address,
  latitude,
  longitude,
}: NonNullable<Notice["place"]>): string | undefined {
  const point = latitude === undefined || longitude === undefined ? undefined : `${latitude},${longitude}`;
  const wanted = point ?? (address === undefined || address.trim() === "" ? name : address);
  const url = `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(wanted.replaceAll(/\p{Surrogate}/gu, ""))}`;
  return url.length > contentLimits.linkUrl ? undefined : url;
}
