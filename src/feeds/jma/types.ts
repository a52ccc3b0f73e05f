/** Types whose telegrams become hazards, or a note for staff. Each names the family that reads it. */
const families = {
  warnings: ["VPWW55", "VPWW56", "VPWW57", "VPWW58", "VPWW59", "VPWW60", "VPWW61"],
  landslide: ["VXWW50"],
  rivers: Array.from({ length: 40 }, (_, index) => `VXKO${index + 50}`),
  flash: ["VPBS50"],
  earthquake: ["VXSE51", "VXSE53"],
  tsunami: ["VTSE41"],
  heat: ["VPFT50"],
  tornado: ["VPHW50", "VPHW51"],
  specialWarningNotice: ["VPNO50"],
  /**
   * Hypocentre alone, its correction, and the nationwide notices about 南海トラフ and 後発地震: for staff to see, never
   * relayed.
   */
  information: ["VXSE52", "VXSE61", "VYSE50", "VYSE51", "VYSE52", "VYSE60"],
} as const;
export type Family = keyof typeof families;

const familyByType: ReadonlyMap<string, Family> = new Map(
  Object.entries(families).flatMap(([family, types]) =>
    types.map((type) => [type, family as Family] as const),
  ),
);

export const handledTypes: ReadonlySet<string> = new Set(familyByType.keys());

/**
 * Understood, and left alone on purpose. VPWW50, 53 and 54, VPOA50: the old forms of what VPWW55 to 61 and VPBS50 say,
 * still sent in the transition; the codes mean something else in them (fact sheet 1.7). Nationwide or time series, for
 * display. VXSE43 to 45: early warning, which this product must not promise (1.4).
 */
export const ignoredTypes: ReadonlySet<string> = new Set(
  [
    ["VPWW50", "VPWW53", "VPWW54", "VPOA50"],
    ["VPWS50", "VPWP50", "VPFD61", "VPFW60", "VPFJ50", "VPFJ51", "VPZJ50", "VPZJ51", "VPCJ50", "VPCJ51"],
    ["VPTW60", "VPTW61", "VPTW62", "VPTW63", "VPTW64", "VPTW65"],
    ["VXSE43", "VXSE44", "VXSE45", "VXSE62", "VTSE51", "VTSE52"],
  ].flat(),
);

export function familyOf(type: string): Family | undefined {
  return familyByType.get(type);
}

/** The type that an entry's id or address names (`…/20260528045500_0_VPWW58_130000.xml`); "" when it names none. */
export function typeOf(entryId: string): string {
  return /_([A-Z]{4}[0-9]{2})_/.exec(entryId)?.[1] ?? "";
}

/** `unknown` is worth fetching too: it may name the ward, and then a person must look (never silence). */
export function isWorthFetching(type: string): "handled" | "ignored" | "unknown" {
  if (handledTypes.has(type)) return "handled";
  return ignoredTypes.has(type) ? "ignored" : "unknown";
}
