import type { Clock } from "../../shared/clock.ts";
import type { Agency, NewTelegram, PublishedTelegram } from "./agency.ts";
import { type Intensity, intensitiesByMunicipality, intensityFlash } from "./earthquakes.ts";
import { type Place, type Whereabouts, islands, whereaboutsOf } from "./places.ts";
import { eventIdOf, report } from "./report.ts";
import { riverFlood } from "./rivers.ts";
import { type TsunamiGrade, tsunami } from "./tsunami.ts";
import { type Level, landslideAlert, warning } from "./warnings.ts";
import { el } from "./xml.ts";

export const disasterKinds = [
  "earthquake",
  "tsunami",
  "heavyRain",
  "landslide",
  "stormSurge",
  "riverFlood",
  /** A special warning that says 東京都 and means islands only. */
  "islands",
  /** The end of everything that is in force. */
  "lifting",
  /** What was published last about an event was a mistake (取消). */
  "cancellation",
  /** A tsunami warning with Status 訓練. */
  "drill",
] as const;
export type DisasterKind = (typeof disasterKinds)[number];

export interface DisasterOptions {
  /** Default: that of the simulator. */
  municipality?: { code?: string | undefined; name?: string | undefined } | undefined;
  /** Of rain, landslide, surge and river; default 4. */
  level?: Level | undefined;
  /** Default 5-. */
  intensity?: Intensity | undefined;
  /** Default: a warning. */
  tsunami?: Exclude<TsunamiGrade, "none"> | undefined;
  /** Published with Status 訓練 or 試験; changes nothing that is in force. */
  status?: "通常" | "訓練" | "試験" | undefined;
}

export interface Disasters {
  readonly municipality: Place;
  /** Lets something happen and publishes the telegrams that JMA would. @throws when there is nothing to cancel */
  happen(kind: DisasterKind, options?: DisasterOptions): PublishedTelegram[];
  forget(): void;
}

type RainKind = "heavyRain" | "landslide" | "stormSurge";

interface InForce {
  levels: Map<RainKind, { level: Level; where: Whereabouts }>;
  river: { level: Level; where: Whereabouts } | undefined;
  tsunami: { grade: TsunamiGrade; eventId: string; shookAt: number; where: Whereabouts } | undefined;
}

/** Ready-made disasters. What is in force is remembered, so that each telegram names what was there before. */
export function createDisasters(
  agency: Agency,
  clock: Clock,
  home: { code?: string | undefined; name?: string | undefined },
): Disasters {
  let inForce = nothing();
  let serial = 0;
  let last: { telegram: NewTelegram; eventId: string } | undefined;

  const rain = (
    family: RainKind,
    where: Whereabouts,
    level: Level | undefined,
    status?: DisasterOptions["status"],
  ): NewTelegram[] => {
    const at = clock.now();
    const before = inForce.levels.get(family)?.level;
    const real = (status ?? "通常") === "通常";
    if (real && level !== undefined) inForce.levels.set(family, { level, where });
    if (real && level === undefined) inForce.levels.delete(family);
    const made = warning({ family, where, level, before, at, ...stamp(status) });
    const alerted = family === "landslide" && ((level ?? 0) >= 4 || (before ?? 0) >= 4);
    return alerted
      ? [made, landslideAlert({ where, active: (level ?? 0) >= 4, serial: ++serial, at, ...stamp(status) })]
      : [made];
  };
  const river = (
    where: Whereabouts,
    level: Level | undefined,
    status?: DisasterOptions["status"],
  ): NewTelegram[] => {
    if ((status ?? "通常") === "通常") inForce.river = level === undefined ? undefined : { level, where };
    return [riverFlood({ where, level, serial: ++serial, at: clock.now(), ...stamp(status) })];
  };
  const wave = (
    where: Whereabouts,
    grade: TsunamiGrade,
    status?: DisasterOptions["status"],
  ): NewTelegram[] => {
    const at = clock.now();
    const event = inForce.tsunami ?? { eventId: eventIdOf(at), shookAt: at, grade: "none" as const };
    const { eventId, shookAt } = event;
    const telegram = tsunami({ where, grade, before: event.grade, eventId, shookAt, at, ...stamp(status) });
    if ((status ?? "通常") === "通常") {
      inForce.tsunami = grade === "none" ? undefined : { grade, eventId, shookAt, where };
      last = { telegram, eventId };
    }
    return [telegram];
  };
  const quake = (
    where: Whereabouts,
    intensity: Intensity,
    status?: DisasterOptions["status"],
  ): NewTelegram[] => {
    const at = clock.now();
    const ask = { where, intensity, eventId: eventIdOf(at), shookAt: at, at, ...stamp(status) };
    const telegrams = [intensityFlash(ask), intensitiesByMunicipality(ask)];
    if ((status ?? "通常") === "通常")
      last = { telegram: intensitiesByMunicipality(ask), eventId: ask.eventId };
    return telegrams;
  };
  const liftAll = (): NewTelegram[] => {
    const { levels, river: flood, tsunami: coming } = inForce;
    const lifted = [
      ...[...levels].flatMap(([family, { where }]) => rain(family, where, undefined)),
      ...(flood === undefined ? [] : river(flood.where, undefined)),
      ...(coming === undefined ? [] : wave(coming.where, "none")),
    ];
    return lifted.length > 0 ? lifted : rain("heavyRain", whereaboutsOf(home), undefined);
  };

  function make(kind: DisasterKind, options: DisasterOptions): NewTelegram[] {
    const { level = 4, intensity = "5-", tsunami: grade = "warning", status } = options;
    const where = whereaboutsOf({ ...home, ...options.municipality });
    switch (kind) {
      case "earthquake":
        return quake(where, intensity, status);
      case "tsunami":
        return wave(where, grade, status);
      case "heavyRain":
      case "landslide":
      case "stormSurge":
        return rain(kind, where, level, status);
      case "riverFlood":
        return river(where, level, status);
      case "islands":
        return [
          warning({
            family: "heavyRain",
            where: islands(),
            level: 5,
            before: undefined,
            at: clock.now(),
            ...stamp(status),
          }),
        ];
      case "lifting":
        return liftAll();
      case "cancellation":
        if (last === undefined) throw new Error("Nothing was published that could be cancelled.");
        return [cancellation(last, clock.now())];
      case "drill":
        return wave(where, grade, "訓練");
    }
  }

  return {
    municipality: whereaboutsOf(home).municipality,
    happen: (kind, options = {}) => make(kind, options).map((telegram) => agency.publish(telegram)),
    forget: () => {
      inForce = nothing();
      last = undefined;
    },
  };
}

const nothing = (): InForce => ({ levels: new Map(), river: undefined, tsunami: undefined });
const stamp = (status: DisasterOptions["status"]) => (status === undefined ? {} : { status });

/** 取消: the same type and event, one text, and no area at all. */
function cancellation(
  { telegram, eventId }: { telegram: NewTelegram; eventId: string },
  at: number,
): NewTelegram {
  const { title = telegram.type } = telegram;
  return {
    ...telegram,
    xml: report({
      controlTitle: title,
      headTitle: title,
      at,
      infoType: "取消",
      eventId,
      infoKind: telegram.type === "VTSE41" ? "津波警報・注意報・予報" : "地震情報",
      infoKindVersion: "1.0_1",
      headline: `${title}を取り消します。`,
      subject: "seismology1",
      body: [el("Text", `先ほどの、${title}を取り消します。`)],
    }),
  };
}
