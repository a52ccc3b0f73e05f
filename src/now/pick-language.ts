import { matchLanguage } from "../conversation/language.ts";

const mostTags = 10;
const longestHeader = 300;
const mostRemembered = 500;

/**
 * Which of the ward's languages suits a browser's `Accept-Language` best; the ward's own when none does. Browsers of a
 * crowd say the same few things, and reading a tag takes longer than anything else here, so answers are remembered.
 */
export function createLanguagePicker(
  languages: readonly string[],
  mainLanguage: string,
): (header: string | undefined) => string {
  const remembered = new Map<string, string>();
  return (header) => {
    if (header === undefined || header.length > longestHeader) return mainLanguage;
    const known = remembered.get(header);
    if (known !== undefined) return known;
    const picked =
      wishes(header)
        .map((tag) => matchLanguage(tag, languages))
        .find((language) => language !== undefined) ?? mainLanguage;
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(header, picked);
    return picked;
  };
}

/** The tags of the header, most wished for first; `*` and what is not wanted at all left out. */
function wishes(header: string): string[] {
  return header
    .split(",")
    .slice(0, mostTags)
    .map((part) => {
      const [tag = "", ...parameters] = part.split(";").map((each) => each.trim());
      const quality = parameters.find((each) => each.startsWith("q="));
      return { tag, quality: quality === undefined ? 1 : Number(quality.slice(2)) };
    })
    .filter(({ tag, quality }) => tag !== "" && tag !== "*" && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
}
