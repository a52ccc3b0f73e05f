import { type Hazard, type Telegram, intensities, severities } from "../hazards/hazard.ts";
import { intensityOf } from "./rank.ts";
import type { Rule, Rules } from "./rule.ts";

/** The first rule that fits, in the order of the file. */
export function findRule(
  { rules }: Rules,
  hazard: Hazard,
  telegram: Pick<Telegram, "source" | "type">,
): Rule | undefined {
  return rules.find((rule) => fits(rule.when, hazard, telegram));
}

function fits(
  when: Rule["when"],
  hazard: Hazard,
  { source, type }: Pick<Telegram, "source" | "type">,
): boolean {
  const level = hazard.level ?? 0;
  const severity = severities.indexOf(hazard.severity);
  const intensity = intensityOf(hazard);
  return (
    when.sources.includes(source) &&
    (when.types?.includes(type) ?? true) &&
    (when.kinds?.includes(hazard.kind) ?? true) &&
    (when.minLevel === undefined || level >= when.minLevel) &&
    (when.maxLevel === undefined || (level > 0 && level <= when.maxLevel)) &&
    (when.minSeverity === undefined || severity >= severities.indexOf(when.minSeverity)) &&
    (when.maxSeverity === undefined || severity <= severities.indexOf(when.maxSeverity)) &&
    (when.minIntensity === undefined ||
      (intensity !== undefined && intensities.indexOf(intensity) >= intensities.indexOf(when.minIntensity)))
  );
}
