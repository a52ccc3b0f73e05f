import type { Sentences } from "../shared/i18n.ts";
import { tokyoDate, tokyoTime } from "../shared/tokyo.ts";

/** 「11月20日 21:30」, “20 Nov, 21:30”: an instant of these days in Tokyo, as readers of a language write it. */
export function momentInWords({ say, list }: Sentences, language: string, instant: number): string {
  const [, month = 1, day = 1] = tokyoDate(instant).split("-").map(Number);
  const months = list(language, "messages:months");
  return say(language, "messages:moment", {
    month: months[month - 1] ?? "",
    day,
    time: tokyoTime(instant),
  });
}
