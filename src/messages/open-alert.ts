import type { Contents, Notice } from "./contents.ts";
import { contentFor } from "./render-notice.ts";

/**
 * An alert as everybody may see it: in the chat, in the menu under it and on `/now`. A rehearsal is never one. Times are
 * milliseconds, UTC.
 */
export interface OpenAlert {
  id: string;
  /** A follow-up stands with the alert it follows up, `of`. */
  kind: "alert" | "update" | "correction" | "allClear";
  of?: string;
  mode: "live" | "publicDrill";
  /** Of the five alert levels; none for what has none (earthquakes, tsunami, crime). */
  level?: number;
  /** What it is coloured by when there is no level. */
  tone: "danger" | "warning" | "notice" | "safe";
  contents: Contents;
  issuedAt: number;
  expiresAt: number;
  /** Set when it was over before it expired: lifted, corrected or ended by hand. */
  endedAt?: number;
  /** Whether the ward's face changes while it is open: level 4 and above, and danger that has no level. */
  emergency: boolean;
}

/** Whether it holds at `now`. What lifts another one, or takes it back, is nothing to act on. */
export function isOpenAt({ kind, issuedAt, expiresAt, endedAt }: OpenAlert, now: number): boolean {
  const holds = kind === "alert" || kind === "update";
  return holds && issuedAt <= now && now < Math.min(expiresAt, endedAt ?? expiresAt);
}

/** Whether the disaster menu is to be shown: a drill never takes the everyday menu from anybody. */
export function isEmergency(alerts: readonly OpenAlert[], now: number): boolean {
  return alerts.some((alert) => alert.emergency && alert.mode === "live" && isOpenAt(alert, now));
}

/** What it says to readers of a language, in the first language there is, in the order the ward declares (invariant 12). */
export function saidBy(
  { contents }: OpenAlert,
  fallbacks: readonly string[],
): { notice: Notice; writtenIn: string } {
  const found = contentFor(contents, fallbacks);
  if (found !== undefined) return { notice: found.content, writtenIn: found.writtenIn };
  const [first] = Object.entries(contents);
  if (first === undefined) throw new Error("An alert that says nothing cannot be shown.");
  return { notice: first[1], writtenIn: first[0] };
}

/** Beside the levels, how grave something is that has none: a tsunami or a strong earthquake is no less than level 4. */
export const toneWeights = { danger: 4, warning: 2.5, notice: 1.5, safe: 0.5 } as const;

/** The gravest first, of equally grave ones the newest; a drill after whatever is real. */
export function gravestFirst(alerts: readonly OpenAlert[]): OpenAlert[] {
  const weight = ({ mode, level, tone }: OpenAlert) =>
    (mode === "live" ? 10 : 0) + (level ?? toneWeights[tone]);
  return alerts.toSorted((a, b) => weight(b) - weight(a) || b.issuedAt - a.issuedAt);
}

/** Whether a title says these words itself, as the official names say their level, in wide digits or not. */
export function saysItself(title: string, words: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
  return plain(title).includes(plain(words));
}
