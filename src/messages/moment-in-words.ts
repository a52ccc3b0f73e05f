import type { Sentences } from "../shared/i18n.ts";
import { tokyoDate, tokyoTime } from "../shared/tokyo.ts";

/**
 * 「11月20日 21:30」, “20 Nov, 21:30”: an instant of these days in Tokyo (invariant 13), as readers of a language write it.
 * Easy Japanese has 午前 and 午後 and a reading for every kanji (fact sheet, section 7).
 */
export function momentInWords(sentences: Sentences, language: string, instant: number): string {
  return sentences.say(language, "times:moment", {
    ...dayWords(sentences, language, instant),
    time: timeWords(sentences, language, instant, "shortClock"),
  });
}

/** 「2026年12月1日（火）21時30分」, “21:30, Tue 1 Dec 2026”: one that must not be mistaken, with the Western year in all languages. */
export function momentInFull(sentences: Sentences, language: string, instant: number): string {
  const { say } = sentences;
  const date = tokyoDate(instant);
  return say(language, "times:momentInFull", {
    ...dayWords(sentences, language, instant),
    year: date.slice(0, 4),
    weekday: say(language, `times:weekday.${new Date(date).getUTCDay()}`),
    time: timeWords(sentences, language, instant, "clock"),
  });
}

function dayWords({ say }: Sentences, language: string, instant: number): { month: string; day: string } {
  const [, month = 1, day = 1] = tokyoDate(instant).split("-").map(Number);
  return { month: say(language, `times:month.${month}`), day: say(language, `times:day.${day}`) };
}

function timeWords(
  { say }: Sentences,
  language: string,
  instant: number,
  clock: "clock" | "shortClock",
): string {
  const [hour = 0, minute = 0] = tokyoTime(instant).split(":").map(Number);
  const values = { hour: say(language, `times:hour.${hour}`), minute };
  return say(language, `times:${clock}.${formOf(minute)}`, values);
}

/** In Japanese 1, 3, 4, 6, 8 and 0 at the end are said ぷん, the others ふん; elsewhere early minutes are written with a 0. */
function formOf(minute: number): "sharp" | "fun" | "pun" | "earlyFun" | "earlyPun" {
  if (minute === 0) return "sharp";
  const isPun = /[134680]$/.test(String(minute));
  if (minute < 10) return isPun ? "earlyPun" : "earlyFun";
  return isPun ? "pun" : "fun";
}
