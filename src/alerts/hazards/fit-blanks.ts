import type { Blanks, Template } from "../templates/template.ts";

/**
 * What was read, as far as the template has a blank for it, in languages of the ward, and no longer than the blank takes: an
 * alert must not fail because a headline is long, or because a ward's own template asks for less.
 */
export function fitBlanks(
  given: Blanks,
  { blanks }: Pick<Template, "blanks">,
  languages: readonly string[],
): Blanks {
  const fitting = blanks.flatMap(({ id, maxLength }) => {
    const value = Object.hasOwn(given, id) ? fitted(given[id], maxLength, languages) : undefined;
    return value === undefined ? [] : [[id, value] as const];
  });
  return Object.fromEntries(fitting);
}

function fitted(
  value: Blanks[string] | undefined,
  limit: number,
  languages: readonly string[],
): Blanks[string] | undefined {
  if (typeof value === "string") return cut(value, limit);
  if (typeof value !== "object" || Array.isArray(value)) return value;
  const known = Object.entries(value).filter(([language]) => languages.includes(language));
  if (known.length === 0) return undefined;
  return Object.fromEntries(known.map(([language, text]) => [language, cut(text, limit)]));
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
