import { type OpenAlert, isOpenAt } from "../messages/open-alert.ts";
import type { Clock } from "../shared/clock.ts";
import type { Alert } from "./alert.ts";
import type { Template } from "./templates/template.ts";

export interface OpenNow {
  /** Live alerts and public drills that are open, follow-ups as well: the gravest, if there are more than can be shown. */
  alerts: OpenAlert[];
  /** How many stories more are open than stand here, none of them graver. */
  more: number;
}

export interface OpenAlertsDeps {
  openNow: () => Promise<OpenNow>;
  clock: Clock;
}

export interface OpenAlerts {
  /** What is open now. Asked for each new follower and for each look of the clock, so the answer is kept for a moment. */
  now(): Promise<OpenAlert[]>;
  /** How many more are open than `now` tells, none of them graver. */
  more(): Promise<number>;
  /** Something was confirmed, lifted or ended: what was kept is not true any more. */
  changed(): void;
}

const keptMs = 1_000;

export function createOpenAlerts({ openNow, clock }: OpenAlertsDeps): OpenAlerts {
  let kept: { open: Promise<OpenNow>; until: number } | undefined;

  async function look(): Promise<OpenNow> {
    const now = clock.now();
    if (kept === undefined || now >= kept.until) kept = { open: openNow(), until: now + keptMs };
    const asked = kept;
    try {
      return await asked.open;
    } catch (error) {
      if (kept === asked) kept = undefined;
      throw error;
    }
  }

  return {
    now: async () => {
      const now = clock.now();
      return (await look()).alerts.filter((alert) => isOpenAt(alert, now));
    },
    more: async () => (await look()).more,
    changed: () => {
      kept = undefined;
    },
  };
}

/** Level 4 and above, and danger that has no level: tsunami, a great earthquake. */
function isEmergencyBy(level: number | undefined, tone: Template["tone"]): boolean {
  return level === undefined ? tone === "danger" : level >= 4;
}

/** What everybody may see of an alert; undefined for a rehearsal, and for one that was not confirmed. */
export function asOpenAlert(alert: Alert, tone: Template["tone"]): OpenAlert | undefined {
  const { id, kind, of, mode, level, contents, confirmedAt, expiresAt, endedAt } = alert;
  if (mode === "rehearsal" || confirmedAt === undefined) return undefined;
  return {
    id,
    kind,
    mode,
    tone,
    contents,
    issuedAt: confirmedAt,
    expiresAt,
    emergency: isEmergencyBy(level, tone),
    ...(of === undefined ? {} : { of }),
    ...(level === undefined ? {} : { level }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}
