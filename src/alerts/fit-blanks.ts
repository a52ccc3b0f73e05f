import type { Blanks, Template } from "./template.ts";

/**
 * What was read, as far as the template has a blank for it, and no longer than that takes: an alert must not fail because
 * a headline is long, or because a ward's own template asks for less.
 */
export function fitBlanks(given: Blanks, { blanks }: Pick<Template, "blanks">): Blanks {
  const fitting = blanks.flatMap(({ id, maxLength }) => {
    const value = Object.hasOwn(given, id) ? given[id] : undefined;
    return value === undefined ? [] : [[id, shortened(value, maxLength)] as const];
  });
  return Object.fromEntries(fitting);
}

function shortened(value: Blanks[string], limit: number): Blanks[string] {
  if (typeof value === "string") return cut(value, limit);
  if (typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([language, text]) => [language, cut(text, limit)]));
}

function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
