/** `2026-12-01T21:30` (Tokyo) or with an offset, `…Z` or `…+09:00`; undefined when it is neither, or no such moment. */
export function readInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (match === null) return undefined;
  const [, date = "", time = "", offset] = match;
  // A date such as 30 February rolls over to March when parsed: only one that comes back unchanged exists.
  const plain = Date.parse(`${date}T${time}:00Z`);
  if (Number.isNaN(plain) || new Date(plain).toISOString().slice(0, 16) !== `${date}T${time}`)
    return undefined;
  const instant = Date.parse(offset === undefined ? `${date}T${time}+09:00` : text);
  return Number.isNaN(instant) ? undefined : instant;
}
