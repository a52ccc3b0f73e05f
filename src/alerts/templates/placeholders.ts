/** `{{shelters}}`, `{{name.official}}`, `{{link.hazardMap}}`. */
const placeholder = /\{\{([a-zA-Z][\w.-]*)\}\}/g;

/** What every template can say without a blank. */
export const builtIns = [
  "districts",
  "issuedAt",
  "expiresAt",
  "ward",
  "level",
  "original",
  "hotline",
] as const;

export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = ""]) => name);
}

/** Each placeholder exchanged for its words, once: what stands in the words is never looked at again. */
export function expand(text: string, wordsFor: (name: string) => string): string {
  return text.replaceAll(placeholder, (_, name: string) => wordsFor(name));
}

/** As {@link expand}, and a line whose placeholders are all empty is left out, with the blank lines that it leaves. */
export function expandLines(text: string, wordsFor: (name: string) => string): string {
  return text
    .split("\n")
    .filter((line) => {
      const names = placeholdersIn(line);
      return names.length === 0 || names.some((name) => wordsFor(name) !== "");
    })
    .map((line) => expand(line, wordsFor).trimEnd())
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
