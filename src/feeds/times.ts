/** An instant as telegrams write it, `2026-05-28T13:55:00+09:00`; undefined without an offset or when there is no such time. */
export function instantOf(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)$/.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : instant;
}

const inJapanese = new Intl.DateTimeFormat("ja-JP", {
  timeZone: "Asia/Tokyo",
  month: "long",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
});

/** A time of a telegram for people, `7月30日 1:50` in Tokyo; "" when it is none. */
export function japaneseTime(text: string): string {
  const instant = instantOf(text);
  return instant === undefined ? "" : inJapanese.format(instant);
}
