import type { Contents, Notice } from "./contents.ts";
import { type FlexBubble, type FlexMessage, bubble, byteLength, flex, note, title } from "./flex.ts";
import { type RenderOptions, noticeParts } from "./notice-parts.ts";

/** One content becomes one bubble that says everything without its picture, with a real alternative text. */
export function renderNotice(content: Notice, options: RenderOptions): FlexMessage {
  const { hero, foreign, text, footer, altText } = noticeParts(content, options);
  const first = foreign === undefined ? [] : [note(foreign), { type: "separator" as const }];
  const contents: FlexBubble = {
    ...(hero === undefined ? {} : { hero }),
    ...bubble({ body: [...first, title(content.title), ...text], footer }),
  };
  return flex(altText, contents);
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
