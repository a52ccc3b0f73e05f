import { type AlertHead, drillHead, headBox, headColours } from "./alert-head.ts";
import type { Notice } from "./contents.ts";
import { drillMark, hasDrillMark, withoutDrillMark } from "./drill-mark.ts";
import { type FlexMessage, bubble, flex, note } from "./flex.ts";
import { levelWords } from "./level-words.ts";
import { type RenderOptions, noticeParts } from "./notice-parts.ts";

export type AlertOptions = RenderOptions & { head: AlertHead };

/**
 * An alert as one bubble: a head in the official colour of its level, or of how bad it is, that says level and name in
 * words. A drill has a head that no alert has, and begins with its mark whatever was handed over (invariant 8).
 */
export function renderAlert(given: Notice, options: AlertOptions): FlexMessage {
  const content = options.head.mode === "live" ? given : marked(given, options);
  const { hero, foreign, text, footer, altText } = noticeParts(content, options);
  const first = foreign === undefined ? [] : [note(foreign), { type: "separator" as const }];
  return flex(altText, {
    ...bubble({ body: [...first, ...text], footer }),
    header: headOf(content, options),
    ...(hero === undefined ? {} : { hero }),
  });
}

function headOf({ title }: Notice, { head, language, writtenIn = language, sentences }: AlertOptions) {
  if (head.mode !== "live")
    return drillHead(drillMark(writtenIn, sentences), withoutDrillMark(title, writtenIn, sentences));
  return headBox(headColours(head), [
    ...levelLine(title, head, (level) => levelWords(level, writtenIn, sentences)),
    { text: title, size: "lg" },
  ]);
}

/** A colour alone says nothing to many: the level stands there in words too, if the title does not say it. */
function levelLine(title: string, { level, kind }: AlertHead, words: (level: number) => string) {
  if (level === undefined || kind === "allClear") return [];
  const said = title.normalize("NFKC").includes(String(level));
  return said ? [] : [{ text: words(level), size: "md" as const }];
}

function marked(content: Notice, { language, writtenIn = language, sentences }: AlertOptions): Notice {
  const mark = drillMark(writtenIn, sentences);
  const withMark = (text: string) => (hasDrillMark(text, writtenIn, sentences) ? text : `${mark} ${text}`);
  return { ...content, title: withMark(content.title), body: withMark(content.body) };
}
