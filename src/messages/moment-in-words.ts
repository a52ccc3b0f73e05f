import type { Sentences } from "../shared/i18n.ts";
import { tokyoDate, tokyoTime } from "../shared/tokyo.ts";
import { easyClock, easyDay } from "./easy-time.ts";

/**
 * 「11月20日 21:30」, “20 Nov, 21:30”: an instant of these days in Tokyo, as readers of a language write it. Easy Japanese
 * reads the day and the hours aloud, as in the alerts themselves.
 */
export function momentInWords({ say }: Sentences, language: string, instant: number): string {
  const [, month = 1, day = 1] = tokyoDate(instant).split("-").map(Number);
  const time = tokyoTime(instant);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const isEasy = language === "ja-x-easy";
  return say(language, "messages:moment", {
    month: say(language, `messages:month.${month}`),
    day: isEasy ? easyDay(day) : day,
    time: isEasy ? easyClock(hour, minute) : time,
  });
}
