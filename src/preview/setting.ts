import { type Sentences, loadSentences } from "../shared/i18n.ts";

export interface PreviewOptions {
  /** Language of the few words the preview itself adds ("Image", "Menu 2"): Japanese for `ja…`, else English. */
  language: string;
  /** False draws the same picture with nothing to press. */
  interactive: boolean;
  /** BCP 47 tag of the message's own language. It matters: Han characters differ between ja, zh and ko. */
  contentLanguage?: string;
}

/** What every drawing function needs: the words, and whether things can be pressed. */
export interface Setting {
  word(key: string, values?: Record<string, string | number>): string;
  interactive: boolean;
}

let sentences: Sentences | undefined;

export function wordsOf(language: string): Setting["word"] {
  sentences ??= loadSentences();
  const { say } = sentences;
  const ours = /^ja\b/i.test(language) ? "ja" : "en";
  return (key, values) => say(ours, `preview:${key}`, values);
}

export function settingOf(options: PreviewOptions): Setting {
  return { word: wordsOf(options.language), interactive: options.interactive };
}
