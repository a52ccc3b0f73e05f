import type { Hazard, HazardKind, Severity } from "../hazards/hazard.ts";

const numbered: ReadonlySet<HazardKind> = new Set(["heavyRain", "landslide", "stormSurge", "riverFlood"]);
const ranked: ReadonlySet<HazardKind> = new Set(["storm", "blizzard", "waves", "heavySnow", "tsunami"]);
const advisoryOnly: ReadonlySet<HazardKind> = new Set([
  "thunder",
  "fog",
  "dryAir",
  "avalanche",
  "lowTemperature",
  "frost",
  "icing",
  "snowAccretion",
  "snowmelt",
]);
const plain: ReadonlySet<HazardKind> = new Set([
  "linearRainband",
  "linearRainbandSoon",
  "recordRain",
  "shortHeavySnow",
  "tornado",
  "earthquake",
]);
const ranks: Partial<Record<Severity, string>> = {
  advisory: "Advisory",
  warning: "Warning",
  specialWarning: "SpecialWarning",
};

/**
 * The key of `locales/<language>/hazards.json`, `names.*`, under which JMA's name of it stands in every language. Found by
 * what JMA's code means, so that an addition to the name (「…（氾濫水の予報）」) does not keep it from residents; undefined
 * where the table has no such rank: a person must look.
 */
export function nameKeyOf({
  kind,
  level,
  severity,
}: Pick<Hazard, "kind" | "severity"> & { level?: number | undefined }): string | undefined {
  if (numbered.has(kind)) return level === undefined || level < 2 ? undefined : `${kind}${level}`;
  if (kind === "tsunami" && severity === "specialWarning") return "tsunamiMajorWarning";
  const rank = ranks[severity];
  if (ranked.has(kind)) return rank === undefined ? undefined : `${kind}${rank}`;
  if (advisoryOnly.has(kind)) return severity === "advisory" ? `${kind}Advisory` : undefined;
  if (kind === "heat") return "heatAlert";
  return plain.has(kind) ? kind : undefined;
}
