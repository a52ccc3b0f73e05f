import type { Notice } from "../../messages/contents.ts";
import { asciiUrl } from "../../messages/contents.ts";
import {
  type FlexBubble,
  type FlexComponent,
  bubble,
  button,
  fitLabel,
  lineLimits,
  note,
  paragraph,
  shorten,
} from "../../messages/flex.ts";
import { coloursOf } from "../../messages/level-colours.ts";
import { momentInWords } from "../../messages/moment-in-words.ts";
import { type OpenAlert, saidBy, saysItself } from "../../messages/open-alert.ts";
import { mapUrl } from "../../messages/notice-parts.ts";
import type { View } from "../view.ts";

/** A body may be as long as LINE's largest bubble; several stand side by side here. */
const longestBody = 1_500;

/** An open alert: what it is called, on its level's colour, then what to do and until when. */
export function alertCard(view: View, alert: OpenAlert): FlexBubble {
  const { say, sentences, language } = view;
  const { notice, writtenIn } = saidBy(alert, view.ward.fallbacks(language));
  const time = (instant: number) => momentInWords(sentences, language, instant);
  const body: FlexComponent[] = [
    ...(writtenIn === language
      ? []
      : [
          note(
            sentences.say(language, "messages:fallbackNote", {
              language: sentences.say(writtenIn, "conversation:language.ownName"),
            }),
          ),
        ]),
    paragraph(shorten(notice.body, longestBody)),
    ...(notice.place === undefined
      ? []
      : [paragraph([notice.place.name, notice.place.address ?? ""].join("\n").trim())]),
    note(
      [
        say("emergency.issued", { time: time(alert.issuedAt) }),
        say("emergency.until", { time: time(alert.expiresAt) }),
      ].join("\n"),
    ),
  ];
  return { header: heading(view, alert, notice), ...bubble({ body, footer: ways(view, notice) }) };
}

/** What is said of the open alerts where there is no room for cards: on a lock screen, by a screen reader. */
export function alertsAsText(view: View, alerts: readonly OpenAlert[]): string {
  return alerts
    .map((alert) => {
      const { notice } = saidBy(alert, view.ward.fallbacks(view.language));
      return [...marks(view, alert, notice.title), notice.title, notice.body].join("\n");
    })
    .join("\n\n");
}

function heading(view: View, alert: OpenAlert, { title }: Notice) {
  const { ground, ink } = coloursOf(alert);
  return {
    type: "box" as const,
    layout: "vertical" as const,
    backgroundColor: ground,
    contents: [
      ...marks(view, alert, title).map((text) => ({
        type: "text" as const,
        text,
        size: "sm" as const,
        wrap: true,
        color: ink,
      })),
      {
        type: "text" as const,
        text: title,
        size: "lg" as const,
        weight: "bold" as const,
        wrap: true,
        color: ink,
      },
    ],
  };
}

/** The level stands in words, never as a colour alone; a drill says first that it is one. */
function marks({ say }: View, { mode, level }: OpenAlert, title: string): string[] {
  const levelName = level === undefined ? undefined : say("emergency.level", { level });
  return [
    ...(mode === "publicDrill" ? [say("emergency.drill")] : []),
    ...(levelName === undefined || saysItself(title, levelName) ? [] : [levelName]),
  ];
}

function ways({ sentences, language }: View, { link, place }: Notice): FlexComponent[] {
  const map = place === undefined ? undefined : mapUrl(place);
  const open = (label: string, uri: string, style: "primary" | "secondary") =>
    button({ type: "uri", label: fitLabel(label, lineLimits.buttonLabel), uri }, style);
  return [
    ...(link === undefined ? [] : [open(link.label, asciiUrl(link.url), "primary")]),
    ...(map === undefined ? [] : [open(sentences.say(language, "messages:map"), map, "secondary")]),
  ];
}
