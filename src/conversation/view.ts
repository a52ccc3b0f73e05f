import type { Action } from "../messages/flex.ts";
import { fitLabel, lineLimits } from "../messages/flex.ts";
import type { OpenAlert } from "../messages/open-alert.ts";
import type { Preferences } from "../residents/preferences.ts";
import type { Sentences, Values } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import { type Intent, encodeIntent } from "./intent.ts";

/** What a screen is drawn from: the ward, the resident's choices, and the language to speak. */
export interface View {
  ward: Ward;
  sentences: Sentences;
  language: string;
  preferences: Preferences;
  /** What is in force now. */
  alerts: readonly OpenAlert[];
  /** How many more are in force than stand there, none of them graver. */
  moreAlerts: number;
  /** Today in Tokyo, `2026-11-20`. */
  today: string;
  /** A sentence of `conversation.json` in the resident's language. */
  say: (key: string, values?: Values) => string;
}

/**
 * A button that sends `intent`; what it says is also what the chat shows as the resident's own words. The rich menu makes
 * room for the answer.
 */
export function tap(label: string, intent: Intent): Action {
  return {
    type: "postback",
    label: fitLabel(label, lineLimits.buttonLabel),
    data: encodeIntent(intent),
    displayText: fitLabel(label, lineLimits.displayText),
    inputOption: "closeRichMenu",
  };
}

/** The same as a quick reply, whose label is shorter. */
export function quickTap(label: string, intent: Intent): Action {
  return { ...tap(label, intent), label: fitLabel(label, lineLimits.quickReplyLabel) };
}

/** A button that leads out of the chat: to a page, or to a telephone. */
export function openPage(label: string, uri: string): Action {
  return { type: "uri", label: fitLabel(label, lineLimits.buttonLabel), uri };
}
