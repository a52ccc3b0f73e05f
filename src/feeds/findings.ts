import type { Hazard, Remark } from "../alerts/hazards/hazard.ts";

/** What a reader finds in a telegram for one ward. */
export interface Findings {
  hazards: Hazard[];
  remarks: Remark[];
}

export const elsewhere: Findings = { hazards: [], remarks: [{ code: "elsewhere" }] };

export function unknown(...details: string[]): Findings {
  return { hazards: [], remarks: details.map(unknownRemark) };
}

export function forInformation(detail: string): Findings {
  return { hazards: [], remarks: [{ code: "forInformation", detail }] };
}

export function found(hazards: Hazard[], remarks: Remark[] = []): Findings {
  return { hazards, remarks };
}

export function together(findings: Findings[]): Findings {
  return found(
    findings.flatMap(({ hazards }) => hazards),
    findings.flatMap(({ remarks }) => remarks),
  );
}

/** Quotes what was not understood; never more than a line, and no control characters. */
export function unknownRemark(detail: string): Remark {
  return { code: "unknown", detail: detail.replaceAll(/\p{Cc}+/gu, " ").slice(0, 300) };
}
