/**
 * Readers of foreign JSON. A message may come from a bot under development, so each reader answers for any value
 * and none throws: what does not fit is simply not there.
 */
export type Json = Readonly<Record<string, unknown>>;

export function readRecord(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A string with at least one character. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function readNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The value if it is one of `words`. A set, not an object: "constructor" is nobody's keyword. */
export function readWord<Word extends string>(words: ReadonlySet<Word>, value: unknown): Word | undefined {
  return words.has(value as Word) ? (value as Word) : undefined;
}

/** The first `length` characters, never cutting a character of several code units, with an ellipsis if cut. */
export function shorten(text: string, length: number): string {
  const characters = Array.from(text.slice(0, length * 4));
  return characters.length <= length && text.length <= length * 4
    ? text
    : `${characters.slice(0, length).join("")}…`;
}
