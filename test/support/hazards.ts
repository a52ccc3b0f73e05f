import { readFileSync } from "node:fs";
import type { Hazard, Reading, Remark, Telegram } from "../../src/alerts/hazards/hazard.ts";
import type { Circumstances, KnownAlert } from "../../src/alerts/rules/situation.ts";
import { decideTelegram } from "../../src/alerts/rules/decide-telegram.ts";
import type { Decision } from "../../src/alerts/rules/decision.ts";
import { isDoubtful } from "../../src/alerts/rules/guards.ts";
import { type Rules, rulesSchema } from "../../src/alerts/rules/rule.ts";
import { type HazardState, raisedFor } from "../../src/alerts/rules/state.ts";
import { projectPath } from "../../src/shared/project-root.ts";

/** The rules that are shipped. */
export const shippedRules: Rules = rulesSchema.parse(
  JSON.parse(readFileSync(projectPath("seeds", "alert-rules.json"), "utf8")),
);

export const noon = Date.parse("2026-11-20T12:00:00+09:00");
export const minute = 60_000;

let counted = 0;

export function telegram(given: Partial<Telegram> = {}): Telegram {
  counted += 1;
  return {
    id: `telegram-${counted}`,
    source: "jma",
    type: "VPWW55",
    status: "actual",
    infoType: "issue",
    eventId: "",
    serial: "",
    title: "東京都大雨警報・注意報",
    publisher: "気象庁",
    reportedAt: noon,
    headline: "東京地方では大雨に警戒してください。",
    ...given,
  };
}

const ranks = ["none", "notice", "advisory", "warning", "urgentWarning", "specialWarning"] as const;

/** Heavy rain of a level from 2 to 5; 0: lifted. */
export function heavyRain(level: 0 | 2 | 3 | 4 | 5, given: Partial<Hazard> = {}): Hazard {
  const rain = {
    kind: "heavyRain",
    subject: "heavyRain",
    area: { code: "1310900", name: "品川区" },
  } as const;
  if (level === 0) return { ...rain, phase: "lifted", severity: "none", name: "解除", ...given };
  const name = `レベル${level}大雨`;
  return { ...rain, phase: "active", severity: ranks[level] ?? "none", level, name, ...given };
}

export function earthquake(intensity: Hazard["intensity"] | undefined, given: Partial<Hazard> = {}): Hazard {
  return {
    kind: "earthquake",
    subject: "earthquake:20261120120000",
    phase: "active",
    severity: "notice",
    ...(intensity === undefined ? {} : { intensity }),
    name: `震度${intensity ?? "不明"}`,
    area: { code: "350", name: "東京都２３区" },
    ...given,
  };
}

export function reading(hazards: Hazard[], given: Partial<Telegram> = {}, remarks: Remark[] = []): Reading {
  return { telegram: telegram(given), hazards, remarks };
}

/**
 * A ward that decides, without a database: what was decided is taken as done at once, and each alert as confirmed when it
 * goes by itself.
 */
export function createDecider(rules: Rules = shippedRules) {
  let states: HazardState[] = [];
  const alerts = new Map<string, KnownAlert>();
  let [raised, followUps] = [0, 0];
  let [automatic, drafts] = [0, 0];

  function raise(id: string, sent: boolean) {
    alerts.set(id, { id, sent, ended: false, thrownAway: false, audience: { everyone: true } });
    return { id, confirmed: sent };
  }

  function take(decision: Decision): Decision {
    const { ends, outdated = [], insteadOf = [], followUp } = decision;
    for (const id of [...outdated, ...insteadOf, ...ends]) alerts.delete(id);
    if (decision.do === "automatic") automatic += 1;
    if (decision.do === "draft") drafts += 1;
    let { state } = decision;
    if (decision.alert !== undefined && state !== undefined) {
      const id = `alert-${(raised += 1)}`;
      state = raisedFor(state, [raise(id, decision.do === "automatic")], isDoubtful(decision));
      state = { ...state, alerts: [...state.alerts.filter((each) => alerts.has(each)), id] };
    }
    if (followUp !== undefined && state !== undefined)
      state = raisedFor(state, [raise(`follow-up-${(followUps += 1)}`, followUp.send)], isDoubtful(decision));
    if (state !== undefined)
      states = [...states.filter(({ subject }) => subject !== decision.subject), state];
    return decision;
  }

  return {
    decide: (
      said: Reading,
      at: number = said.telegram.reportedAt + minute,
      given: Partial<Circumstances> & { repeated?: boolean } = {},
    ): Decision[] =>
      decideTelegram(
        {
          reading: said,
          rules,
          now: at,
          sentInLastHour: automatic,
          draftedInLastHour: drafts,
          maintenance: false,
          ...given,
        },
        { states, alerts, repeated: given.repeated ?? false },
      ).map(take),
    /** A person confirms what waits. */
    confirm: (id: string): void => {
      const alert = alerts.get(id);
      if (alert !== undefined) alerts.set(id, { ...alert, sent: true });
    },
    forgetCounts: (): void => {
      [automatic, drafts] = [0, 0];
    },
    stateOf: (subject: string): HazardState | undefined => states.find((each) => each.subject === subject),
  };
}

/** The one decision about a telegram that speaks of one thing. */
export function only(decisions: Decision[]): Decision {
  const [decision, ...more] = decisions;
  if (decision === undefined || more.length > 0)
    throw new Error(`${decisions.length} decisions instead of one`);
  return decision;
}

export function codesOf({ reasons }: Pick<Decision, "reasons">): string[] {
  return reasons.map(({ code }) => code);
}
