import type { DrillMode } from "../alerts/drills/drill-store.ts";
import type { Mode } from "../outbox/order.ts";
import type { Say, Values } from "../shared/i18n.ts";
import type { Ward } from "../shared/ward/ward.ts";
import type { Actor } from "../staff/permissions.ts";
import type { Session } from "../staff/session-store.ts";
import type { Standing } from "./calls/standing.ts";
import { dateFormat, numberFormat } from "./formats.ts";

/** Languages of the staff pages; residents' languages are the ward's. */
export const staffLanguages = ["ja", "en"] as const;
export type StaffLanguage = (typeof staffLanguages)[number];

/** What every page is drawn with. */
export interface Page {
  language: StaffLanguage;
  /** A sentence of `locales/<language>/console.json`, or of another file when its name stands before a colon. */
  say: (key: string, values?: Values) => string;
  /** What speakers of a residents' language call it. */
  languageName: (id: string) => string;
  ward: Ward;
  /** Undefined where nobody is signed in. */
  actor: Actor | undefined;
  /** The drill mode that this person is in. */
  drill: DrillMode | undefined;
  /** Whether what is done here is meant, or which drill it is: the look of the whole page says so (invariant 8). */
  mode: Mode;
  /** Where the page is, to come back to after changing the language. */
  path: string;
  /** What stands above every page of somebody who is signed in; undefined for a part of a page. */
  standing: Standing | undefined;
}

/** A page for somebody who is signed in. */
export type SignedInPage = Page & { actor: Actor; session: Session };

export function sayIn(language: StaffLanguage, say: Say): Page["say"] {
  return (key, values) => say(language, key.includes(":") ? key : `console:${key}`, values);
}

const dateAndTime = { dateStyle: "medium", timeStyle: "short" } as const;

/** Date and time in Tokyo, as people write it. */
export function writtenTime({ language }: Page, at: number): string {
  return dateFormat(language, dateAndTime).format(at);
}

const whenItGoes = {
  year: "numeric",
  month: "short",
  day: "numeric",
  weekday: "short",
  hour: "numeric",
  minute: "2-digit",
} as const;

/** Date, day of the week and time in Tokyo: when something goes out. */
export function writtenDayAndTime({ language }: Page, at: number): string {
  return dateFormat(language, whenItGoes).format(at);
}

/** Several names in one sentence, separated as the language does it. */
export function listed({ language }: Page, names: readonly string[]): string {
  return names.join(language === "ja" ? "、" : ", ");
}

export function writtenNumber({ language }: Page, value: number): string {
  return numberFormat(language).format(value);
}
