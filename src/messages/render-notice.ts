import type { Sentences } from "../shared/i18n.ts";
import { type Contents, type Notice, asciiUrl, contentLimits } from "./contents.ts";
import {
  type FlexBubble,
  type FlexComponent,
  type FlexMessage,
  bubble,
  button,
  byteLength,
  colours,
  fitLabel,
  flex,
  lineLimits,
  note,
  paragraph,
  title,
} from "./flex.ts";
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

/** One content becomes one bubble that says everything without its picture, with a real alternative text. */
export function renderNotice(
  content: Notice,
  { language, sentences, writtenIn, linkFor = (url) => url, pictureFor = (url) => url }: RenderOptions,
): FlexMessage {
  const say = (key: string, values?: Record<string, string>) =>
    sentences.say(language, `messages:${key}`, values);
  const { image, link, place } = content;
  const picture = image === undefined ? undefined : pictureFor(image.url);
  const map = place === undefined ? undefined : mapUrl(place);
  const foreign =
    writtenIn === undefined
      ? undefined
      : say("fallbackNote", { language: sentences.say(writtenIn, "conversation:language.ownName") });
  const body: FlexComponent[] = [
    ...(foreign === undefined ? [] : [note(foreign), { type: "separator" as const }]),
    title(content.title),
    paragraph(content.body),
    ...(place === undefined ? [] : [placeBox(place)]),
  ];
  const footer: FlexComponent[] = [
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
  ];
  const contents: FlexBubble = {
    ...(image === undefined || picture === undefined ? {} : { hero: hero(picture, image.alt) }),
    ...bubble({ body, footer }),
  };
  return flex(altText(content, foreign), contents);
}

/** The bytes LINE counts for a bubble; at most `lineLimits.bubbleBytes`. */
export function bubbleBytes(message: FlexMessage): number {
  return byteLength(message.contents);
}

/**
 * The first language in which there is something to say to readers of `language`, in the order the ward declares
 * (invariant 12).
 */
export function contentFor(
  contents: Contents,
  fallbacks: readonly string[],
): { content: Notice; writtenIn: string } | undefined {
  for (const language of fallbacks) {
    const content = contents[language];
    if (content !== undefined) return { content, writtenIn: language };
  }
  return undefined;
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
/** A page that shows the place, in the map that every phone has. */
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
