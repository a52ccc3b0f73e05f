/** Readings of the days of a month that are not said as a number and にち. */
const easyDays: Record<number, string> = {
  1: "ついたち",
  2: "ふつか",
  3: "みっか",
  4: "よっか",
  5: "いつか",
  6: "むいか",
  7: "なのか",
  8: "ようか",
  9: "ここのか",
  10: "とおか",
  14: "じゅうよっか",
  20: "はつか",
  24: "にじゅうよっか",
};

/** A day of a month in easy Japanese, with its reading (fact sheet, section 7): 「20日（はつか）」. */
export function easyDay(day: number): string {
  return `${day}日（${easyDays[day] ?? "にち"}）`;
}

/** A time of day in easy Japanese, which has 午前 and 午後 and no 24 hours: 「午後（ごご）9時（じ） 30分（ぷん）」. */
export function easyClock(hour: number, minute: number): string {
  const half = hour < 12 ? "午前（ごぜん）" : "午後（ごご）";
  // 1, 3, 4, 6, 8 and 0 at the end are said ぷん, the others ふん.
  const minutes = minute === 0 ? "" : ` ${minute}分（${/[134680]$/.test(String(minute)) ? "ぷん" : "ふん"}）`;
  return `${half}${hour % 12}時（じ）${minutes}`;
}
