import type { messagingApi } from "@line/bot-sdk";

export type Message = messagingApi.Message;
export type FlexMessage = messagingApi.FlexMessage & { type: "flex" };
export type FlexBubble = messagingApi.FlexBubble & { type: "bubble" };
export type FlexComponent = messagingApi.FlexComponent;
export type FlexBox = messagingApi.FlexBox & { type: "box" };
export type Action = messagingApi.Action;

/** Colours of what we send: each text stands on its ground with a contrast of at least 4.5 to 1. */
export const colours = {
  ink: "#1A1A1C",
  quiet: "#4D4D4D",
  accent: "#0017C1",
  chosenGround: "#E8F1FE",
  plainGround: "#F8F8FB",
  danger: "#CE0000",
} as const;

/** LINE's limits in UTF-16 units, graphemes or bytes (LINE fact sheet, sections 7 and 8). */
export const lineLimits = {
  altText: 1500,
  bubbleBytes: 30_000,
  carouselBytes: 50_000,
  carouselBubbles: 12,
  buttonLabel: 40,
  displayText: 300,
  quickReplyLabel: 20,
  quickReplies: 13,
  messages: 5,
} as const;

export function title(text: string): FlexComponent {
  return { type: "text", text, weight: "bold", size: "lg", wrap: true, color: colours.ink };
}

export function paragraph(text: string): FlexComponent {
  return { type: "text", text, wrap: true, size: "md", color: colours.ink };
}

export function note(text: string): FlexComponent {
  return { type: "text", text, wrap: true, size: "sm", color: colours.quiet };
}

export function button(
  action: Action,
  style: "primary" | "secondary" | "link" = "secondary",
  color?: string,
): FlexComponent {
  const fill = color ?? (style === "primary" ? colours.accent : undefined);
  return {
    type: "button",
    action,
    style,
    height: "sm",
    adjustMode: "shrink-to-fit",
    ...(fill === undefined ? {} : { color: fill }),
  };
}

export interface BubbleParts {
  body: FlexComponent[];
  footer?: FlexComponent[];
}

export function bubble({ body, footer = [] }: BubbleParts): FlexBubble {
  return {
    type: "bubble",
    size: "mega",
    body: { type: "box", layout: "vertical", spacing: "md", contents: body },
    ...(footer.length === 0
      ? {}
      : { footer: { type: "box" as const, layout: "vertical" as const, spacing: "sm", contents: footer } }),
  };
}

export function flex(altText: string, contents: FlexBubble): FlexMessage {
  return { type: "flex", altText: shorten(altText, lineLimits.altText), contents };
}

/** One carousel, or as many as LINE's limits of bubbles and bytes make necessary. */
export function carousels(altText: string, bubbles: FlexBubble[]): FlexMessage[] {
  const pages: FlexBubble[][] = [];
  let bytes = 0;
  for (const each of bubbles) {
    const size = byteLength(each) + 1;
    const page = pages.at(-1);
    const fits =
      page !== undefined &&
      page.length < lineLimits.carouselBubbles &&
      bytes + size < lineLimits.carouselBytes - 100;
    if (fits) page.push(each);
    else pages.push([each]);
    bytes = fits ? bytes + size : size;
  }
  return pages.map((page) => ({
    type: "flex",
    altText: shorten(altText, lineLimits.altText),
    contents: { type: "carousel", contents: page },
  }));
}

/** Adds quick replies, which LINE shows under the last message only. */
export function withQuickReplies(messages: Message[], actions: Action[]): Message[] {
  const items = actions
    .slice(0, lineLimits.quickReplies)
    .map((action) => ({ type: "action" as const, action }));
  const last = messages.at(-1);
  if (last === undefined || items.length === 0) return messages;
  return [...messages.slice(0, -1), { ...last, quickReply: { items } }];
}

const segmenter = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** So many units are cut up at once: the time one cut takes grows with all of the text that is handed over. */
const cutAtOnce = 1_000;

/**
 * The characters as people see them; of a longer text the first `enough`, or a few more. A text of any length: 90,000
 * letters in one go held the program up for seconds.
 */
export function graphemes(text: string, enough = Infinity): string[] {
  const found: string[] = [];
  for (let from = 0; from < text.length && found.length < enough;) {
    const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(from + cutAtOnce - 1));
    const piece = text.slice(from, from + cutAtOnce - (splitsPair ? 1 : 0));
    const parts = Array.from(segmenter.segment(piece), (part) => part.segment);
    // The last one may go on behind the piece: it is cut with what follows.
    const last = from + piece.length < text.length && parts.length > 1 ? parts.pop() : undefined;
    found.push(...parts);
    from += piece.length - (last?.length ?? 0);
  }
  return found;
}

/** Labels are counted in graphemes (LINE fact sheet, section 7); one that is too long ends in an ellipsis. */
export function fitLabel(text: string, limit: number): string {
  const parts = graphemes(text, limit + 1);
  return parts.length <= limit ? text : `${parts.slice(0, limit - 1).join("")}…`;
}

/** Shortens to at most `limit` UTF-16 units without cutting through a character. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = "";
  for (const part of graphemes(text, limit)) {
    if (kept.length + part.length > limit - 1) break;
    kept += part;
  }
  return `${kept}…`;
}

export function byteLength(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
