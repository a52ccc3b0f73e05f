import { type messagingApi } from "@line/bot-sdk";
import { renderMessage } from "../../src/preview/index.ts";

/** Any JSON as a message: what the preview must be ready for. */
export const asMessage = (value: unknown): messagingApi.Message => value as messagingApi.Message;

export const draw = (value: unknown, interactive = true): string =>
  renderMessage(asMessage(value), { language: "en", interactive, contentLanguage: "ja" });

export const bubbleOf = (body: unknown, rest: object = {}): unknown => ({
  type: "flex",
  altText: "alt",
  contents: { type: "bubble", body, ...rest },
});

/** Draws components in the body of a bubble, in a column unless told otherwise. */
export const drawParts = (contents: unknown[], box: object = {}): string =>
  draw(bubbleOf({ type: "box", layout: "vertical", contents, ...box }));

export function classesIn(html: string): Set<string> {
  return new Set([...html.matchAll(/ class="([^"]*)"/g)].flatMap((match) => (match[1] ?? "").split(" ")));
}

export interface Tag {
  name: string;
  attributes: Map<string, string>;
}

/** The opening tags of our own HTML, in which every attribute value stands in double quotes. */
export function tagsIn(html: string): Tag[] {
  return [...html.matchAll(/<([a-z][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/gi)].map(
    ([, name = "", rest = ""]) => ({
      name: name.toLowerCase(),
      attributes: new Map(
        [...rest.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, key = "", value = ""]) => [
          key.toLowerCase(),
          value,
        ]),
      ),
    }),
  );
}
