import { type FlexBubble, note, shorten } from "../../messages/flex.ts";
import { momentInWords } from "../../messages/moment-in-words.ts";
import { type OpenAlert, saidBy } from "../../messages/open-alert.ts";
import { renderAlert } from "../../messages/render-alert.ts";
import type { View } from "../view.ts";

/** A body may be as long as LINE's largest bubble; several stand side by side here. */
const longestBody = 1_500;

/** An open alert as it was sent, in the resident's language; and since when and until when it holds. */
export function alertCard(view: View, alert: OpenAlert): FlexBubble {
  const { say, sentences, language } = view;
  const { contents } = drawn(view, alert);
  if (contents.type !== "bubble" || contents.body === undefined)
    throw new Error("An alert is drawn as one bubble that has a body.");
  const time = (instant: number) => momentInWords(sentences, language, instant);
  const times = [
    say("emergency.issued", { time: time(alert.issuedAt) }),
    say("emergency.until", { time: time(alert.expiresAt) }),
  ];
  const body = { ...contents.body, contents: [...contents.body.contents, note(times.join("\n"))] };
  return { ...contents, type: "bubble", body };
}

/** What is said of the open alerts where there is no room for cards: on a lock screen, by a screen reader. */
export function alertsAsText(view: View, alerts: readonly OpenAlert[]): string {
  return alerts.map((alert) => drawn(view, alert).altText).join("\n\n");
}

function drawn({ ward, sentences, language }: View, alert: OpenAlert) {
  const { notice, writtenIn } = saidBy(alert, ward.fallbacks(language));
  const { image: _, ...text } = notice;
  return renderAlert(
    { ...text, body: shorten(text.body, longestBody) },
    { head: alert, language, sentences, ...(writtenIn === language ? {} : { writtenIn }) },
  );
}
