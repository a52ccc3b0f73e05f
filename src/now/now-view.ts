import { momentInWords } from "../messages/moment-in-words.ts";
import type { Sentences, Values } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Shown } from "./threads.ts";

/** What the page of one language is drawn from. */
export interface NowView {
  ward: Ward;
  sentences: Sentences;
  language: string;
  shown: Shown;
  /** How many more are open than are shown, none of them graver. */
  more: number;
  /** When this was made. */
  at: number;
  /** Since when nobody could look: what is shown may be out of date, and "no alerts" is not said. */
  unknownSince: number | undefined;
  say: (key: string, values?: Values) => string;
  time: (instant: number) => string;
}

export function viewNow(given: Omit<NowView, "say" | "time">): NowView {
  const { sentences, language } = given;
  const said = new Map<number, string>();
  return {
    ...given,
    say: (key, values) => sentences.say(language, `now:${key}`, values),
    time: (instant) => {
      const minute = Math.floor(instant / 60_000);
      const words = said.get(minute) ?? momentInWords(sentences, language, instant);
      said.set(minute, words);
      return words;
    },
  };
}
