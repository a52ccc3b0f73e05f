import type { Hazard, HazardKind } from "../../alerts/hazards/hazard.ts";

/** What a Kind code means in one type of telegram. `level` only where JMA's own name carries one. */
export interface WarningMeaning {
  kind: HazardKind;
  severity: "advisory" | "warning" | "urgentWarning" | "specialWarning";
  level?: NonNullable<Hazard["level"]>;
}

/** Special, urgent (危険警報), warning, advisory, with levels 5 to 2: the three hazards of the reform (fact sheet 1.5). */
function withLevels(kind: HazardKind, codes: [string, string, string, string]): [string, WarningMeaning][] {
  const [five, four, three, two] = codes;
  return [
    [five, { kind, severity: "specialWarning", level: 5 }],
    [four, { kind, severity: "urgentWarning", level: 4 }],
    [three, { kind, severity: "warning", level: 3 }],
    [two, { kind, severity: "advisory", level: 2 }],
  ];
}

function withoutLevels(kind: HazardKind, codes: [string, string, string]): [string, WarningMeaning][] {
  const [special, warning, advisory] = codes;
  return [
    [special, { kind, severity: "specialWarning" }],
    [warning, { kind, severity: "warning" }],
    [advisory, { kind, severity: "advisory" }],
  ];
}

function advisory(code: string, kind: HazardKind): [string, WarningMeaning] {
  return [code, { kind, severity: "advisory" }];
}

/**
 * By type, because the meaning of numbers moved: 08 was a Level 4 equivalent until the reform and is Level 3 in VPWW57,
 * 33 in VPWW53 carries no level at all.
 */
const tables: ReadonlyMap<string, ReadonlyMap<string, WarningMeaning>> = new Map([
  ["VPWW55", new Map(withLevels("heavyRain", ["33", "43", "03", "10"]))],
  ["VPWW56", new Map(withLevels("landslide", ["39", "49", "09", "29"]))],
  ["VPWW57", new Map(withLevels("stormSurge", ["38", "48", "08", "19"]))],
  [
    "VPWW58",
    new Map([
      ...withoutLevels("storm", ["35", "05", "15"]),
      ...withoutLevels("blizzard", ["32", "02", "13"]),
    ]),
  ],
  ["VPWW59", new Map(withoutLevels("waves", ["37", "07", "16"]))],
  ["VPWW60", new Map(withoutLevels("heavySnow", ["36", "06", "12"]))],
  [
    "VPWW61",
    new Map([
      advisory("14", "thunder"),
      advisory("17", "snowmelt"),
      advisory("20", "fog"),
      advisory("21", "dryAir"),
      advisory("22", "avalanche"),
      advisory("23", "lowTemperature"),
      advisory("24", "frost"),
      advisory("25", "icing"),
      advisory("26", "snowAccretion"),
      advisory("27", "otherAdvisory"),
    ]),
  ],
]);

export function meaningOf(type: string, code: string): WarningMeaning | undefined {
  return tables.get(type)?.get(code);
}

/** What a type of telegram can announce. Each telegram is the whole picture of these. */
export function kindsOf(type: string): HazardKind[] {
  return [...new Set([...(tables.get(type)?.values() ?? [])].map(({ kind }) => kind))];
}
