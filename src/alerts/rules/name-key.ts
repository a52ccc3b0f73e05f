import { type Hazard, type Severity, hazardNaming } from "../hazards/hazard.ts";

type Named = Pick<Hazard, "kind" | "severity"> & { level?: number | undefined };

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
export function nameKeyOf({ kind, level, severity }: Named): string | undefined {
  const rank = ranks[severity];
  switch (hazardNaming[kind]) {
    case "level":
      return level === undefined || level < 2 ? undefined : `${kind}${level}`;
    case "rank":
      if (kind === "tsunami" && severity === "specialWarning") return "tsunamiMajorWarning";
      return rank === undefined ? undefined : `${kind}${rank}`;
    case "advisory":
      return severity === "advisory" ? `${kind}Advisory` : undefined;
    case "kind":
      return kind === "heat" ? "heatAlert" : kind;
    case "free":
      return undefined;
  }
}

/** As issued; of a name with an addition (「…（氾濫水の予報）」) the key, since translations have it without. */
export function writtenName(hazard: Named & Pick<Hazard, "name">): string | undefined {
  const key = /[（(].*[）)]$/.test(hazard.name) ? nameKeyOf(hazard) : undefined;
  return key ?? (hazard.name === "" ? undefined : hazard.name);
}
