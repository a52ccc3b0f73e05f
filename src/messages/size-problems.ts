import type { Sentences } from "../shared/i18n.ts";
import type { ContentProblem, Contents } from "./contents.ts";
import { lineLimits } from "./flex.ts";
import { bubbleBytes, renderNotice } from "./render-notice.ts";

/** What a note about a missing translation and a counted link may add to a bubble. */
const reserve = 1_500;

/** Contents whose bubble would be larger than LINE takes, although each of their fields is within its limit. */
export function sizeProblems(contents: Contents, sentences: Sentences): ContentProblem[] {
  const limit = lineLimits.bubbleBytes - reserve;
  return Object.entries(contents).flatMap(([language, content]) => {
    const actual = bubbleBytes(renderNotice(content, { language, sentences }));
    return actual > limit
      ? [{ field: `contents.${language}`, code: "too_long" as const, limit, actual }]
      : [];
  });
}
